/** Balance: what proves the debt of one contract, line by line. */

import type { Language } from "../localization/language.ts";
import type { ApiClient } from "./client.ts";
import { readLinked } from "./journal.ts";
import type { LinkedDocument } from "./journal.ts";
import { readMoney } from "./money.ts";
import type { Money } from "./money.ts";
import { readPage } from "./pages.ts";
import type { Page, PageRequest } from "./pages.ts";
import { PANEL_FIELDS, readContractPanel } from "./panel.ts";
import type { ContractPanel } from "./panel.ts";
import {
  readCount,
  readList,
  readText,
  requireFields,
  requireMoney,
  requireText,
} from "./reading.ts";
import type { Fields } from "./reading.ts";

export interface AgingBucket {
  /** `NOT_DUE`, `D1_7`, `D8_14`, `D15_30`, `D31_60`, `D61_90` or `OVER_90`. */
  readonly code: string;
  readonly amount: Money;
}

export interface BalanceOverview {
  readonly panel: ContractPanel;
  readonly aging: readonly AgingBucket[];
}

export interface OpenDocument {
  readonly kind: string;
  readonly number: string;
  readonly date: string;
  readonly document: LinkedDocument | null;
  readonly orderNumber: string | null;
  readonly amount: Money;
  readonly returned: Money;
  readonly paid: Money;
  /** Negative for an advance. */
  readonly residual: Money;
  readonly deferralDays: number | null;
  readonly payBy: string | null;
  readonly daysOverdue: number;
  readonly overdue: Money;
  readonly isAdvance: boolean;
  readonly isReserved: boolean;
}

export interface OpenDocuments {
  readonly rows: readonly OpenDocument[];
  readonly total: { readonly amount: Money; readonly residual: Money; readonly overdue: Money };
  /** Whether there are more than the app answers at once. */
  readonly isCut: boolean;
}

export interface OpenDocumentsFilters {
  readonly search: string;
  readonly onlyOverdue: boolean;
}

export interface Movement {
  readonly date: string;
  readonly kind: string;
  readonly number: string;
  readonly document: LinkedDocument | null;
  readonly debit: Money | null;
  readonly credit: Money | null;
  /** After this line. */
  readonly balance: Money;
  readonly isStorno: boolean;
  readonly comment: string | null;
}

export interface MovementsPage extends Page<Movement> {
  readonly opening: Money;
  readonly closing: Money;
  readonly debit: Money;
  readonly credit: Money;
}

/** Days of the calendar, both included, `YYYY-MM-DD`. */
export interface Period {
  readonly dateFrom: string;
  readonly dateTo: string;
}

export type BalanceTable = "OPEN_DOCUMENTS" | "MOVEMENTS";
export type TableFormat = "XLSX" | "CSV";

const MONEY = "{ amount currency }";

const OVERVIEW = `query B2BBalance($contractId: ID!) {
  b2bBalance(contractId: $contractId) {
    panel { ${PANEL_FIELDS} }
    aging { buckets { code amount ${MONEY} } }
  }
}`;

const OPEN_DOCUMENTS = `query B2BOpenDocuments($contractId: ID!, $search: String, $onlyOverdue: Boolean!) {
  b2bBalance(contractId: $contractId) {
    openDocuments(search: $search, onlyOverdue: $onlyOverdue) {
      rows {
        kind
        number
        date
        document { id url pdfUrl }
        orderNumber
        amount ${MONEY}
        returned ${MONEY}
        paid ${MONEY}
        residual ${MONEY}
        deferralDays
        payBy
        daysOverdue
        overdue ${MONEY}
        isAdvance
        isReserved
      }
      total { amount ${MONEY} residual ${MONEY} overdue ${MONEY} }
      isCut
    }
  }
}`;

