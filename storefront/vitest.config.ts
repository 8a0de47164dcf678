import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    dir: "tests/unit",
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "https://shop.example/checkout/complete" } },
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    // Lit's development build is wanted for its warnings, but not for the one that it is in use.
    onConsoleLog: (log) => !log.includes("lit.dev/msg/dev-mode"),
    // Lit has a build for servers, which is what Node would pick; the elements run in browsers.
    server: { deps: { inline: [/[\\/]node_modules[\\/](?:lit|@lit)/] } },
  },
  resolve: { conditions: ["browser", "module", "default"] },
});
