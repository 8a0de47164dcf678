import { css } from "lit";

export const debtPanelStyles = css`
  .panel {
    padding: 0;
  }

  .panel > :not(ul, .contract) {
    margin: 0.75rem clamp(0.75rem, 3cqi, 1.25rem);
  }

  .contract {
    display: grid;
    gap: 0.375rem 2rem;
    padding: 0.75rem clamp(0.75rem, 3cqi, 1.25rem);
  }

  .contract + .contract,
  .totals + .contracts {
    border-block-start: 1px solid var(--_border);
  }

  .totals {
    background: var(--_raised);
    border-start-end-radius: var(--_radius);
    border-start-start-radius: var(--_radius);
  }

  .totals + .totals {
    border-radius: 0;
  }

  .who {
    display: flex;
    flex-wrap: wrap;
    gap: 0 0.625rem;
  }

  .contract-name {
    font-weight: 650;
    overflow-wrap: anywhere;
  }

  .parties {
    color: var(--_muted);
    overflow-wrap: anywhere;
  }

  .small-print {
    display: flex;
    flex-wrap: wrap;
    font-size: 0.875em;
    gap: 0.25rem 1.5rem;
    grid-column: 1 / -1;
    justify-content: space-between;
  }

  /* One line for each contract, where there is room for one. */
  @container (min-width: 56rem) {
    .contract {
      align-items: center;
      grid-template-columns: minmax(9rem, 14rem) 1fr;
    }

    .who {
      flex-direction: column;
    }
  }
`;
