import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { minifyStyles } from "./build-tools/minify-styles.ts";
import { sizeBudget } from "./build-tools/size-budget.ts";

/** Lit's licence wants its notice kept where its code is; the minifier drops comments. */
const LICENCES =
  "/*! B2B Docs for Saleor, BSD-3-Clause. Contains Lit, Copyright 2017 Google LLC, BSD-3-Clause. */";

/** One ES module that the app serves as it is, and that a shop may copy to its own origin. */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  publicDir: false,
  build: {
    lib: {
      entry: "src/index.ts",
      formats: ["es"],
      fileName: () => "b2b-docs.js",
    },
    outDir: "../saleor_b2b_docs/frontend/dist/storefront",
    emptyOutDir: true,
    sourcemap: true,
    target: "es2022",
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        postBanner: LICENCES,
        codeSplitting: false,
        // Vite keeps the white space of ES libraries, for bundlers that read comments in it. This
        // file goes to browsers as it is.
        minify: true,
      },
    },
  },
  plugins: [
    minifyStyles(),
    {
      name: "react-types",
      // Beside the bundle, for a shop that takes both from the app and no package from anywhere.
      generateBundle() {
        const source = readFileSync(new URL("react.d.ts", import.meta.url));
        this.emitFile({ type: "asset", fileName: "react.d.ts", source });
      },
    },
    // Lit is 6 kB of it, the texts in three languages are 4.
    sizeBudget(20),
  ],
});
