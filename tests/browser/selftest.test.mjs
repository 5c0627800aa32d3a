// The checks themselves: each must find the fault of a page made for it, and none in a good page.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import * as check from "./checks.mjs";
import { launch } from "./chromium.mjs";
import { allPages, onePerKind, shape, siteMap } from "./pages.mjs";
import { serve } from "./server.mjs";

const STYLE = `html { color-scheme: light dark; font: 112.5%/1.7 sans-serif }
  body { margin: 0; background: #fff; color: #111 }
  a { color: #0b3d91 } :focus-visible { outline: 3px solid #b00 }
  .skip { position: absolute; left: -99rem } .skip:focus { left: 0; background: #fff }
  @media (prefers-color-scheme: dark) { body, .skip { background: #111; color: #eee } a { color: #9cf } }
  @media print { nav, .skip { display: none } body { background: #fff; color: #000 } }`;
const SKIP = `<a class="skip" href="#main">跳到正文</a>`;
const page = (main, { style = STYLE, skip = SKIP, head = "" } = {}) =>
  `<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
  <title>页</title><link rel="icon" href="data:,"><style>${style}</style>${head}</head><body>${skip}
  <header><nav aria-label="栏目"><a href="/">首页</a></nav></header>
  <main id="main" tabindex="-1"><h1>标题</h1><p>凡是要你先转账的，都是诈骗。</p><p><a href="/">首页</a></p>${main}</main></body></html>`;
const GOOD = page("");

let root;
let server;
let browser;
before(async () => {
  root = mkdtempSync(join(tmpdir(), "yuanba-checks-"));
  put("404.html", page("<p>没有这一页</p>"));
  server = await serve(root);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
  rmSync(root, { recursive: true });
});

