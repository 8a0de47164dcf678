/** Each state of the account's elements, as what the app answers and what is then done. */

import type { Page } from "playwright-core";

import {
  CONTRACT,
  CONTRACT_PANEL,
  EURO_CONTRACT,
  EURO_PANEL,
  JOURNAL_ROWS,
  PAYMENT_ROWS,
  contractsAnswer,
  exportAnswer,
  journalAnswer,
  movementsAnswer,
  openDocumentsAnswer,
  overviewAnswer,
  panelAnswer,
  paymentsAnswer,
  refusal,
} from "../account-answers.ts";
import type { Fields } from "../account-answers.ts";
import type { Reply } from "./shop-server.ts";

export interface AccountScene {
  readonly name: string;
  readonly element: "b2b-debt-panel" | "b2b-journal" | "b2b-payments" | "b2b-balance";
  readonly attributes?: Readonly<Record<string, string>>;
  readonly reply: Reply;
  readonly act?: (page: Page) => Promise<void>;
  /** Selects what is there only in this state. */
  readonly shown: string;
}

const TWO_CONTRACTS = contractsAnswer(CONTRACT, EURO_CONTRACT);

/** Answers each operation with its data. */
export function answers(data: Readonly<Record<string, Fields>>): Reply {
  const known: Readonly<Record<string, Fields>> = {
    B2BContracts: TWO_CONTRACTS,
    B2BDebtPanel: panelAnswer(CONTRACT_PANEL, EURO_PANEL),
    B2BJournal: journalAnswer(JOURNAL_ROWS, { endCursor: "5", totalCount: 124 }),
    B2BPayments: paymentsAnswer(PAYMENT_ROWS),
    B2BBalance: overviewAnswer(),
    B2BOpenDocuments: openDocumentsAnswer(),
    B2BMovements: movementsAnswer(),
    B2BDocumentsExport: exportAnswer("b2bJournal", "/exports/documents.zip"),
    ...data,
  };
  return ({ operationName }) => ({ data: known[operationName] ?? null });
}

const ALL = answers({});
const signedOut: Reply = () => refusal("UNAUTHENTICATED");
const broken: Reply = () => refusal("BROKEN");

function onTab(page: Page): Promise<void> {
  return page.locator("b2b-balance [role=tab]").nth(1).click();
}

export const accountScenes: readonly AccountScene[] = [
  {
    name: "panel-one",
    element: "b2b-debt-panel",
    attributes: { "balance-url": "/account/balance" },
    reply: answers({ B2BDebtPanel: panelAnswer(CONTRACT_PANEL) }),
    shown: "[part~=overdue]",
  },
  {
    name: "panel-several",
    element: "b2b-debt-panel",
    attributes: { "balance-url": "/account/balance" },
    reply: answers({
      B2BDebtPanel: panelAnswer(
        { ...CONTRACT_PANEL, isStale: true, isBeingChecked: true, statedAsOf: "2025-07-14" },
        { ...EURO_PANEL, contract: { ...EURO_CONTRACT, coverage: "INCOMPLETE" } },
      ),
    }),
    shown: "[part~=totals]",
  },
  {
    name: "panel-clear",
    element: "b2b-debt-panel",
    reply: answers({
      B2BDebtPanel: panelAnswer({
        ...EURO_PANEL,
        advance: { amount: 0, currency: "EUR" },
        creditLimit: { amount: 500, currency: "EUR" },
        available: { amount: -20, currency: "EUR" },
      }),
    }),
    shown: "[part~=no-debt]",
  },
  { name: "panel-problem", element: "b2b-debt-panel", reply: broken, shown: "[part~=retry]" },
  { name: "journal", element: "b2b-journal", reply: ALL, shown: "[part~=more]" },
  {
    name: "journal-selected",
    element: "b2b-journal",
    reply: ALL,
    act: (page) => page.locator("b2b-journal [part=select]").first().check(),
    shown: "[part~=zip][aria-disabled=false]",
  },
  {
    name: "journal-empty",
    element: "b2b-journal",
    reply: answers({ B2BContracts: contractsAnswer(), B2BJournal: journalAnswer([]) }),
    shown: "[part~=notice-neutral]",
  },
  { name: "journal-signed-out", element: "b2b-journal", reply: signedOut, shown: "[part~=retry]" },
  { name: "journal-problem", element: "b2b-journal", reply: broken, shown: "[part~=retry]" },
  { name: "payments", element: "b2b-payments", reply: ALL, shown: "[part~=provisional]" },
  {
    name: "payments-no-access",
    element: "b2b-payments",
    reply: answers({
      B2BContracts: contractsAnswer({ ...CONTRACT, maySeeMoney: false }),
      B2BPayments: paymentsAnswer([]),
    }),
    shown: "[part~=notice-warning]",
  },
  { name: "balance", element: "b2b-balance", reply: ALL, shown: "[part~=row-footer]" },
  {
    name: "balance-one-contract",
    element: "b2b-balance",
    reply: answers({
      B2BContracts: contractsAnswer(CONTRACT),
      B2BOpenDocuments: openDocumentsAnswer([]),
    }),
    shown: "[part~=notice-neutral]",
  },
  {
    name: "balance-movements",
    element: "b2b-balance",
    reply: ALL,
    act: onTab,
    shown: "[part~=storno]",
  },
  {
    name: "balance-no-access",
    element: "b2b-balance",
    reply: answers({ B2BContracts: contractsAnswer({ ...CONTRACT, maySeeMoney: false }) }),
    shown: "[part~=notice-warning]",
  },
  {
    name: "balance-unknown-contract",
    element: "b2b-balance",
    attributes: { "contract-id": "QjJCQ29udHJhY3Q6OTk=" },
    reply: ALL,
    shown: "[part~=notice-neutral]",
  },
];
