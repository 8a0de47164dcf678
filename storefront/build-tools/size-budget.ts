import { gzipSync } from "node:zlib";

import type { Plugin } from "vite";

/** Says how much a buyer downloads, and stops the build when it got more than `limitKb`. */
export function sizeBudget(limitKb: number): Plugin {
  return {
    name: "size-budget",
    apply: "build",
    writeBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const kb = gzipSync(file.code, { level: 9 }).length / 1000;
        const size = `${file.fileName}: ${kb.toFixed(2)} kB gzip (limit ${String(limitKb)} kB)`;
        if (kb > limitKb) this.error(size);
        this.info(size);
      }
    },
  };
}
