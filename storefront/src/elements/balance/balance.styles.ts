import { css } from "lit";

export const balanceStyles = css`
  .chooser {
    margin-block-end: 1rem;
    max-inline-size: 34rem;
  }

  .who {
    margin-block-end: 0.75rem;
  }

  .contract-name {
    font-weight: 650;
    margin-inline-end: 0.625rem;
  }

  .parties {
    color: var(--_muted);
  }

  .small-print {
    display: flex;
    flex-wrap: wrap;
    font-size: 0.875em;
    gap: 0.25rem 1.5rem;
    justify-content: space-between;
    margin-block-start: 0.75rem;
  }

  .aging {
    margin: 1.25rem 0 0;
  }

  figcaption {
    font-weight: 650;
    margin-block-end: 0.5rem;
  }

  .aging-bar {
    block-size: 0.875rem;
    border-radius: 999px;
    inline-size: 100%;
    stroke: none;
  }

  .aging-parts {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.75rem;
    margin-block-start: 0.625rem;
  }

  .aging-part dt {
    align-items: center;
    display: flex;
    gap: 0.375rem;
  }

  .aging-part dd {
    font-variant-numeric: tabular-nums;
    font-weight: 600;
  }

  .swatch {
    block-size: 0.75rem;
    border-radius: 3px;
    flex: none;
    inline-size: 0.75rem;
  }

  .NOT_DUE {
    background: var(--_accent);
    fill: var(--_accent);
  }

  .D1_7,
  .D8_14 {
    --_age: color-mix(in srgb, var(--_danger) 45%, var(--_surface));
    background: var(--_age);
    fill: var(--_age);
  }

  .D8_14 {
    --_age: color-mix(in srgb, var(--_danger) 58%, var(--_surface));
  }

  .D15_30,
  .D31_60 {
    --_age: color-mix(in srgb, var(--_danger) 72%, var(--_surface));
    background: var(--_age);
    fill: var(--_age);
  }

  .D31_60 {
    --_age: color-mix(in srgb, var(--_danger) 86%, var(--_surface));
  }

  .D61_90,
  .OVER_90 {
    --_age: var(--_danger);
    background: var(--_age);
    fill: var(--_age);
  }

  .OVER_90 {
    --_age: color-mix(in srgb, var(--_danger) 75%, var(--_text));
  }

  .badge.success {
    color: var(--_success);
  }

  .periods {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    grid-column: 1 / -1;
  }

  .periods .button {
    min-block-size: 2.25rem;
    padding: 0.25rem 0.75rem;
  }

  .periods .button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--_accent) 12%, transparent);
    border-color: var(--_accent);
  }

  .hint {
    color: var(--_muted);
    font-size: 0.875em;
    margin-block-start: 0.75rem;
  }

  .wide td,
  .wide th {
    padding-inline: 0.25rem;
  }

  .wide th {
    white-space: normal;
  }

  @container (min-width: 46rem) {
    .wide {
      font-size: 0.875em;
    }

    .wide .cell-document {
      min-inline-size: 10rem;
    }
  }

  @container (max-width: 30rem) {
    .aging-parts {
      display: grid;
      gap: 0.5rem 1rem;
      grid-template-columns: repeat(auto-fill, minmax(9rem, 1fr));
    }
  }

  @media (forced-colors: active) {
    .aging-bar,
    .swatch {
      forced-color-adjust: none;
    }
  }
`;
