import { existsSync } from "node:fs";

import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";

const CANDIDATES = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Path of a Chromium on this machine, or `undefined`. */
export const chromiumPath = CANDIDATES.find((path) => path !== undefined && existsSync(path));

/** Why the browser tests can't run, or `null` if they can. */
export const missing =
  chromiumPath === undefined
    ? "no Chromium here: install it or set CHROMIUM_PATH to run the browser tests"
    : null;

if (missing !== null && process.env["CI"] === "true") throw new Error(missing);

export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error("No Chromium");
  return chromium.launch({
    executablePath: chromiumPath,
    // A buyer's browser blocks pop-ups, so this one does too.
    ignoreDefaultArgs: ["--disable-popup-blocking"],
    // Containers and root have no user namespaces for Chromium's sandbox.
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
