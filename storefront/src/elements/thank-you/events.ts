import type { OrderDocument } from "../../api/order-documents.ts";
import type { WatchState } from "./order-documents-watch.ts";

export interface DocumentsReadyDetail {
  readonly orderId: string;
  readonly documents: readonly OrderDocument[];
}

/**
 * Why there are no documents to show. `FAILED`: the app said so, `code` says why. `TIMEOUT`: still
 * not ready after three minutes. The rest: nobody signed in, no such order for this viewer (or for
 * the e-mail given), an answer that makes no sense.
 */
export type FailureReason = "FAILED" | "TIMEOUT" | "UNAUTHENTICATED" | "NOT_FOUND" | "UNEXPECTED";

export interface DocumentsFailedDetail {
  readonly orderId: string;
  readonly reason: FailureReason;
  readonly code: string | null;
}

export type DocumentsReadyEvent = CustomEvent<DocumentsReadyDetail>;
export type DocumentsFailedEvent = CustomEvent<DocumentsFailedDetail>;

/** The event that tells the page about this state, or `null` while the outcome is open. */
export function eventOf(
  state: WatchState,
  { orderId, documents }: DocumentsReadyDetail,
): DocumentsReadyEvent | DocumentsFailedEvent | null {
  if (state.kind === "ready") {
    const detail: DocumentsReadyDetail = { orderId, documents };
    return new CustomEvent("b2b-documents-ready", { detail, bubbles: true, composed: true });
  }
  const reason = reasonOf(state);
  if (reason === null) return null;
  const code = state.kind === "failed" ? state.code : null;
  const detail: DocumentsFailedDetail = { orderId, reason, code };
  return new CustomEvent("b2b-documents-failed", { detail, bubbles: true, composed: true });
}

function reasonOf(state: WatchState): FailureReason | null {
  switch (state.kind) {
    case "failed":
      return "FAILED";
    case "stalled":
      return "TIMEOUT";
    case "signed-out":
      return "UNAUTHENTICATED";
    case "not-found":
      return "NOT_FOUND";
    case "problem":
      return "UNEXPECTED";
    case "guest":
      return state.phase === "not-found" ? "NOT_FOUND" : null;
    case "waiting":
    case "ready":
      return null;
  }
}
