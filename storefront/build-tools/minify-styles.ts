import type { Plugin } from "vite";

/** A style sheet in a module of ours: no expressions inside, so that the next backtick ends it. */
const STYLE_SHEET = /(?<=\bcss`)[^`$]*(?=`)/g;

/**
 * Takes the comments and the indentation out of the style sheets, which to the minifier are text.
 * Line ends stay where they are, and with them what the source map says.
 */
export function minifyStyles(): Plugin {
  return {
    name: "minify-styles",
    apply: "build",
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: "css`" },
      handler: (code) => ({ code: code.replaceAll(STYLE_SHEET, minify), map: null }),
    },
  };
}

function minify(styles: string): string {
  return styles
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ""))
    .replaceAll(/^[ \t]+/gm, "")
    .replaceAll(": ", ":");
}
