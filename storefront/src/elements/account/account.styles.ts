import { css } from "lit";

/** What the elements of the account look alike in: messages, figures, links. */
export const accountStyles = css`
  :host {
    --_on-danger: light-dark(#ffffff, #2c0703);
  }

  @supports not (color: light-dark(#000, #fff)) {
    :host {
      --_on-danger: #ffffff;
    }
  }

  a:not(.button) {
    color: var(--_accent);
    text-underline-offset: 0.2em;
  }

  .notice {
    align-items: flex-start;
    display: flex;
    gap: 0.75rem;
  }

  .mark {
    align-items: center;
    background: color-mix(in srgb, currentcolor 13%, transparent);
    block-size: 2.25rem;
    border-radius: 50%;
    color: var(--_muted);
    display: flex;
    flex: none;
    inline-size: 2.25rem;
    justify-content: center;
  }

  .mark.danger {
    color: var(--_danger);
  }

  .mark.warning {
    color: var(--_warning);
  }

  .mark.success {
    color: var(--_success);
  }

  .title {
    font-weight: 650;
  }

  .detail,
  .calm {
    color: var(--_muted);
  }

  .calm {
    align-items: center;
    display: flex;
    gap: 0.5rem;
  }

  .spinner {
    animation: turn 1s linear infinite;
  }

  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }

  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    margin-block-start: 0.75rem;
  }

  .figures {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 2rem;
  }

  .figure-item {
    min-inline-size: 0;
  }

  dt {
    color: var(--_muted);
    font-size: 0.875em;
  }

  .value {
    font-size: 1.125em;
    font-variant-numeric: tabular-nums;
    font-weight: 700;
    white-space: nowrap;
  }

  .next-due .value,
  .available .value {
    font-weight: 600;
  }

  .no-debt .value,
  .advance .value {
    color: var(--_success);
  }

  .overdue dt {
    color: var(--_danger);
    font-weight: 650;
  }

  /* The brightest spot of the page: nobody should have to look for it. */
  .overdue .value {
    background: var(--_danger);
    border-radius: 0.375em;
    color: var(--_on-danger);
    display: inline-block;
    margin-inline-start: -0.375em;
    padding-inline: 0.375em;
  }

  .exhausted .value {
    color: var(--_danger);
  }

  .addition {
    color: var(--_muted);
    font-size: 0.875em;
    margin-inline-start: 0.25em;
  }

  .notes {
    color: var(--_muted);
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 1rem;
  }

  .notes .warning {
    align-items: flex-start;
    color: var(--_warning);
    display: flex;
    font-weight: 600;
    gap: 0.375rem;
  }

  .manager {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    overflow-wrap: anywhere;
  }

  @container (max-width: 30rem) {
    .figures {
      gap: 0.625rem 1.5rem;
    }

    .addition {
      display: block;
      margin: 0;
    }
  }

  @media (forced-colors: active) {
    .mark,
    .overdue .value {
      border: 1px solid CanvasText;
    }
  }
`;
