import type { OrderDocument } from "../../api/order-documents.ts";
import type { icons } from "../../styles/icons.ts";
import { NOT_REQUESTED } from "./order-documents-watch.ts";
import type { WatchState } from "./order-documents-watch.ts";
import type { Notice, ThankYouTexts } from "./texts.ts";

/** What the head of the element says in a state, and what the buyer may do about it. */
export interface StatusNotice {
  readonly icon: keyof typeof icons;
  readonly tone: "busy" | "question" | "neutral" | "success" | "warning" | "danger";
  readonly title: string;
  readonly detail: string | null;
  /** The word on the button that asks again, where asking again may help. */
  readonly retry: string | null;
  /** The word on the button that asks for an invoice, where there is none until somebody does. */
  readonly request?: string;
}

export interface NoticeContext {
  readonly documents: readonly OrderDocument[];
  readonly isGuest: boolean;
  /** Whether an invoice was asked for and the app hasn't heard of it yet. */
  readonly isRequesting: boolean;
  readonly texts: ThankYouTexts;
}

/** Failures that stay as they are however often one asks. */
const FINAL_FAILURES: ReadonlySet<string> = new Set(["ORDER_CANCELLED", "NOT_INVOICEABLE"]);

export function statusNotice(state: WatchState, context: NoticeContext): StatusNotice {
  const { isGuest, isRequesting, texts } = context;
  switch (state.kind) {
    case "waiting": {
      const { title, detail } = texts.preparing;
      const shown = { title, detail: state.isTroubled ? texts.trouble : detail };
      return { icon: "wait", tone: "busy", ...shown, retry: null };
    }
    case "stalled": {
      if (isRequesting) return requestFailed(texts);
      const { title, detail } = texts.stalled;
      const shown = { title, detail: isGuest ? texts.stalledForGuest : detail };
      return { icon: "clock", tone: "warning", ...shown, retry: texts.checkAgain };
    }
    case "ready":
      return readyNotice(context);
    case "failed": {
      if (state.code === NOT_REQUESTED) {
        const { request, ...notice } = texts.notRequested;
        return { icon: "paper", tone: "question", ...notice, retry: null, request };
      }
      const notice = texts.failures[state.code ?? ""] ?? texts.anyFailure;
      const isFinal = FINAL_FAILURES.has(state.code ?? "");
      const look = isFinal ? ({ icon: "cross", tone: "neutral" } as const) : ALARM;
      return { ...look, ...notice, retry: isFinal ? null : texts.retry };
    }
    case "guest":
      return { icon: "mail", tone: "question", ...texts.guest.notice, retry: null };
    case "not-found":
      return { icon: "search", tone: "neutral", ...texts.notFound, retry: texts.retry };
    case "signed-out":
      return { icon: "person", tone: "warning", ...texts.signedOut, retry: texts.retry };
    case "problem":
      if (isRequesting) return requestFailed(texts);
      return { ...ALARM, ...texts.problem, retry: texts.retry };
  }
}

const ALARM = { icon: "alert", tone: "danger" } as const;

function requestFailed(texts: ThankYouTexts): StatusNotice {
  return { icon: "clock", tone: "warning", ...texts.requestFailed, retry: texts.retry };
}

function readyNotice({ documents, texts }: NoticeContext): StatusNotice {
  if (documents.every((document) => document.isVoid)) {
    return { icon: "cross", tone: "neutral", ...texts.allVoid, retry: null };
  }
  const title = readyTitle(documents, texts);
  return { icon: "check", tone: "success", title, detail: null, retry: null };
}

function readyTitle(documents: readonly OrderDocument[], texts: ThankYouTexts): Notice["title"] {
  if (documents.length > 1) return texts.documentsReady;
  return documents[0]?.kind === "INVOICE" ? texts.invoiceReady : texts.documentReady;
}
