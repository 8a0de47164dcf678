/** The Journal: every document of the visitor's companies. */

import type { Language } from "../localization/language.ts";
import { isRecord } from "./client.ts";
import type { ApiClient } from "./client.ts";
import { readMoney } from "./money.ts";
import type { Money } from "./money.ts";
import { readPage } from "./pages.ts";
import type { Page, PageRequest } from "./pages.ts";
import { readList, readText, requireFields, requireText } from "./reading.ts";
import type { Fields } from "./reading.ts";

/** A paper that rows link to. */
export interface LinkedDocument {
  readonly id: string;
  /** As answered: not yet proved safe to link to. */
  readonly url: string | null;
  readonly pdfUrl: string | null;
}

export interface JournalDocument extends LinkedDocument {
  readonly kind: string;
  readonly number: string;
  /** Of the accounting system's paper for the same thing. */
  readonly twinNumber: string | null;
  readonly issuedOn: string | null;
  readonly isVoid: boolean;
  readonly orders: readonly string[];
  /** `null` where the sum isn't known. */
  readonly total: Money | null;
  /** The paper's, else its contract's; empty where neither is known. */
  readonly currency: string;
}

export const DOCUMENT_KINDS = [
  "INVOICE",
  "WAYBILL",
  "SERVICE_ACT",
  "TAX_INVOICE",
  "RETURN",
  "CORRECTION",
  "CASH_RECEIPT",
  "RECONCILIATION_ACT",
] as const;

export const SORT_FIELDS = ["DATE", "NUMBER", "TOTAL"] as const;

export interface JournalSort {
  readonly field: (typeof SORT_FIELDS)[number];
  readonly direction: "ASC" | "DESC";
}

/** What is looked for; empty texts ask for everything. */
export interface JournalFilters {
  readonly search: string;
  readonly kind: string;
  readonly contractId: string;
  readonly dateFrom: string;
  readonly dateTo: string;
  readonly sort: JournalSort;
}

export type DocumentsFormat = "ZIP" | "PDF";

/** What the app puts into one file at most. */
export const LARGEST_SELECTION = 200;

const QUERY = `query B2BJournal($filter: B2BJournalFilter, $sortBy: B2BJournalSort, $first: Int!, $after: String) {
  b2bJournal(filter: $filter, sortBy: $sortBy, first: $first, after: $after) {
    edges {
      node {
        id
        kind
        number
        twinNumber
        issuedOn
        isVoid
        orders { number }
        contract { currency }
        total { amount currency }
        url
        pdfUrl
      }
    }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

const EXPORT = `query B2BDocumentsExport($format: B2BDocumentsFormat!, $ids: [ID!]!, $language: String!) {
  b2bJournal(first: 1) { exportUrl(format: $format, ids: $ids, language: $language) }
}`;

/** One page of the Journal. @throws {ApiError} */
export async function fetchJournal(
  client: ApiClient,
  { filters, request }: { readonly filters: JournalFilters; readonly request: PageRequest },
): Promise<Page<JournalDocument>> {
  const { search, kind, contractId, dateFrom, dateTo, sort } = filters;
  const data = await client.send({
    operationName: "B2BJournal",
    query: QUERY,
    variables: {
      filter: {
        ...(search === "" ? {} : { search }),
        ...(kind === "" ? {} : { kinds: [kind] }),
        ...(contractId === "" ? {} : { contractId }),
        ...(dateFrom === "" ? {} : { dateFrom }),
        ...(dateTo === "" ? {} : { dateTo }),
      },
      sortBy: sort,
      first: request.first,
      after: request.after,
    },
    signal: request.signal,
  });
  const { b2bJournal } = requireFields(data, "data");
  return readPage(b2bJournal, { what: "journal", read: readDocument });
}

/** The address of one file with all these documents; it opens for ten minutes. @throws {ApiError} */
export async function fetchDocumentsExport(
  client: ApiClient,
  {
    format,
    ids,
    language,
    signal,
  }: {
    readonly format: DocumentsFormat;
    readonly ids: readonly string[];
    readonly language: Language;
    readonly signal: AbortSignal;
  },
): Promise<string> {
  const data = await client.send({
    operationName: "B2BDocumentsExport",
    query: EXPORT,
    variables: { format, ids, language },
    signal,
  });
  const { b2bJournal } = requireFields(data, "data");
  return requireText(requireFields(b2bJournal, "journal")["exportUrl"], "exportUrl");
}

function readDocument(fields: Fields): JournalDocument {
  const { contract } = fields;
  const total = readMoney(fields["total"]);
  const currency = total?.currency ?? (isRecord(contract) ? readText(contract["currency"]) : null);
  return {
    ...readLinked(fields),
    kind: requireText(fields["kind"], "document"),
    number: requireText(fields["number"], "document"),
    twinNumber: readText(fields["twinNumber"]),
    issuedOn: readText(fields["issuedOn"]),
    isVoid: fields["isVoid"] === true,
    orders: readList(fields["orders"], {
      what: "orders",
      read: ({ number }) => requireText(number, "order"),
    }),
    total,
    currency: currency ?? "",
  };
}

/** The links of a paper, asked for as `id url pdfUrl`. @throws {ApiError} */
export function readLinked(fields: Fields): LinkedDocument {
  return {
    id: requireText(fields["id"], "document"),
    url: readText(fields["url"]),
    pdfUrl: readText(fields["pdfUrl"]),
  };
}
