import type { DebtPanel, DebtTotals } from "../../api/panel.ts";

/** `null` where there is nothing to show: nobody is signed in, or who is may see no money. */
export interface DebtChangedDetail {
  readonly totals: readonly DebtTotals[] | null;
}

export type DebtChangedEvent = CustomEvent<DebtChangedDetail>;

export function debtChanged(panel: DebtPanel | null): DebtChangedEvent {
  const detail: DebtChangedDetail = { totals: panel?.totals ?? null };
  return new CustomEvent("b2b-debt-changed", { detail, bubbles: true, composed: true });
}
