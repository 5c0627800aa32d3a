// Which pages there are, and one of every kind of them.
//
// A page's kind is the shape of its address: `/tips/` is one kind, `/tips/*/` another, `/tips/page/*/` a third. Of every
// kind the heaviest page stands for the rest, since it holds the most that can go wrong. Free-standing pages under
// `/pages/` are their own kind each. So a section that a site adds is looked at without anyone listing it here.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Addresses that every default site has; `*` stands for any one name. */
export const PROMISED = [
  "/", "/404.html", "/archive/", "/areas/", "/areas/*/", "/scams/", "/scams/*/", "/tags/", "/tags/*/", "/sitemap/",
  "/pages/about/", "/pages/accessibility/",
  ...["tips", "law", "verse", "guides", "notices", "meetings", "stories", "reports"].flatMap((s) => [`/${s}/`, `/${s}/*/`]),
];

/** Every HTML page below `root`: `{ path, file, bytes }`, sorted; pages that only forward (old addresses) left out. */
export function allPages(root) {
  const pages = [];
  const walk = (folder, address) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = join(folder, entry.name);
      if (entry.isDirectory()) walk(file, `${address}${entry.name}/`);
      else if (entry.name.endsWith(".html") && !/http-equiv=["']?refresh/i.test(readFileSync(file, "utf8"))) {
        const path = entry.name === "index.html" ? address : address + entry.name;
        pages.push({ path, file, bytes: statSync(file).size });
      }
    }
  };
  walk(root, "/");
  return pages.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The shape of an address. */
export function shape(path) {
  if (path.startsWith("/pages/")) return path;
  const [, first, ...rest] = path.split("/");
  if (!first || rest.length === 0 || rest.join("") === "") return path;
  const names = rest.filter((name) => name !== "");
  const page = names.indexOf("page");
  const stars = (page < 0 ? names : names.slice(0, page)).map(() => "*");
  return `/${[first, ...stars, ...(page < 0 ? [] : ["page", "*"])].join("/")}/`;
}

/** One page of every kind: the heaviest. */
export function onePerKind(pages) {
  const kinds = new Map();
  for (const page of pages) {
    const kind = shape(page.path);
    if (!(kinds.get(kind)?.bytes >= page.bytes)) kinds.set(kind, { ...page, kind });
  }
  return [...kinds.values()];
}

/** Paths that `sitemap.xml` lists; an index of several is followed. */
export function siteMap(root, name = "sitemap.xml") {
  const xml = readFileSync(join(root, name), "utf8");
  const found = [...xml.matchAll(/<loc>\s*([^<]+?)\s*<\/loc>/g)].map(([, url]) => new URL(url.replaceAll("&amp;", "&")).pathname);
  if (!xml.includes("<sitemapindex")) return found.map(decodeURI);
  return found.flatMap((path) => siteMap(root, path.slice(1)));
}
