/** Stands in for the app behind `fetch`: answers what a test lays down, and keeps the requests. */

import { vi } from "vitest";

export interface SentRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly credentials: string | undefined;
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

export type Answer =
  | { readonly status?: number; readonly json: unknown; readonly headers?: Record<string, string> }
  | { readonly status: number; readonly text: string }
  | { readonly afterMs: number; readonly answer: Answer }
  | "network-failure"
  | "silence";

export class StandInApp {
  readonly requests: SentRequest[] = [];
  readonly #answersTo = new Map<string, Answer[]>();
  #answers: Answer[] = [];
  #last: Answer = { json: { data: { b2bOrderDocuments: null } } };

  constructor() {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.#fetch(url, init));
  }

  /** The next answers in order; the last one is repeated from then on. */
  answer(...answers: Answer[]): void {
    this.#answers = [...answers];
  }

  /** The same for one operation, whatever else is asked between. */
  answerTo(operationName: string, ...answers: Answer[]): void {
    this.#answersTo.set(operationName, [...answers]);
  }

  /** The requests of one operation. */
  asked(operationName: string): readonly SentRequest[] {
    return this.requests.filter((request) => request.operationName === operationName);
  }

  get lastRequest(): SentRequest {
    const request = this.requests.at(-1);
    if (request === undefined) throw new Error("Nothing was asked");
    return request;
  }

  #fetch(url: string, init: RequestInit): Promise<Response> {
    const body = JSON.parse(init.body as string) as Pick<
      SentRequest,
      "operationName" | "query" | "variables"
    >;
    const { signal } = init;
    if (signal == null) throw new Error("A request that can't be aborted");
    this.requests.push({
      url,
      headers: init.headers as Record<string, string>,
      credentials: init.credentials,
      ...body,
      signal,
    });
    return this.#respond(this.#next(body.operationName), signal);
  }

  #next(operationName: string): Answer {
    const answers = this.#answersTo.get(operationName);
    if (answers !== undefined) {
      const [answer, ...later] = answers;
      if (answer === undefined) throw new Error(`No answer to ${operationName}`);
      if (later.length > 0) answers.shift();
      return answer;
    }
    this.#last = this.#answers.shift() ?? this.#last;
    return this.#last;
  }

  #respond(answer: Answer, signal: AbortSignal): Promise<Response> {
    if (answer === "network-failure") return Promise.reject(new TypeError("Failed to fetch"));
    if (answer === "silence") {
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(new DOMException("Aborted", "AbortError"));
        });
      });
    }
    if ("afterMs" in answer) {
      return new Promise((resolve) => {
        setTimeout(() => {
          resolve(this.#respond(answer.answer, signal));
        }, answer.afterMs);
      });
    }
    if ("text" in answer) {
      return Promise.resolve(new Response(answer.text, { status: answer.status }));
    }
    const { json, status = 200, headers = {} } = answer;
    return Promise.resolve(new Response(JSON.stringify(json), { status, headers }));
  }
}

export const INVOICE = {
  id: "QjJCRG9jdW1lbnQ6MQ==",
  kind: "INVOICE",
  number: "SF-1024",
  issuedOn: "2025-07-05",
  revision: 1,
  isVoid: false,
  total: { amount: 12345.6, currency: "UAH" },
  url: "https://docs.example/documents/1?key=s3cret",
  pdfUrl: "https://docs.example/documents/1.pdf?key=s3cret",
};

export type DocumentAnswer = { [Field in keyof typeof INVOICE]: unknown };

export function ready(...documents: Partial<DocumentAnswer>[]): Answer {
  return answerOf({
    state: "READY",
    documents: (documents.length > 0 ? documents : [{}]).map((each) => ({ ...INVOICE, ...each })),
  });
}

export function preparing(retryAfter: number | null = 1000): Answer {
  return answerOf({ state: "PREPARING", retryAfter });
}

export function failed(code: string | null, ...documents: Partial<DocumentAnswer>[]): Answer {
  const full = documents.map((each) => ({ ...INVOICE, ...each }));
  return answerOf({ state: "FAILED", code, documents: full });
}

export function answerOf(fields: Readonly<Record<string, unknown>>): Answer {
  const answer = { code: null, retryAfter: null, documents: [], ...fields };
  return { json: { data: { b2bOrderDocuments: answer } } };
}

/** The answer to a request for an invoice: where its documents stand, or why not. */
export function requested(
  fields: Readonly<Record<string, unknown>> | null,
  ...errors: readonly Readonly<Record<string, unknown>>[]
): Answer {
  const orderDocuments =
    fields === null ? null : { code: null, retryAfter: null, documents: [], ...fields };
  return { json: { data: { b2bInvoiceRequest: { orderDocuments, errors } } } };
}

export const UNKNOWN_ORDER: Answer = { json: { data: { b2bOrderDocuments: null } } };

export function refused(code: string, extensions: Record<string, unknown> = {}): Answer {
  return { json: { data: null, errors: [{ message: code, extensions: { code, ...extensions } }] } };
}
