import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { defineConfig } from "vite";

import { minifyStyles } from "./build-tools/minify-styles.ts";
import { sizeBudget } from "./build-tools/size-budget.ts";

/** Lit's licence wants its notice kept where its code is; the minifier drops comments. */
const LICENCES =
  "/*! B2B Docs for Saleor, BSD-3-Clause. Contains Lit, Copyright 2017 Google LLC, BSD-3-Clause. */";

interface Bundle {
  readonly entry: string;
  readonly fileName: string;
  /** What a buyer downloads at most. */
  readonly limitKb: number;
}

/** The page that every buyer comes to: Lit is 6 kB of it, the texts in three languages are 4. */
const THANK_YOU: Bundle = { entry: "src/index.ts", fileName: "b2b-docs.js", limitKb: 20 };

/** Four elements for the account's pages; built with `--mode account`, beside the other. */
const ACCOUNT: Bundle = { entry: "src/account.ts", fileName: "b2b-account.js", limitKb: 40 };

/**
 * Each an ES module in one file, that the app serves as it is, and that a shop may copy to its own
 * origin. Lit is in both: the thank-you page shouldn't have to fetch two files for the one element.
 */
export default defineConfig(({ mode }) => {
  const { entry, fileName, limitKb } = mode === "account" ? ACCOUNT : THANK_YOU;
  return {
    root: fileURLToPath(new URL(".", import.meta.url)),
    publicDir: false,
    build: {
      lib: {
        entry,
        formats: ["es"],
        fileName: () => fileName,
      },
      outDir: "../saleor_b2b_docs/frontend/dist/storefront",
      // The first build empties it, the second adds to it.
      emptyOutDir: mode !== "account",
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
      sizeBudget(limitKb),
    ],
  };
});
