// Pictures of every kind of page, for people to look at: phone and office screen, light and dark, and paper.
//
//   node tests/browser/shots.mjs [PART-OF-A-PATH…]      into target/screenshots; YUANBA_PUBLIC says where the site is

import { existsSync, mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, resolve } from "node:path";
import { launch } from "./chromium.mjs";
import { allPages, onePerKind } from "./pages.mjs";
import { serve } from "./server.mjs";

const root = resolve(process.env.YUANBA_PUBLIC ?? fileURLToPath(new URL("../../public", import.meta.url)));
if (!existsSync(root)) {
  console.error(`no site at ${root}; run “cargo run --release -- build” first`);
  process.exit(1);
}
const into = fileURLToPath(new URL("../../target/screenshots", import.meta.url));
const wanted = process.argv.slice(2);
mkdirSync(into, { recursive: true });

const server = await serve(root);
const browser = await launch("--hide-scrollbars");
for (const { kind, path } of onePerKind(allPages(root))) {
  if (wanted.length > 0 && !wanted.some((part) => path.includes(part) || kind.includes(part))) continue;
  const name = kind.replaceAll("*", "x").replaceAll("/", "-").replace(/^-|-$/g, "").replace(/\.html$/, "") || "home";
  for (const colorScheme of ["light", "dark"]) {
    for (const [width, height] of [[360, 800], [1280, 800]]) {
      const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: "zh-CN" });
      const page = await context.newPage();
      await page.goto(server.origin + encodeURI(path), { waitUntil: "load" });
      // First what a reader sees at once, then the whole page (up to what an eye can still take in).
      await page.screenshot({ path: join(into, `${name}.${width}.${colorScheme}.png`) });
      const tall = Math.min(await page.evaluate(() => document.scrollingElement.scrollHeight), 6000);
      if (tall > height) {
        await page.setViewportSize({ width, height: tall });
        await page.screenshot({ path: join(into, `${name}.${width}.${colorScheme}.whole.png`) });
        await page.setViewportSize({ width, height });
      }
      if (width === 1280 && colorScheme === "light") {
        await page.pdf({ path: join(into, `${name}.pdf`), format: "A4", printBackground: true });
      }
      await context.close();
    }
  }
  console.log(`${path} → ${name}.*`);
}
await browser.close();
await server.close();
