import { css } from "lit";

/** Tables, which turn into cards where the place is narrow. */
export const tableStyles = css`
  .table-box {
    border-radius: 4px;
    overflow-x: auto;
    /* What is only read out stands outside of the flow, and must not widen the page. */
    position: relative;
  }

  table {
    border-collapse: collapse;
    inline-size: 100%;
  }

  th,
  td {
    padding: 0.625rem 0.5rem;
    text-align: start;
    vertical-align: top;
  }

  th {
    border-block-end: 2px solid var(--_border);
    color: var(--_muted);
    font-size: 0.875em;
    font-weight: 600;
    vertical-align: middle;
  }

  td {
    border-block-end: 1px solid var(--_border);
  }

  tbody tr:hover td {
    background: var(--_raised);
  }

  tfoot td,
  .lead td {
    background: var(--_raised);
    font-weight: 650;
  }

  .figure {
    font-variant-numeric: tabular-nums;
    text-align: end;
    white-space: nowrap;
  }

  .cell-date,
  .cell-pay-by {
    white-space: nowrap;
  }

  .cell-select,
  .cell-file {
    inline-size: 1%;
  }

  .name {
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .sub {
    color: var(--_muted);
    display: block;
    font-size: 0.875em;
    overflow-wrap: anywhere;
  }

  .pdf {
    align-items: center;
    display: inline-flex;
    gap: 0.25rem;
    white-space: nowrap;
  }

  .badge {
    border: 1px solid currentcolor;
    border-radius: 999px;
    display: inline-block;
    font-size: 0.8125em;
    font-weight: 600;
    margin-block-start: 0.25rem;
    padding: 0 0.625em;
  }

  .badge.danger {
    color: var(--_danger);
  }

  .badge.warning {
    color: var(--_warning);
  }

  .is-void .name,
  .is-void .amount {
    color: var(--_muted);
    text-decoration: line-through;
  }

  .late {
    color: var(--_danger);
    font-weight: 700;
  }

  .sort {
    align-items: center;
    background: none;
    border: 0;
    color: inherit;
    cursor: pointer;
    display: inline-flex;
    font: inherit;
    gap: 0.25rem;
    min-block-size: 1.75rem;
    padding: 0;
  }

  .sort:hover {
    color: var(--_text);
    text-decoration: underline;
  }

  .sort svg {
    block-size: 1em;
    inline-size: 1em;
    opacity: 0.35;
  }

  [aria-sort="ascending"] svg,
  [aria-sort="descending"] svg {
    opacity: 1;
  }

  [aria-sort="ascending"] svg {
    rotate: 180deg;
  }

  /* The head of the table sorts; a card has none. */
  .field-sort {
    display: none;
  }

  [aria-busy="true"] .table-box {
    opacity: 0.6;
  }

  @container (max-width: 46rem) {
    .field-sort {
      display: block;
    }

    table,
    tbody,
    tfoot,
    tr,
    td {
      display: block;
    }

    thead,
    td.empty {
      display: none;
    }

    tbody,
    tfoot {
      display: grid;
      gap: 0.75rem;
    }

    tfoot {
      margin-block-start: 0.75rem;
    }

    tr {
      border: 1px solid var(--_border);
      border-radius: var(--_control-radius);
      display: grid;
      gap: 0.375rem;
      padding: 0.75rem 0.875rem;
      position: relative;
    }

    td {
      border: 0;
      display: flex;
      flex-wrap: wrap;
      gap: 0 0.5rem;
      justify-content: space-between;
      padding: 0;
      text-align: end;
    }

    td::before {
      color: var(--_muted);
      content: attr(data-label);
      font-weight: 400;
      text-align: start;
      white-space: normal;
    }

    td.bare {
      display: block;
      inline-size: auto;
      text-align: start;
    }

    /* In the corner of the card, beside its first line. */
    td.cell-select {
      inset-block-start: 0.75rem;
      inset-inline-end: 0.875rem;
      position: absolute;
    }

    td.cell-select + td {
      padding-inline-end: 2rem;
    }

    td.bare::before {
      content: none;
    }

    tr.lead,
    tfoot tr {
      background: var(--_raised);
    }

    tbody tr:hover td {
      background: none;
    }
  }
`;
