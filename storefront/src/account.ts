/** Everything the account's bundle brings: importing it registers the elements. */

import { B2BBalance } from "./elements/balance/balance.ts";
import { B2BDebtPanel } from "./elements/debt-panel/debt-panel.ts";
import { defineElement } from "./elements/define.ts";
import { B2BJournal } from "./elements/journal/journal.ts";
import { B2BPayments } from "./elements/payments/payments.ts";

export { B2BBalance, B2BDebtPanel, B2BJournal, B2BPayments };
export type { GetAccessToken } from "./api/client.ts";
export type { Money } from "./api/money.ts";
export type { DebtTotals } from "./api/panel.ts";
export type { ContractChangedDetail, ContractChangedEvent } from "./elements/balance/events.ts";
export type { DebtChangedDetail, DebtChangedEvent } from "./elements/debt-panel/events.ts";

defineElement("b2b-balance", B2BBalance);
defineElement("b2b-debt-panel", B2BDebtPanel);
defineElement("b2b-journal", B2BJournal);
defineElement("b2b-payments", B2BPayments);
