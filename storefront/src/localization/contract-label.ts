import type { Contract } from "../api/contracts.ts";
import { accountTexts } from "./account-texts.ts";
import type { Language } from "./language.ts";

/** What a contract is called: by its number, else its name, else plainly "main contract". */
export function contractName({ number, name }: Contract, language: Language): string {
  const texts = accountTexts[language];
  if (number !== "") return texts.contractNumber(number);
  return name === "" ? texts.mainContract : name;
}

/** Who it is between: the supplier, and the company where the visitor acts for several. */
export function contractParties(contract: Contract, all: readonly Contract[]): string {
  const { supplier, counterparty } = contract;
  const isOneOfSeveral = all.some((other) => other.counterparty !== counterparty);
  return [supplier, isOneOfSeveral ? counterparty : ""].filter((name) => name !== "").join(" · ");
}

/** Both in one line, with the currency: for a list to choose from. */
export function contractOption(
  contract: Contract,
  all: readonly Contract[],
  language: Language,
): string {
  const { currency } = contract;
  const parts = [contractName(contract, language), contractParties(contract, all), currency];
  return parts.filter((part) => part !== "").join(" · ");
}
