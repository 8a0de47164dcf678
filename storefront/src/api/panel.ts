/** What the visitor's companies owe, by contract. */

import type { ApiClient } from "./client.ts";
import { CONTRACT_FIELDS, readContract } from "./contracts.ts";
import type { Contract } from "./contracts.ts";
import { readMoney } from "./money.ts";
import type { Money } from "./money.ts";
import { readList, readText, requireFields, requireMoney, requireText } from "./reading.ts";
import type { Fields } from "./reading.ts";

export interface Manager {
  readonly name: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly messengers: readonly Messenger[];
}

export interface Messenger {
  /** As "telegram", "viber"; which there are, the supplier decides. */
  readonly kind: string;
  /** As somebody typed it: a name, a number, an address. */
  readonly address: string;
}

export interface ContractPanel {
  readonly contract: Contract;
  readonly debt: Money;
  readonly advance: Money;
  readonly reserved: Money;
  readonly overdue: Money;
  /** The nearest day to pay by that is not past, and how much by then. */
  readonly nextDueOn: string | null;
  readonly nextDueAmount: Money | null;
  readonly creditLimit: Money | null;
  readonly available: Money | null;
  readonly openOrders: Money;
  /** The moment when what is known was last true. */
  readonly asOf: string;
  readonly isStale: boolean;
  readonly isBeingChecked: boolean;
  /** The day of the balance that is shown while it is being checked. */
  readonly statedAsOf: string | null;
  readonly manager: Manager | null;
}

export interface DebtTotals {
  readonly currency: string;
  readonly debt: Money;
  readonly advance: Money;
  readonly overdue: Money;
}

export interface DebtPanel {
  readonly totals: readonly DebtTotals[];
  readonly contracts: readonly ContractPanel[];
}

const MONEY = "{ amount currency }";

export const PANEL_FIELDS = `contract { ${CONTRACT_FIELDS} }
  debt ${MONEY}
  advance ${MONEY}
  reserved ${MONEY}
  overdue ${MONEY}
  nextDueOn
  nextDueAmount ${MONEY}
  creditLimit ${MONEY}
  available ${MONEY}
  openOrders ${MONEY}
  asOf
  isStale
  isBeingChecked
  statedAsOf
  manager { name phone email messengers { kind address } }`;

const QUERY = `query B2BDebtPanel {
  b2bDebtPanel {
    totals { currency debt ${MONEY} advance ${MONEY} overdue ${MONEY} }
    contracts { ${PANEL_FIELDS} }
  }
}`;

/** The panel, or `null` for somebody who may see no money. @throws {ApiError} */
export async function fetchDebtPanel(
  client: ApiClient,
  signal: AbortSignal,
): Promise<DebtPanel | null> {
  const data = await client.send({
    operationName: "B2BDebtPanel",
    query: QUERY,
    variables: {},
    signal,
  });
  const { b2bDebtPanel } = requireFields(data, "data");
  if (b2bDebtPanel === null) return null;
  const { totals, contracts } = requireFields(b2bDebtPanel, "panel");
  return {
    totals: readList(totals, { what: "totals", read: readTotals }),
    contracts: readList(contracts, { what: "contracts", read: readContractPanel }),
  };
}

function readTotals(fields: Fields): DebtTotals {
  return {
    currency: requireText(fields["currency"], "currency"),
    debt: requireMoney(fields["debt"], "debt"),
    advance: requireMoney(fields["advance"], "advance"),
    overdue: requireMoney(fields["overdue"], "overdue"),
  };
}

/** One contract's figures, asked for with `PANEL_FIELDS`. @throws {ApiError} */
export function readContractPanel(fields: Fields): ContractPanel {
  const { manager } = fields;
  return {
    contract: readContract(requireFields(fields["contract"], "contract")),
    debt: requireMoney(fields["debt"], "debt"),
    advance: requireMoney(fields["advance"], "advance"),
    reserved: requireMoney(fields["reserved"], "reserved"),
    overdue: requireMoney(fields["overdue"], "overdue"),
    nextDueOn: readText(fields["nextDueOn"]),
    nextDueAmount: readMoney(fields["nextDueAmount"]),
    creditLimit: readMoney(fields["creditLimit"]),
    available: readMoney(fields["available"]),
    openOrders: requireMoney(fields["openOrders"], "openOrders"),
    asOf: requireText(fields["asOf"], "asOf"),
    isStale: fields["isStale"] === true,
    isBeingChecked: fields["isBeingChecked"] === true,
    statedAsOf: readText(fields["statedAsOf"]),
    manager: manager == null ? null : readManager(requireFields(manager, "manager")),
  };
}

function readManager(fields: Fields): Manager {
  return {
    name: requireText(fields["name"], "manager"),
    phone: readText(fields["phone"]),
    email: readText(fields["email"]),
    messengers: readList(fields["messengers"], {
      what: "messengers",
      read: ({ kind, address }) => ({
        kind: requireText(kind, "messenger"),
        address: requireText(address, "messenger"),
      }),
    }),
  };
}
