/** What the app answers about the documents of one order, and how it is asked. */

import { ApiError, isRecord, readMilliseconds } from "./client.ts";
import type { ApiClient } from "./client.ts";
import { readMoney } from "./money.ts";
import type { Money } from "./money.ts";
import { malformed, readText } from "./reading.ts";

const FIELDS = `state
    code
    retryAfter
    documents {
      id
      kind
      number
      issuedOn
      revision
      isVoid
      total { amount currency }
      url
      pdfUrl
    }`;

const QUERY = `query B2BOrderDocuments($orderId: ID!, $guestEmail: String) {
  b2bOrderDocuments(orderId: $orderId, guestEmail: $guestEmail) {
    ${FIELDS}
  }
}`;

const REQUEST = `mutation B2BInvoiceRequest($orderId: ID!, $guestEmail: String) {
  b2bInvoiceRequest(orderId: $orderId, guestEmail: $guestEmail) {
    orderDocuments {
    ${FIELDS}
    }
    errors { field message code }
  }
}`;

export interface OrderDocument {
  readonly id: string;
  /** `INVOICE`, or a kind that is younger than this file. */
  readonly kind: string;
  readonly number: string;
  /** The supplier's calendar day, `YYYY-MM-DD`. */
  readonly issuedOn: string | null;
  readonly revision: number;
  readonly isVoid: boolean;
  /** `null` where the sum isn't known. */
  readonly total: Money | null;
  /** As answered: not yet proved safe to link to. */
  readonly url: string | null;
  readonly pdfUrl: string | null;
}

export type OrderDocumentsState = "PREPARING" | "READY" | "FAILED";

export interface OrderDocuments {
  readonly state: OrderDocumentsState;
  /** Why it failed: one of `B2BOrderDocumentsCode`, possibly one younger than this file. */
  readonly code: string | null;
  readonly retryAfterMs: number | null;
  readonly documents: readonly OrderDocument[];
}

export interface OrderDocumentsRequest {
  readonly orderId: string;
  readonly guestEmail: string | null;
  readonly signal: AbortSignal;
}

/**
 * Asks for the documents of an order; `null` when there is no such order for this viewer.
 *
 * @throws {ApiError} also when the answer is of another shape (`UNEXPECTED`).
 */
export async function fetchOrderDocuments(
  client: ApiClient,
  { orderId, guestEmail, signal }: OrderDocumentsRequest,
): Promise<OrderDocuments | null> {
  const data = await client.send({
    operationName: "B2BOrderDocuments",
    query: QUERY,
    variables: { orderId, guestEmail },
    signal,
  });
  const answer = isRecord(data) ? data["b2bOrderDocuments"] : undefined;
  return answer === null ? null : readOrderDocuments(answer);
}

/**
 * Has the invoice made of an order that gets none by itself; asking twice makes one. Answers where
 * its documents stand now, or `null` when there is no such order for this viewer.
 *
 * @throws {ApiError} also when the app refused (`UNEXPECTED`).
 */
export async function requestInvoice(
  client: ApiClient,
  { orderId, guestEmail, signal }: OrderDocumentsRequest,
): Promise<OrderDocuments | null> {
  const data = await client.send({
    operationName: "B2BInvoiceRequest",
    query: REQUEST,
    variables: { orderId, guestEmail },
    signal,
  });
  const payload = isRecord(data) ? data["b2bInvoiceRequest"] : undefined;
  if (!isRecord(payload)) throw malformed("b2bInvoiceRequest");
  const errors: readonly unknown[] = Array.isArray(payload["errors"]) ? payload["errors"] : [];
  if (errors.some((error) => isRecord(error) && error["code"] === "NOT_FOUND")) return null;
  if (errors.length > 0) throw new ApiError("UNEXPECTED", "The request was refused");
  return readOrderDocuments(payload["orderDocuments"]);
}

function readOrderDocuments(answer: unknown): OrderDocuments {
  if (!isRecord(answer)) throw malformed("order's documents");
  const { state, code, retryAfter, documents } = answer;
  if (state !== "PREPARING" && state !== "READY" && state !== "FAILED") throw malformed("state");
  if (!Array.isArray(documents)) throw malformed("documents");
  return {
    state,
    code: readText(code),
    retryAfterMs: readMilliseconds(retryAfter),
    documents: documents.map(readDocument),
  };
}

function readDocument(document: unknown): OrderDocument {
  if (!isRecord(document)) throw malformed("document");
  const { id, kind, number, issuedOn, revision, isVoid, total, url, pdfUrl } = document;
  if (typeof id !== "string" || typeof kind !== "string" || typeof number !== "string") {
    throw malformed("document");
  }
  return {
    id,
    kind,
    number,
    issuedOn: readText(issuedOn),
    revision: typeof revision === "number" ? revision : 1,
    isVoid: isVoid === true,
    total: readMoney(total),
    url: readText(url),
    pdfUrl: readText(pdfUrl),
  };
}
