// What is asked of a page. Every check takes an open page and returns its findings as sentences; none is good.
// `selftest.test.mjs` holds a bad page for each, so that a check that sees nothing is noticed.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 A and AA, and what axe calls best practice. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** HTML and the style sheets it links, with brotli. */
export const WEIGHT_LIMIT = 14_336;

/** Notes, from now on, console errors, uncaught exceptions, failed answers and requests to anywhere else. */
export function listen(page, origin) {
  const findings = [];
  page.on("console", (message) => {
    // A missing page is a missing page; its status is checked where it matters.
    const own = message.location().url === page.url();
    if (message.type() === "error" && !(own && /status of 404/.test(message.text()))) {
      findings.push(`console error: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => findings.push(`uncaught exception: ${error.message}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob|about):/.test(url)) findings.push(`request to elsewhere: ${url}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText;
    // Closing or leaving a page cancels a live connection; that is no failure.
    if (reason !== "net::ERR_ABORTED") findings.push(`request failed: ${request.url()} (${reason})`);
  });
  page.on("response", (response) => {
    const main = response.request().isNavigationRequest();
    if (response.status() >= 400 && !main) findings.push(`status ${response.status()}: ${response.url()}`);
  });
  return findings;
}

/** axe-core's violations, with the element and the reason. */
export async function axe(page) {
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(AXE);
  const violations = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }).then((r) => r.violations),
    AXE_TAGS,
  );
  return violations.flatMap((violation) =>
    violation.nodes.map((node) => `axe ${violation.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`),
  );
}

/** WCAG 1.4.10: no scrolling in two dimensions. Names what sticks out. */
export async function noSidewaysScroll(page) {
  return page.evaluate(() => {
    const root = document.scrollingElement;
    const width = root.clientWidth;
    if (root.scrollWidth <= width) return [];
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || (box.right <= width + 0.5 && box.left >= -0.5)) return false;
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return false;
      }
      return true;
    });
    const name = (e) => e.tagName.toLowerCase() + (e.id ? `#${e.id}` : "") + [...e.classList].map((c) => `.${c}`).join("");
    return [`scrolls sideways at ${innerWidth} px: ${root.scrollWidth} > ${width}; ${wide.slice(0, 5).map(name).join(", ")}`];
  });
}

/** Starts to note layout shifts; to be called before the page is opened. */
export async function watchShifts(page) {
  await page.addInitScript(() => {
    globalThis.__shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.hadRecentInput) continue;
        const nodes = entry.sources.map((s) => s.node?.parentElement && (s.node.id || s.node.className || s.node.nodeName));
        globalThis.__shifts.push(`${entry.value.toFixed(4)} by ${nodes.join(", ")}`);
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}

/** Scrolls through the whole page, so that late pictures arrive, and tells what moved. */
export async function shifts(page) {
  const found = await page.evaluate(async () => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await document.fonts.ready;
    for (let y = 0; y < document.scrollingElement.scrollHeight; y += innerHeight) {
      scrollTo({ top: y, behavior: "instant" });
      await frame();
    }
    await Promise.all([...document.images].map((image) => image.decode().catch(() => {})));
    scrollTo({ top: 0, behavior: "instant" });
    await frame();
    return globalThis.__shifts;
  });
  return found.map((shift) => `layout shift ${shift}`);
}

/** Pictures that did not arrive, or whose place was not kept for them. */
export async function pictures(page) {
  return page.evaluate(() =>
    [...document.images].flatMap((image) => {
      const name = image.currentSrc || image.getAttribute("src");
      if (!image.complete || image.naturalWidth === 0) return [`picture did not arrive: ${name}`];
      return image.hasAttribute("width") && image.hasAttribute("height") ? [] : [`picture without width and height: ${name}`];
    }),
  );
}

/**
 * WCAG 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7, 2.4.11 by walking through the page with the Tab key: the skip link comes
 * first and works, everything that can be used is reached, nothing holds the focus, and the focus is always seen.
 */
export async function keyboard(page) {
  await page.evaluate(() => {
    const usable = "a[href], area[href], button, input, select, textarea, summary, audio[controls], video[controls], iframe, [contenteditable=''], [contenteditable=true], [tabindex]";
    const look = (e) => {
      const s = getComputedStyle(e);
      return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderColor, s.borderWidth, s.textDecoration, s.color].join("|");
    };
    const name = (e) => `<${e.tagName.toLowerCase()}${e.id ? ` #${e.id}` : ""}> “${(e.textContent.trim() || e.getAttribute("aria-label") || e.name || "").slice(0, 20)}”`;
    const expected = [...document.querySelectorAll(usable)].filter((e) => {
      if (e.tabIndex < 0 || e.disabled || e.type === "hidden") return false;
      if (!e.checkVisibility({ checkVisibilityCSS: true, contentVisibilityAuto: false })) return false;
      // Of a group of radio buttons one takes the focus.
      return e.type !== "radio" || e.checked || ![...document.getElementsByName(e.name)].slice(0, [...document.getElementsByName(e.name)].indexOf(e)).length;
    });
    globalThis.__tab = { look, name, expected, seen: [], findings: [] };
    document.activeElement?.blur?.();
    scrollTo({ top: 0, behavior: "instant" });
  });
  const count = await page.evaluate(() => globalThis.__tab.expected.length);
  let stop = "";
  for (let step = 0; step < count + 10 && stop === ""; step += 1) {
    await page.keyboard.press("Tab");
    stop = await page.evaluate(async () => {
      const { seen, look, name, findings } = globalThis.__tab;
      const element = document.activeElement;
      if (!element || element === document.body || element === document.documentElement || element === seen[0]?.element) return "left";
      if (seen.some((s) => s.element === element)) return "again";
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await Promise.all(document.getAnimations().map((a) => (a.effect?.getTiming().iterations === Infinity ? null : a.finished.catch(() => {}))));
      // A link over two lines has several boxes; one that is in view and on top is enough. A box larger than the
      // screen is asked for at points all over it.
      const boxes = [...element.getClientRects()].filter((b) => b.width > 0 && b.height > 0);
      const points = boxes.flatMap((b) => [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [b.left + b.width * x, b.top + b.height * y])));
      const shown = points.some(([x, y]) => {
        const top = document.elementFromPoint(x, y);
        return top && (element.contains(top) || top.contains(element) && top.closest("label") !== null);
      });
      if (!shown) findings.push(`focus is out of sight or covered: ${name(element)}`);
      seen.push({ element, look: look(element) });
      return "";
    });
  }
  const findings = await page.evaluate(() => {
    const { seen, look, name, findings, expected } = globalThis.__tab;
    document.activeElement?.blur?.();
    for (const { element, look: focused } of seen) {
      if (element.isConnected && look(element) === focused) findings.push(`focus cannot be seen on ${name(element)}`);
    }
    const reached = new Set(seen.map((s) => s.element));
    for (const element of expected) {
      if (!reached.has(element) && element.isConnected) findings.push(`the Tab key does not reach ${name(element)}`);
    }
    for (const element of document.querySelectorAll("[tabindex]")) {
      if (element.tabIndex > 0) findings.push(`tabindex above 0 on ${name(element)}`);
    }
    const order = seen.map((s) => s.element);
    for (let i = 1; i < order.length; i += 1) {
      if (order[i - 1].compareDocumentPosition(order[i]) & Node.DOCUMENT_POSITION_PRECEDING) {
        findings.push(`focus goes backwards at ${name(order[i])}`);
      }
    }
    const first = order[0];
    const target = first?.matches("a[href^='#']") && document.getElementById(decodeURIComponent(first.hash.slice(1)));
    if (!target || !(target.matches("main") || target.closest("main") || target.querySelector("main"))) {
      findings.push(`the first stop is no link to the main part: ${first ? name(first) : "nothing takes the focus"}`);
    }
    return findings;
  });
  if (stop !== "left") findings.push("the Tab key does not leave the page: a trap, or focus without end");
  if (findings.some((finding) => finding.startsWith("the first stop"))) return findings;
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const passed = await page.evaluate(() => {
    const main = document.querySelector("main");
    const now = document.activeElement;
    return main.contains(now) || Boolean(main.compareDocumentPosition(now) & Node.DOCUMENT_POSITION_FOLLOWING);
  });
  if (!passed) findings.push("the skip link does not move the focus to the main part");
  return findings;
}

