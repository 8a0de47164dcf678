/** Money that came from the visitor's companies, or went back to them. */

import type { ApiClient } from "./client.ts";
import { readLinked } from "./journal.ts";
import type { LinkedDocument } from "./journal.ts";
import type { Money } from "./money.ts";
import { readPage } from "./pages.ts";
import type { Page, PageRequest } from "./pages.ts";
import { readList, readText, requireFields, requireMoney, requireText } from "./reading.ts";
import type { Fields } from "./reading.ts";

/** A debit that a payment paid, and how much of it. */
export interface Settled {
  readonly kind: string;
  readonly number: string;
  readonly date: string;
  readonly amount: Money;
}

export interface Payment {
  readonly id: string;
  readonly number: string;
  readonly receivedOn: string;
  readonly amount: Money;
  readonly isRefund: boolean;
  /** `BANK`, `CASH` or `OTHER`. */
  readonly method: string;
  readonly purpose: string | null;
  /** Received, and not posted in the accounting system yet. */
  readonly isProvisional: boolean;
  readonly document: LinkedDocument | null;
  readonly settled: readonly Settled[];
  /** What of it settled nothing yet. */
  readonly unallocated: Money;
}

/** What is looked for; empty texts ask for everything. */
export interface PaymentFilters {
  readonly search: string;
  readonly contractId: string;
  readonly dateFrom: string;
  readonly dateTo: string;
}

const QUERY = `query B2BPayments($filter: B2BPaymentFilter, $first: Int!, $after: String) {
  b2bPayments(filter: $filter, first: $first, after: $after) {
    edges {
      node {
        id
        number
        receivedOn
        amount { amount currency }
        isRefund
        method
        purpose
        isProvisional
        document { id url pdfUrl }
        settled { kind number date amount { amount currency } }
        unallocated { amount currency }
      }
    }
    pageInfo { hasNextPage endCursor }
    totalCount
  }
}`;

/** One page of payments, newest first. @throws {ApiError} */
export async function fetchPayments(
  client: ApiClient,
  { filters, request }: { readonly filters: PaymentFilters; readonly request: PageRequest },
): Promise<Page<Payment>> {
  const { search, contractId, dateFrom, dateTo } = filters;
  const data = await client.send({
    operationName: "B2BPayments",
    query: QUERY,
    variables: {
      filter: {
        ...(search === "" ? {} : { search }),
        ...(contractId === "" ? {} : { contractId }),
        ...(dateFrom === "" ? {} : { dateFrom }),
        ...(dateTo === "" ? {} : { dateTo }),
      },
      first: request.first,
      after: request.after,
    },
    signal: request.signal,
  });
  const { b2bPayments } = requireFields(data, "data");
  return readPage(b2bPayments, { what: "payments", read: readPayment });
}

function readPayment(fields: Fields): Payment {
  const { document } = fields;
  return {
    id: requireText(fields["id"], "payment"),
    number: requireText(fields["number"], "payment"),
    receivedOn: requireText(fields["receivedOn"], "payment"),
    amount: requireMoney(fields["amount"], "payment"),
    isRefund: fields["isRefund"] === true,
    method: requireText(fields["method"], "payment"),
    purpose: readText(fields["purpose"]),
    isProvisional: fields["isProvisional"] === true,
    document: document == null ? null : readLinked(requireFields(document, "document")),
    settled: readList(fields["settled"], { what: "settled", read: readSettled }),
    unallocated: requireMoney(fields["unallocated"], "unallocated"),
  };
}

function readSettled(fields: Fields): Settled {
  return {
    kind: requireText(fields["kind"], "settled"),
    number: requireText(fields["number"], "settled"),
    date: requireText(fields["date"], "settled"),
    amount: requireMoney(fields["amount"], "settled"),
  };
}
