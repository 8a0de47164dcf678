import { css } from "lit";

/** Filters above a list, and what is done with the list. */
export const formStyles = css`
  .filters {
    align-items: end;
    display: grid;
    gap: 0.75rem;
    grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr));
    margin-block-end: 1rem;
  }

  .field {
    min-inline-size: 0;
  }

  .search {
    grid-column: span 2;
  }

  label {
    color: var(--_muted);
    display: block;
    font-size: 0.875em;
    margin-block-end: 0.25rem;
  }

  input:not([type="checkbox"]),
  select {
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_control-radius);
    color: inherit;
    font: inherit;
    inline-size: 100%;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    text-overflow: ellipsis;
  }

  input[aria-invalid="true"] {
    border-color: var(--_danger);
  }

  input[type="checkbox"] {
    accent-color: var(--_accent);
    block-size: 1.25rem;
    flex: none;
    inline-size: 1.25rem;
    margin: 0;
  }

  .check {
    align-items: center;
    color: inherit;
    display: flex;
    font-size: 1em;
    gap: 0.5rem;
    margin: 0;
    min-block-size: 2.75rem;
  }

  .filters > .check {
    grid-column: span 2;
  }

  .field-error {
    color: var(--_danger);
    font-weight: 600;
    grid-column: 1 / -1;
  }

  .field-error:empty {
    display: none;
  }

  .toolbar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 0.75rem;
    margin-block: 0.75rem;
  }

  .toolbar .button {
    min-block-size: 2.5rem;
    padding-block: 0.375rem;
  }

  .toolbar #status {
    flex: 1;
    min-inline-size: 8rem;
  }

  .more {
    margin-block-start: 1rem;
    text-align: center;
  }

  .more .button {
    min-inline-size: 12rem;
  }

  [role="tablist"] {
    border-block-end: 1px solid var(--_border);
    display: flex;
    gap: 0.25rem;
    margin-block: 1.25rem 1rem;
    overflow-x: auto;
  }

  [role="tab"] {
    background: none;
    border: 0;
    border-block-end: 3px solid transparent;
    color: var(--_muted);
    cursor: pointer;
    font: inherit;
    font-weight: 600;
    min-block-size: 2.75rem;
    padding: 0.5rem 0.75rem;
    white-space: nowrap;
  }

  [role="tab"]:hover {
    color: var(--_text);
  }

  [role="tab"][aria-selected="true"] {
    border-block-end-color: var(--_accent);
    color: var(--_text);
  }

  [role="tab"]:focus-visible {
    outline-offset: -3px;
  }

  @container (max-width: 30rem) {
    .filters {
      grid-template-columns: 1fr 1fr;
    }

    .choice {
      grid-column: 1 / -1;
    }

    .more .button {
      inline-size: 100%;
    }
  }

  @media (forced-colors: active) {
    [role="tab"][aria-selected="true"] {
      border-block-end-color: Highlight;
    }
  }
`;
