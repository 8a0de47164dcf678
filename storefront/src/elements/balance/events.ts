/** The contract that the visitor chose: a page may keep it in its address. */
export interface ContractChangedDetail {
  readonly contractId: string;
}

export type ContractChangedEvent = CustomEvent<ContractChangedDetail>;

export function contractChanged(contractId: string): ContractChangedEvent {
  const detail: ContractChangedDetail = { contractId };
  return new CustomEvent("b2b-contract-changed", { detail, bubbles: true, composed: true });
}