/** The main part is there and says something; every picture's place, link and heading aside. */
export async function mainIsThere(page) {
  const main = page.locator("main");
  if ((await main.count()) !== 1) return [`${await main.count()} <main> elements`];
  const heading = page.locator("h1");
  const findings = [];
  if (!(await main.isVisible())) findings.push("the main part is not visible");
  if ((await main.innerText()).trim().length < 10) findings.push("the main part says nothing");
  if ((await heading.count()) !== 1) findings.push(`${await heading.count()} <h1> elements`);
  else if ((await heading.innerText()).trim() === "") findings.push("the heading is empty");
  return findings;
}

/** On paper: what is only of use on a screen is gone, the text is dark on white, nothing is cut off. */
export async function onPaper(page) {
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  const findings = await page.evaluate(() => {
    const found = [];
    const visible = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && e.getBoundingClientRect().height > 1;
    for (const element of document.querySelectorAll("nav, form, button, [type=search], video, audio")) {
      if (visible(element)) found.push(`printed, though only of use on a screen: <${element.tagName.toLowerCase()} ${element.getAttribute("aria-label") ?? element.className}>`);
    }
    const main = document.querySelector("main");
    if (!visible(main)) found.push("the main part is not printed");
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const light = (colour) => {
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
      return { value: (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255, seen: a > 10 };
    };
    const text = main.querySelector("p") ?? main;
    if (light(getComputedStyle(text).color).value > 0.35) found.push(`text is printed pale: ${getComputedStyle(text).color}`);
    for (let up = text; up; up = up.parentElement) {
      const ground = light(getComputedStyle(up).backgroundColor);
      if (ground.seen && ground.value < 0.8) found.push(`a dark ground is printed on <${up.tagName.toLowerCase()}>: ${getComputedStyle(up).backgroundColor}`);
    }
    return found;
  });
  await page.emulateMedia({ media: null, colorScheme: null });
  return findings;
}

/** Who asks for less motion gets none. */
export async function noMotion(page) {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const findings = await page.evaluate(() => {
    const found = new Set();
    const long = (times) => times.split(",").some((time) => Number.parseFloat(time) * (time.trim().endsWith("ms") ? 1 : 1000) > 10);
    for (const element of [document.documentElement, ...document.querySelectorAll("body, body *")]) {
      const style = getComputedStyle(element);
      const name = `<${element.tagName.toLowerCase()} ${element.className}>`;
      if (long(style.transitionDuration)) found.add(`moves in spite of the wish for none (transition): ${name}`);
      if (style.animationName !== "none" && long(style.animationDuration)) found.add(`moves in spite of the wish for none (animation): ${name}`);
      if (style.scrollBehavior === "smooth") found.add(`scrolls smoothly in spite of the wish for no motion: ${name}`);
    }
    return [...found];
  });
  await page.emulateMedia({ reducedMotion: null });
  return findings;
}

/** Computed sizes of the text in the main part, in pixels, with the number of characters set in each; raised notes and readings aside. */
export async function textSizes(page) {
  return page.evaluate(() => {
    const sizes = {};
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (!data.trim() || !parentElement.checkVisibility() || parentElement.closest("rt, rp, sup, sub")) continue;
      const size = Number.parseFloat(getComputedStyle(parentElement).fontSize);
      sizes[size] = (sizes[size] ?? 0) + data.trim().length;
    }
    return sizes;
  });
}

