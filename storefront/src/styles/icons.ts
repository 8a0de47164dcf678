import { svg } from "lit";
import type { SVGTemplateResult } from "lit";

/** Line drawings on a grid of 24 by 24; they decorate words and are never read out. */
function icon(path: string): SVGTemplateResult {
  return svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${path}></path></svg>`;
}

export const icons = {
  alert: icon(
    "M12 8v5m0 3.5v.01M10.3 3.9 1.9 18a2 2 0 0 0 1.7 3h16.8a2 2 0 0 0 1.7-3L13.7 3.9a2 2 0 0 0-3.4 0Z",
  ),
  check: icon("m5 12.5 4.5 4.5L19 7.5"),
  arrowDown: icon("M12 5v14m0 0-6-6m6 6 6-6"),
  clock: icon("M12 7v5l3.5 2M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z"),
  cross: icon("m7 7 10 10M17 7 7 17"),
  download: icon("M12 4v11m0 0-4.5-4.5M12 15l4.5-4.5M4 20h16"),
  mail: icon("M3.5 6.5h17v12h-17zm0 .5 8.5 6.5L20.5 7"),
  newTab: icon("M13 4h7v7m0-7-9 9m-3-8H5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h13a1 1 0 0 0 1-1v-3"),
  paper: icon("M14 3H6.5v18h11V6.5zm0 0v3.5h3.5M9.5 12h5m-5 4h5"),
  person: icon("M16 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM4.5 20.5a7.5 7.5 0 0 1 15 0"),
  print: icon(
    "M7 9V3.5h10V9M7 17.5H4.5a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1H17M7 14h10v6.5H7z",
  ),
  search: icon("m20 20-4.5-4.5M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z"),
  wait: icon("M12 3a9 9 0 1 0 9 9"),
} as const;
