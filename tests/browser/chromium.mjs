// Debian's Chromium, driven by playwright-core, which downloads no browser of its own.

import { chromium } from "playwright-core";

/** Where the browser is; `YUANBA_CHROMIUM` says otherwise. */
export const EXECUTABLE = process.env.YUANBA_CHROMIUM ?? "/usr/bin/chromium";

/** Starts it, with further switches if wanted. */
export function launch(...more) {
  return chromium.launch({
    executablePath: EXECUTABLE,
    headless: true,
    args: [
      "--no-sandbox", // tests may run as root in a container, where the sandbox cannot start
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}