const MOVEMENTS = `query B2BMovements($contractId: ID!, $dateFrom: Date!, $dateTo: Date!, $first: Int!, $after: String) {
  b2bBalance(contractId: $contractId) {
    movements(dateFrom: $dateFrom, dateTo: $dateTo, first: $first, after: $after) {
      opening ${MONEY}
      closing ${MONEY}
      debit ${MONEY}
      credit ${MONEY}
      edges {
        node {
          date
          kind
          number
          document { id url pdfUrl }
          debit ${MONEY}
          credit ${MONEY}
          balance ${MONEY}
          isStorno
          comment
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

const EXPORT = `query B2BBalanceExport($contractId: ID!, $format: B2BTableFormat!, $table: B2BBalanceTable!, $language: String!, $dateFrom: Date, $dateTo: Date) {
  b2bBalance(contractId: $contractId) {
    exportUrl(format: $format, table: $table, language: $language, dateFrom: $dateFrom, dateTo: $dateTo)
  }
}`;

interface BalanceRequest {
  readonly contractId: string;
  readonly signal: AbortSignal;
}

/** Figures and aging; `null` for a contract whose money isn't the visitor's. @throws {ApiError} */
export async function fetchOverview(
  client: ApiClient,
  { contractId, signal }: BalanceRequest,
): Promise<BalanceOverview | null> {
  const balance = await ask(client, {
    operationName: "B2BBalance",
    query: OVERVIEW,
    variables: { contractId },
    signal,
  });
  if (balance === null) return null;
  const { buckets } = requireFields(balance["aging"], "aging");
  return {
    panel: readContractPanel(requireFields(balance["panel"], "panel")),
    aging: readList(buckets, {
      what: "aging",
      read: ({ code, amount }) => ({
        code: requireText(code, "aging"),
        amount: requireMoney(amount, "aging"),
      }),
    }),
  };
}

/** What isn't settled yet; `null` as above. @throws {ApiError} */
export async function fetchOpenDocuments(
  client: ApiClient,
  { contractId, filters, signal }: BalanceRequest & { readonly filters: OpenDocumentsFilters },
): Promise<OpenDocuments | null> {
  const { search, onlyOverdue } = filters;
  const balance = await ask(client, {
    operationName: "B2BOpenDocuments",
    query: OPEN_DOCUMENTS,
    variables: { contractId, search: search === "" ? null : search, onlyOverdue },
    signal,
  });
  if (balance === null) return null;
  const { rows, total, isCut } = requireFields(balance["openDocuments"], "openDocuments");
  const { amount, residual, overdue } = requireFields(total, "total");
  return {
    rows: readList(rows, { what: "openDocuments", read: readOpenDocument }),
    total: {
      amount: requireMoney(amount, "total"),
      residual: requireMoney(residual, "total"),
      overdue: requireMoney(overdue, "total"),
    },
    isCut: isCut === true,
  };
}

/** One page of a period's debits and credits; `null` as above. @throws {ApiError} */
export async function fetchMovements(
  client: ApiClient,
  {
    contractId,
    period,
    request,
  }: {
    readonly contractId: string;
    readonly period: Period;
    readonly request: PageRequest;
  },
): Promise<MovementsPage | null> {
  const { first, after, signal } = request;
  const balance = await ask(client, {
    operationName: "B2BMovements",
    query: MOVEMENTS,
    variables: { contractId, ...period, first, after },
    signal,
  });
  if (balance === null) return null;
  const movements = requireFields(balance["movements"], "movements");
  return {
    ...readPage(movements, { what: "movements", read: readMovement }),
    opening: requireMoney(movements["opening"], "opening"),
    closing: requireMoney(movements["closing"], "closing"),
    debit: requireMoney(movements["debit"], "debit"),
    credit: requireMoney(movements["credit"], "credit"),
  };
}

/** The address of a table as a file, or `null` as above; it opens for ten minutes. @throws {ApiError} */
export async function fetchBalanceExport(
  client: ApiClient,
  {
    contractId,
    format,
    table,
    language,
    period,
    signal,
  }: BalanceRequest & {
    readonly format: TableFormat;
    readonly table: BalanceTable;
    readonly language: Language;
    readonly period: Period | null;
  },
): Promise<string | null> {
  const balance = await ask(client, {
    operationName: "B2BBalanceExport",
    query: EXPORT,
    variables: {
      contractId,
      format,
      table,
      language,
      ...(period ?? { dateFrom: null, dateTo: null }),
    },
    signal,
  });
  return balance === null ? null : requireText(balance["exportUrl"], "exportUrl");
}

async function ask(
  client: ApiClient,
  query: Parameters<ApiClient["send"]>[0],
): Promise<Fields | null> {
  const { b2bBalance } = requireFields(await client.send(query), "data");
  return b2bBalance === null ? null : requireFields(b2bBalance, "balance");
}

function readOpenDocument(fields: Fields): OpenDocument {
  return {
    ...readEntry(fields),
    orderNumber: readText(fields["orderNumber"]),
    amount: requireMoney(fields["amount"], "open document"),
    returned: requireMoney(fields["returned"], "open document"),
    paid: requireMoney(fields["paid"], "open document"),
    residual: requireMoney(fields["residual"], "open document"),
    deferralDays: readCount(fields["deferralDays"]),
    payBy: readText(fields["payBy"]),
    daysOverdue: readCount(fields["daysOverdue"]) ?? 0,
    overdue: requireMoney(fields["overdue"], "open document"),
    isAdvance: fields["isAdvance"] === true,
    isReserved: fields["isReserved"] === true,
  };
}

function readMovement(fields: Fields): Movement {
  return {
    ...readEntry(fields),
    debit: readMoney(fields["debit"]),
    credit: readMoney(fields["credit"]),
    balance: requireMoney(fields["balance"], "movement"),
    isStorno: fields["isStorno"] === true,
    comment: readText(fields["comment"]),
  };
}

function readEntry(fields: Fields): Pick<OpenDocument, "kind" | "number" | "date" | "document"> {
  const { document } = fields;
  return {
    kind: requireText(fields["kind"], "entry"),
    number: requireText(fields["number"], "entry"),
    date: requireText(fields["date"], "entry"),
    document: document == null ? null : readLinked(requireFields(document, "document")),
  };
}
