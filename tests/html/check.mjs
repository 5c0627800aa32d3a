// The Nu HTML checker (npm `vnu-jar`) over every page of a built site: no error; what it warns of is listed.
//
//   node tests/html/check.mjs FOLDER

import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? "public");
const jar = createRequire(new URL("../browser/package.json", import.meta.url)).resolve("vnu-jar/build/dist/vnu.jar");
if (!existsSync(folder)) {
  console.error(`no site at ${folder}; build it first`);
  process.exit(1);
}

const pages = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".html")).map((name) => join(folder, name));
if (pages.length === 0) {
  console.error(`no page in ${folder}`);
  process.exit(1);
}

// -Xss: the checker recurses once per level of nesting.
const checker = spawnSync("java", ["-Xss16m", "-jar", jar, "--format", "json", "--exit-zero-always", "--stdout", ...pages], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
if (checker.status !== 0) {
  console.error(checker.error?.message ?? checker.stderr);
  process.exit(1);
}

const { messages } = JSON.parse(checker.stdout);
const errors = messages.filter((message) => message.type !== "info");
const rest = messages.filter((message) => message.type === "info");
const count = new Map();
for (const { url, lastLine, lastColumn, message, extract, type, subType } of [...errors, ...rest]) {
  const kind = `${type}${subType ? ` (${subType})` : ""}: ${message}`;
  const times = (count.get(kind) ?? 0) + 1;
  count.set(kind, times);
  // The same slip of a template stands on every page; three places are enough to find it.
  if (times > 3) continue;
  const path = url ? relative(folder, decodeURI(new URL(url).pathname)) : "";
  console.log(`${path}:${lastLine ?? ""}:${lastColumn ?? ""}: ${kind}\n    ${(extract ?? "").replace(/\s+/g, " ")}`);
}
for (const [kind, times] of count) if (times > 3) console.log(`${times} times: ${kind}`);
console.log(`${pages.length} pages, ${errors.length} errors, ${rest.length} warnings`);
process.exit(errors.length === 0 ? 0 : 1);
