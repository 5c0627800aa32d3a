// Every kind of page of the built site, looked at as its readers look at it: on a narrow phone and on an office screen,
// in the light and in the dark, with large type, with the keyboard alone, without JavaScript, on paper.
//
//   node --test tests/browser/                 after `yuanba build`; YUANBA_PUBLIC says where the site is

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import * as check from "./checks.mjs";
import { launch } from "./chromium.mjs";
import { allPages, onePerKind, PROMISED, shape, siteMap } from "./pages.mjs";
import { serve } from "./server.mjs";

const root = resolve(process.env.YUANBA_PUBLIC ?? fileURLToPath(new URL("../../public", import.meta.url)));
assert.ok(existsSync(root), `no site at ${root}; run “cargo run --release -- build” first`);
const pages = allPages(root);
const kinds = onePerKind(pages);

let server;
let browser;
before(async () => {
  server = await serve(root);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server?.close();
});

/** Opens `path` in a context of its own and hands the page to `look`; nothing wrong may be heard meanwhile. */
async function visit(path, options, look, from = browser) {
  const context = await from.newContext({ locale: "zh-CN", viewport: { width: 360, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const heard = check.listen(page, server.origin);
  await check.watchShifts(page);
  try {
    await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });
    await look(page);
    none(heard);
  } finally {
    await context.close();
  }
}

function none(findings) {
  assert.equal(findings.length, 0, `\n  ${[...new Set(findings)].join("\n  ")}\n`);
}

/**
 * What moves each time that the page is opened. On a busy machine the browser may paint before it has read the whole top of
 * a page, and what it reads then moves the rest; that does not happen three times in the same way. What a page itself does
 * (a picture without its size, a script that puts something in) does.
 */
async function settled(page) {
  let moved = await check.shifts(page);
  for (let again = 0; moved.length > 0 && again < 2; again += 1) {
    await page.reload({ waitUntil: "load" });
    const now = await check.shifts(page);
    if (now.length === 0) moved = [];
  }
  return moved;
}

describe("the site as a whole", () => {
  it("has one of every promised kind of page", () => {
    const have = new Set(pages.flatMap((page) => [page.path, shape(page.path)]));
    none(PROMISED.filter((kind) => !have.has(kind)).map((kind) => `no page of the kind ${kind}`));
  });
  it("has every page of its site map, and its site map has every page", () => {
    const listed = new Set(siteMap(root));
    const there = new Set(pages.map((page) => page.path));
    none([
      ...[...listed].filter((path) => !there.has(path)).map((path) => `listed, but not there: ${path}`),
      // Further pages of a list and the page for what is missing are not for search engines.
      ...[...there].filter((path) => !listed.has(path) && path !== "/404.html" && !/\/page\//.test(path)).map((path) => `there, but not listed: ${path}`),
    ]);
  });
  it(`weighs at most ${check.WEIGHT_LIMIT} bytes a page with its style sheet`, () => {
    const heavy = pages.map((page) => [check.weight(root, page), page.path]).filter(([bytes]) => bytes > check.WEIGHT_LIMIT);
    none(heavy.sort((a, b) => b[0] - a[0]).map(([bytes, path]) => `${path}: ${bytes} bytes`));
  });
  it("answers 404 with its own page", async () => {
    await visit("/no/such/page/", {}, async (page) => {
      none(await check.mainIsThere(page));
      assert.equal((await page.request.get(`${server.origin}/no/such/page/`)).status(), 404);
      assert.ok((await page.locator("a[href='/']").count()) > 0, "no way home from the page for what is missing");
    });
  });
});

for (const { kind, path } of kinds) {
  describe(kind === path ? kind : `${kind} (${path})`, () => {
    it("axe, light and dark, 360 and 1280 px", () =>
      visit(path, {}, async (page) => {
        const found = [];
        for (const width of [360, 1280]) {
          await page.setViewportSize({ width, height: 800 });
          for (const colorScheme of ["light", "dark"]) {
            await page.emulateMedia({ colorScheme });
            found.push(...(await check.axe(page)).map((finding) => `${colorScheme}, ${width} px: ${finding}`));
          }
        }
        none(found);
      }));
    it("nothing sticks out or moves", async () => {
      for (const width of [320, 360, 1280]) {
        await visit(path, { viewport: { width, height: 800 } }, async (page) => {
          none([...(await settled(page)), ...(await check.noSidewaysScroll(page)), ...(await check.pictures(page))]);
        });
      }
    });
    it("keyboard alone", async () => {
      for (const width of [360, 1280]) {
        // Smooth scrolling would bring the focus into view too late for the check to see it.
        const options = { viewport: { width, height: 800 }, reducedMotion: "reduce" };
        await visit(path, options, async (page) => none(await check.keyboard(page)));
      }
    });
    it("without JavaScript", () =>
      visit(path, { javaScriptEnabled: false }, async (page) => {
        none(await check.mainIsThere(page));
        const home = page.locator("a[href='/']").filter({ visible: true }).first();
        await home.click();
        await page.waitForURL(`${server.origin}/`);
        none(await check.mainIsThere(page));
      }));
    it("on paper", () => visit(path, {}, async (page) => none(await check.onPaper(page))));
    it("less motion", () => visit(path, {}, async (page) => none(await check.noMotion(page))));
  });
}

describe("without JavaScript", () => {
  it("every section is reached from home, on a phone and on a screen", async () => {
    const sections = kinds.map((kind) => kind.path).filter((path) => PROMISED.includes(path) && /^\/[^/*]+\/$/.test(path));
    for (const width of [360, 1280]) {
      for (const section of sections) {
        await visit("/", { javaScriptEnabled: false, viewport: { width, height: 800 } }, async (page) => {
          const link = page.locator(`a[href='${section}']`);
          if ((await link.filter({ visible: true }).count()) === 0) {
            for (const summary of await page.locator("header summary").all()) await summary.click();
          }
          await link.filter({ visible: true }).first().click();
          await page.waitForURL(server.origin + section);
          none(await check.mainIsThere(page));
        });
      }
    }
  });
});

describe("large type", () => {
  let large;
  // What a reader sets in the browser or on the phone, not a zoom: only sizes in rem and em follow it.
  before(async () => {
    large = await launch("--blink-settings=defaultFontSize=32");
  });
  after(() => large?.close());
  for (const { kind, path } of kinds) {
    it(`${kind} at 200 %`, async () => {
      let normal;
      await visit(path, {}, async (page) => {
        normal = await check.textSizes(page);
      });
      await visit(path, {}, async (page) => {
        const doubled = await check.textSizes(page);
        const most = (sizes) => Number(Object.entries(sizes).sort((a, b) => b[1] - a[1])[0][0]);
        const smallest = (sizes) => Math.min(...Object.keys(sizes).map(Number));
        assert.ok(most(doubled) >= 1.9 * most(normal), `text grows from ${most(normal)} only to ${most(doubled)} px`);
        assert.ok(most(normal) >= 18, `body text of ${most(normal)} px is small for old eyes; 18 at least`);
        assert.ok(smallest(normal) >= 14, `some text is only ${smallest(normal)} px; 14 at least`);
        none([...(await check.noSidewaysScroll(page)), ...(await check.cutOff(page))]);
      }, large);
    });
  }
});