/** Text that a box of fixed size cuts off. */
export async function cutOff(page) {
  return page.evaluate(() => {
    const found = [];
    for (const element of document.querySelectorAll("body *")) {
      const style = getComputedStyle(element);
      const hides = (axis) => axis === "hidden" || axis === "clip";
      // One pixel wide and high is how text is kept for screen readers alone.
      if (!element.checkVisibility() || element.clientHeight <= 1 || element.clientWidth <= 1) continue;
      const tall = hides(style.overflowY) && element.scrollHeight > element.clientHeight + 2;
      const wide = hides(style.overflowX) && element.scrollWidth > element.clientWidth + 2;
      if ((tall || wide) && element.textContent.trim() !== "" && style.webkitLineClamp === "none") {
        found.push(`text is cut off in <${element.tagName.toLowerCase()} ${element.className}>`);
      }
    }
    return found;
  });
}

/** Bytes of the page and of the style sheets it links, with brotli, as a server that means well sends them. */
export function weight(root, page) {
  const html = readFileSync(page.file);
  const links = [...html.toString("utf8").matchAll(/<link\b[^>]*>/gi)].map(([tag]) => tag);
  const sheets = links.filter((tag) => /rel=["']?[^"'>]*\bstylesheet\b/i.test(tag)).map((tag) => {
    const href = tag.match(/href=(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i);
    const url = new URL(href[1] ?? href[2] ?? href[3], `http://site${page.path}`);
    return readFileSync(join(root, decodeURIComponent(url.pathname)));
  });
  return [html, ...sheets].reduce((sum, bytes) => sum + brotli(bytes), 0);
}

const sizes = new Map();
function brotli(bytes) {
  const key = bytes.length < 1 << 20 ? bytes.toString("latin1") : null;
  if (sizes.has(key)) return sizes.get(key);
  const size = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;
  if (key) sizes.set(key, size);
  return size;
}
