import { defineConfig } from "vitest/config";

/** Real Chromium, real CSP, the bundle as it is shipped. Separate: it needs a browser and a build. */
export default defineConfig({
  test: {
    dir: "tests/browser",
    environment: "node",
    globalSetup: "./tests/browser/build-bundle.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A busy machine draws late; a poll that is answered ends at once.
    expect: { poll: { timeout: 20_000 } },
    // One browser at a time; what it draws must not depend on how busy the machine is.
    fileParallelism: false,
  },
});
