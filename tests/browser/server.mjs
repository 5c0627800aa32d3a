// A static server for the built site, as plain as any web host: folders have an index.html, what is missing gets
// 404.html with status 404. It listens on the loopback only and never leaves its folder.

import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";

const TYPES = {
  ".atom": "application/atom+xml; charset=utf-8",
  ".avif": "image/avif",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".ics": "text/calendar; charset=utf-8",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".pdf": "application/pdf",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
  ".xml": "application/xml; charset=utf-8",
};

/** Serves the folder `root`; `{ origin, close }`. */
export async function serve(root) {
  const server = createServer(async (request, response) => {
    const answer = await find(root, request.url);
    response.writeHead(answer.status, answer.headers);
    response.end(request.method === "HEAD" ? undefined : answer.body);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(done));
    },
  };
}

async function find(root, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0]);
  } catch {
    return { status: 400, headers: {}, body: "" };
  }
  const file = normalize(join(root, path));
  if (file !== normalize(root) && !file.startsWith(normalize(root + sep))) {
    return { status: 403, headers: {}, body: "" };
  }
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) {
    if (!path.endsWith("/")) {
      return { status: 301, headers: { location: encodeURI(path) + "/" }, body: "" };
    }
    return send(join(file, "index.html"), 200, root);
  }
  return send(file, 200, root);
}

async function send(file, status, root) {
  try {
    const body = await readFile(file);
    return { status, headers: { "content-type": TYPES[extname(file)] ?? "application/octet-stream" }, body };
  } catch {
    if (status === 404) return { status, headers: {}, body: "" };
    return send(join(root, "404.html"), 404, root);
  }
}
