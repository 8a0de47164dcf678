import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import type { TestProject } from "vitest/node";

import { missing } from "./chromium.ts";

declare module "vitest" {
  interface ProvidedContext {
    bundleDir: string;
  }
}

const VITE = join(
  dirname(createRequire(import.meta.url).resolve("vite/package.json")),
  "bin/vite.js",
);

/**
 * Builds the bundles as they are shipped, but elsewhere, so that a test run changes no build output.
 * In a process of its own: under this one's `NODE_ENV` Lit's development build would go in.
 */
export default async function setup(
  project: TestProject,
): Promise<(() => Promise<void>) | undefined> {
  if (missing !== null) {
    // The reporter counts what was skipped and doesn't say why.
    console.warn(`Browser tests skipped: ${missing}`);
    project.provide("bundleDir", "");
    return undefined;
  }
  const outDir = await mkdtemp(join(tmpdir(), "b2b-docs-bundle-"));
  for (const mode of ["production", "account"]) {
    await promisify(execFile)(
      process.execPath,
      [VITE, "build", "--mode", mode, "--outDir", outDir],
      {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        env: { ...process.env, NODE_ENV: "production" },
      },
    );
  }
  project.provide("bundleDir", outDir);
  return () => rm(outDir, { recursive: true });
}