function put(name, text) {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

async function findings(html, look, options = {}) {
  put("index.html", html);
  const context = await browser.newContext({ viewport: { width: 360, height: 800 }, ...options });
  const tab = await context.newPage();
  const heard = check.listen(tab, server.origin);
  await check.watchShifts(tab);
  await tab.goto(`${server.origin}/`, { waitUntil: "load" });
  const found = await look(tab);
  await context.close();
  return [...(found ?? []), ...heard];
}

async function settle(tab) {
  await tab.waitForTimeout(200);
}

/** Name of the check, the fault as HTML, the check, what it must say. */
const FAULTS = [
  ["contrast", page("<p style='color:#bbb;background:#fff'>看不清的字</p>"), check.axe, /color-contrast/],
  ["a picture without text", page("<img src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' width=9 height=9>"), check.axe, /image-alt/],
  ["a wide table", page("<table><tr><td><div style='width:900px'>宽</div></table>"), check.noSidewaysScroll, /scrolls sideways/],
  ["late content", page("<p>甲</p><script>setTimeout(()=>document.querySelector('h1').before(Object.assign(document.createElement('div'),{style:'height:200px'})),60)</script>"), async (tab) => { await settle(tab); return check.shifts(tab); }, /layout shift/],
  ["a missing picture", page("<img src='/nothing.png' alt='图' width=9 height=9>"), check.pictures, /did not arrive/],
  ["a missing picture's status", page("<img src='/nothing.png' alt='图' width=9 height=9>"), settle, /status 404/],
  ["a picture without size", page("<img src='data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==' alt='图'>"), check.pictures, /without width/],
  ["a console error", page("<script>console.error('坏了')</script>"), settle, /console error: 坏了/],
  ["an exception", page("<script>nothing()</script>"), settle, /uncaught exception/],
  ["a third party", page("", { head: "<link rel=stylesheet href='http://third.invalid/a.css'>" }), settle, /request to elsewhere/],
  ["no skip link", page("", { skip: "" }), check.keyboard, /first stop/],
  ["a skip link that leads nowhere", page("", { skip: "<a class=skip href='#nowhere'>跳</a>" }), check.keyboard, /first stop/],
  ["no visible focus", page("", { style: `${STYLE} a:focus-visible { outline: none }` }), check.keyboard, /focus cannot be seen/],
  ["a link out of reach", page("<a href='/x/' tabindex=-1>甲</a><div role=button tabindex=0 style='outline:none' onfocus='this.blur()'>乙</div>"), check.keyboard, /does not reach/],
  ["a trap", page("<button id=a onblur='setTimeout(()=>a.focus())'>甲</button><button>乙</button>"), check.keyboard, /trap|does not reach/],
  ["a covered focus", page("<button>甲</button><div style='position:fixed;inset:0;background:#fff'></div>"), check.keyboard, /out of sight or covered/],
  ["focus against the order", page("<button tabindex=2>甲</button>"), check.keyboard, /tabindex above 0/],
  ["content made by scripts", page("").replace(/<main.*<\/main>/s, "<main></main><script>document.querySelector('main').textContent='很多很多很多很多很多字'</script>"), check.mainIsThere, /says nothing/, { javaScriptEnabled: false }],
  ["a printed menu", page("", { style: STYLE.replace("nav, .skip", ".skip") }), check.onPaper, /only of use on a screen/],
  ["pale print", page("", { style: STYLE.replace("color: #000", "color: #ddd") }), check.onPaper, /printed pale/],
  ["a dark sheet of paper", page("", { style: STYLE.replace(/@media print.*/, "@media print { nav, .skip { display: none } body { color: #000 } }") }), check.onPaper, /dark ground/],
  ["motion", page("", { style: `${STYLE} a { transition: color 1s }` }), check.noMotion, /transition/],
  ["smooth scrolling", page("", { style: `${STYLE} html { scroll-behavior: smooth }` }), check.noMotion, /smoothly/],
  ["cut text", page("<div style='height:10px;overflow:hidden'>很长的字很长的字很长的字</div>"), check.cutOff, /cut off/],
];

describe("the checks", () => {
  for (const [name, , look] of FAULTS.filter(([, , look], i) => FAULTS.findIndex((f) => f[2] === look) === i)) {
    it(`find nothing in a good page: ${look.name || name}`, async () => assert.deepEqual(await findings(GOOD, look), []));
  }
  for (const [name, html, look, words, options] of FAULTS) {
    it(`find ${name}`, async () => assert.match((await findings(html, look, options)).join("\n"), words));
  }
  it("weigh the page and its style sheet", () => {
    put("light.css", "a{color:#000}");
    const light = put("w/index.html", "<link href=../light.css rel='stylesheet'><p>字");
    assert.ok(check.weight(root, { path: "/w/", file: light }) < 100);
    put("light.css", [...Array(9000).keys()].map((i) => `.c${(i * 2654435761) >>> 0}{top:${i}px}`).join(""));
    const other = put("v/index.html", "<link href=../light.css rel='stylesheet'><p>字");
    assert.ok(check.weight(root, { path: "/v/", file: other }) > check.WEIGHT_LIMIT);
  });
  it("tell kinds of pages by their addresses", () => {
    const kinds = ["/", "/tips/", "/tips/shua-dan/", "/tips/page/2/", "/tags/110/page/3/", "/archive/2026/11/", "/pages/about/", "/404.html"];
    assert.deepEqual(kinds.map(shape), ["/", "/tips/", "/tips/*/", "/tips/page/*/", "/tags/*/page/*/", "/archive/*/*/", "/pages/about/", "/404.html"]);
  });
  it("leave out pages that only forward, and read the site map", () => {
    const site = mkdtempSync(join(tmpdir(), "yuanba-pages-"));
    const at = (name, text) => { mkdirSync(dirname(join(site, name)), { recursive: true }); writeFileSync(join(site, name), text); };
    at("index.html", GOOD);
    at("tips/a/index.html", GOOD);
    at("tips/b/index.html", `${GOOD}${GOOD}`);
    at("old/index.html", "<meta http-equiv=refresh content='0;url=/'>");
    at("sitemap.xml", "<urlset><url><loc>https://q.example/tips/%E5%88%B7/</loc></url></urlset>");
    const pages = allPages(site);
    assert.deepEqual(pages.map((p) => p.path), ["/", "/tips/a/", "/tips/b/"]);
    assert.deepEqual(onePerKind(pages).map((p) => p.path), ["/", "/tips/b/"]);
    assert.deepEqual(siteMap(site), ["/tips/刷/"]);
    rmSync(site, { recursive: true });
  });
  it("serve nothing outside the folder", async () => {
    const { request } = await import("node:http");
    const status = await new Promise((done) => {
      const { hostname, port } = new URL(server.origin);
      request({ hostname, port, path: "/..%2f..%2fetc/passwd" }, (r) => done(r.statusCode)).end();
    });
    assert.ok([403, 404].includes(status), `status ${status}`);
  });
});
