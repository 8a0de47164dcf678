// Copies the typefaces of the printed forms out of node_modules to where the forms read them.
// They are not tracked: `npm ci && node scripts/copy_fonts.mjs` brings them.

import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "saleor_b2b_docs", "documents", "forms", "fonts");
const require = createRequire(join(root, "package.json"));

// The names at the right are those of `FONT_FILES` in forms/fonts.py.
const files = {
  "@expo-google-fonts/source-sans-3": {
    "400Regular/SourceSans3_400Regular.ttf": "SourceSans3-Regular.ttf",
    "600SemiBold/SourceSans3_600SemiBold.ttf": "SourceSans3-SemiBold.ttf",
  },
  "dejavu-fonts-ttf": {
    "ttf/DejaVuSansCondensed.ttf": "DejaVuSansCondensed.ttf",
    "ttf/DejaVuSansCondensed-Bold.ttf": "DejaVuSansCondensed-Bold.ttf",
  },
};

await mkdir(target, { recursive: true });
for (const [packageName, names] of Object.entries(files)) {
  const folder = dirname(require.resolve(`${packageName}/package.json`));
  for (const [source, name] of Object.entries(names)) {
    await copyFile(join(folder, source), join(target, name));
    console.log(`${name} <- ${packageName}/${source}`);
  }
}
