import { css } from "lit";

export const thankYouStyles = css`
  .status {
    align-items: flex-start;
    display: flex;
    gap: 0.875rem;
  }

  .status-text {
    flex: 1;
    min-inline-size: 0;
  }

  .mark {
    align-items: center;
    background: color-mix(in srgb, currentcolor 13%, transparent);
    block-size: 2.5rem;
    border-radius: 50%;
    color: var(--_accent);
    display: flex;
    flex: none;
    inline-size: 2.5rem;
    justify-content: center;
  }

  .mark.neutral {
    color: var(--_muted);
  }

  .mark.success {
    color: var(--_success);
  }

  .mark.warning {
    color: var(--_warning);
  }

  .mark.danger {
    color: var(--_danger);
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

  .title {
    font-size: 1.125em;
    font-weight: 650;
    line-height: 1.35;
    overflow-wrap: break-word;
    text-wrap: balance;
  }

  /* One line of title stands at the middle of the mark, two lines begin at its top. */
  .title:only-child {
    padding-block-start: 0.375em;
  }

  .detail {
    color: var(--_muted);
    margin-block-start: 0.25em;
    max-inline-size: 62ch;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
    margin-block-start: 1rem;
  }

  .document > .detail {
    margin-block-start: 0.625rem;
  }

  .documents {
    display: grid;
    gap: 0.875rem;
    margin-block-start: 1.25rem;
  }

  .document {
    background: var(--_raised);
    border: 1px solid var(--_border);
    border-radius: var(--_control-radius);
    padding: clamp(0.875rem, 3.5cqi, 1.25rem);
  }

  .document-head {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem 1.5rem;
    justify-content: space-between;
  }

  .document-name {
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  /* A number moves to the next line as a whole, and is broken only where no line could hold it. */
  .number {
    display: inline-block;
    max-inline-size: 100%;
  }

  .document-facts {
    color: var(--_muted);
    display: flex;
    flex-wrap: wrap;
    gap: 0.25rem 0.75rem;
    margin-block-start: 0.125em;
  }

  .total {
    font-size: 1.25em;
    font-variant-numeric: tabular-nums;
    font-weight: 700;
    line-height: 1.3;
    white-space: nowrap;
  }

  .is-void .total,
  .is-void .document-name,
  .is-void .number {
    color: var(--_muted);
    text-decoration: line-through;
  }

  .badge {
    border: 1px solid currentcolor;
    border-radius: 999px;
    color: var(--_danger);
    display: inline-block;
    font-size: 0.875em;
    font-weight: 600;
    margin-block-start: 0.625rem;
    padding: 0.125em 0.75em;
  }

  form {
    margin-block-start: 1rem;
    max-inline-size: 34rem;
  }

  label {
    display: block;
    font-weight: 600;
    margin-block-end: 0.375rem;
  }

  .field {
    display: flex;
    flex-wrap: wrap;
    gap: 0.625rem;
  }

  input {
    background: var(--_surface);
    border: 1px solid var(--_control);
    border-radius: var(--_control-radius);
    color: inherit;
    flex: 1 1 14rem;
    font: inherit;
    min-block-size: 2.75rem;
    min-inline-size: 0;
    padding: 0.5rem 0.75rem;
  }

  input[aria-invalid="true"] {
    border-color: var(--_danger);
  }

  .message {
    align-items: flex-start;
    color: var(--_danger);
    display: flex;
    font-weight: 600;
    gap: 0.5rem;
    margin-block-start: 0.625rem;
  }

  .message svg {
    margin-block-start: 0.125em;
  }

  .message.calm {
    color: var(--_muted);
    font-weight: 400;
  }

  .message:empty {
    display: none;
  }

  /* What can be done stands under what is said, where there is room to. */
  @container (min-width: 36rem) {
    .panel > .actions,
    form {
      margin-inline-start: 3.375rem;
    }
  }

  @container (max-width: 30rem) {
    .actions .button {
      padding-inline: 0.5rem;
    }

    .actions .button,
    .field .button {
      flex: 1 1 40%;
    }

    .actions [download],
    .field .button {
      flex-basis: 100%;
    }
  }

  @media (forced-colors: active) {
    .mark {
      border: 1px solid CanvasText;
    }
  }
`;
