import { css } from "lit";

export const paymentsStyles = css`
  .cell-settled {
    min-inline-size: 12rem;
  }

  .settled {
    display: grid;
    font-size: 0.9375em;
    gap: 0.25rem;
  }

  .settled li {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1rem;
    justify-content: space-between;
  }

  .advance-rest {
    color: var(--_success);
    font-weight: 600;
  }

  .is-refund .cell-sum {
    color: var(--_danger);
  }

  .is-provisional td {
    background: color-mix(in srgb, var(--_warning) 6%, transparent);
  }

  summary {
    cursor: pointer;
  }

  @container (min-width: 64rem) {
    .cell-settled {
      min-inline-size: 31rem;
    }
  }

  @container (max-width: 46rem) {
    .cell-settled > div {
      inline-size: 100%;
      text-align: start;
    }

    .is-provisional td {
      background: none;
    }
  }
`;
