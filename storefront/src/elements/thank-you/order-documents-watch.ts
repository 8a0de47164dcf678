/** Waits for the documents of one order: what the element shows follows from the state in here. */

import { ApiError } from "../../api/client.ts";
import type { ApiClient } from "../../api/client.ts";
import { fetchOrderDocuments, requestInvoice } from "../../api/order-documents.ts";
import type { OrderDocument, OrderDocuments } from "../../api/order-documents.ts";
import { backoffDelay, pollDelay, rateLimitDelay } from "../../polling/delays.ts";
import { Poller } from "../../polling/poller.ts";
import type { Outcome } from "../../polling/poller.ts";
import { Refresher } from "../../polling/refresher.ts";
import type { Renewal } from "../../polling/refresher.ts";

/** After this the buyer is told to come back, instead of watching a spinner for good. */
export const PATIENCE_MS = 3 * 60_000;

/** Failing for this long is worth a word; a hiccup is not. */
export const TROUBLE_MS = 8_000;

/** The links that the app answers open for an hour; a buyer gets none that is about to close. */
export const LINKS_FRESH_MS = 50 * 60_000;

/** Who looks at the page, as far as it's known here: with a proxy, only the shop knows. */
export type Viewer = "customer" | "guest" | "unknown";

/**
 * `waiting`: being prepared. `stalled`: out of patience. `guest`: the e-mail is asked for.
 * `not-found`: a signed-in viewer has no such order. `signed-out`: the session is over.
 * `problem`: anything else.
 */
export type WatchState =
  | { readonly kind: "stalled" | "ready" | "not-found" | "signed-out" | "problem" }
  | { readonly kind: "waiting"; readonly isTroubled: boolean }
  | { readonly kind: "failed"; readonly code: string | null }
  | GuestState;

export interface GuestState {
  readonly kind: "guest";
  readonly phase: "asking" | "checking" | "not-found" | "limited";
  readonly isTroubled: boolean;
  /** In the phase `limited`: when the next try is allowed. */
  readonly waitMs: number;
}

export interface WatchOptions {
  readonly client: ApiClient;
  readonly orderId: string;
  /** What the shop says of the viewer; read before each conclusion. */
  readonly viewer: () => Viewer;
  readonly onChange: () => void;
  /** The same documents under fresh links: to be shown, but no news. */
  readonly onRenewal: () => void;
}

/** The order is older than the app: its invoice is made when somebody asks for it. */
export const NOT_REQUESTED = "NOT_REQUESTED";

const SETTLED: Outcome = { kind: "settled" };
const NOT_RENEWED: Renewal = { kind: "failed", waitMs: 0 };

export class OrderDocumentsWatch {
  readonly #options: WatchOptions;
  readonly #poller: Poller;
  readonly #refresher: Refresher;
  #state: WatchState = { kind: "waiting", isTroubled: false };
  #documents: readonly OrderDocument[] = [];
  /** When they were asked for: their links are no older than that. */
  #fetchedAt = 0;
  /** From the press until the app has heard of it: the next question is the request. */
  #isRequesting = false;
  #guestEmail: string | null = null;
  #failures = 0;
  #troubledSince: number | null = null;
  #limitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#poller = new Poller({
      attempt: (signal) => this.#attempt(signal),
      onGiveUp: () => {
        this.#set({ kind: "stalled" });
      },
      patienceMs: PATIENCE_MS,
    });
    this.#refresher = new Refresher({
      attempt: (signal) => this.#renew(signal),
      maxAgeMs: LINKS_FRESH_MS,
    });
  }

  get state(): WatchState {
    return this.#state;
  }

  /** What is known so far: while waiting and after a failure there may be some too. */
  get documents(): readonly OrderDocument[] {
    return this.#documents;
  }

  get isGuest(): boolean {
    return this.#guestEmail !== null || this.#viewer() === "guest";
  }

  /** Whether the app hasn't heard yet that the invoice is asked for. */
  get isRequesting(): boolean {
    return this.#isRequesting;
  }

  /** Whether the documents' links may have closed. */
  get hasStaleLinks(): boolean {
    return this.#refresher.isStale;
  }

  /** Starts asking, or goes on where `pause` stopped it. */
  resume(): void {
    const state = this.#state;
    if (isAsking(state) && !this.#poller.isRunning) this.#poller.start();
    if (state.kind === "guest" && state.phase === "limited") this.#askForEmail("asking");
    this.#keepLinksFresh();
  }

  /** Stops asking while the element is out of the page; nothing that is known gets lost. */
  pause(): void {
    this.#poller.stop();
    this.#refresher.stop();
    clearTimeout(this.#limitTimer);
  }

  /** Asks again after an end that may have passed. */
  retry(): void {
    this.#startOver({ kind: "waiting", isTroubled: false });
  }

  /** Has the invoice made that there is none of yet, then waits for it. */
  requestInvoice(): void {
    if (this.#state.kind !== "failed" || this.#state.code !== NOT_REQUESTED) return;
    this.#isRequesting = true;
    this.retry();
  }

  /** Resolves when the links are fresh, or can't be had fresh. */
  refreshLinks(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** Asks in the name of the guest who ordered with this e-mail. */
  submitGuestEmail(email: string): void {
    this.#guestEmail = email;
    this.#startOver({ kind: "guest", phase: "checking", isTroubled: false, waitMs: 0 });
  }

  #startOver(state: WatchState): void {
    clearTimeout(this.#limitTimer);
    this.#failures = 0;
    this.#troubledSince = null;
    this.#set(state);
    this.#poller.start();
  }

  async #attempt(signal: AbortSignal): Promise<Outcome> {
    const { client, orderId } = this.#options;
    const startedAt = Date.now();
    try {
      // Repeated until it got through: the app makes one invoice, however often it hears of it.
      const ask = this.#isRequesting ? requestInvoice : fetchOrderDocuments;
      const answer = await ask(client, { orderId, guestEmail: this.#guestEmail, signal });
      if (signal.aborted) return SETTLED;
      this.#isRequesting = false;
      this.#failures = 0;
      this.#troubledSince = null;
      this.#fetchedAt = startedAt;
      return answer === null ? this.#onUnknownOrder() : this.#onAnswer(answer);
    } catch (error) {
      if (signal.aborted) return SETTLED;
      if (error instanceof ApiError) return this.#onError(error, startedAt);
      // A fault of ours: say so to the page's error log, and to the buyer that it isn't theirs.
      reportError(error);
      return this.#settle({ kind: "problem" });
    }
  }

  #onAnswer({ state, code, retryAfterMs, documents }: OrderDocuments): Outcome {
    this.#documents = documents;
    if (state === "FAILED") return this.#settle({ kind: "failed", code });
    // "Ready" without a single paper would be a lie to the buyer: it is still on its way.
    if (state === "READY" && documents.length > 0) return this.#settle({ kind: "ready" });
    this.#set({ kind: "waiting", isTroubled: false });
    return { kind: "again", delayMs: pollDelay(retryAfterMs), firm: true };
  }

  /**
   * Whatever doesn't bring the documents leaves those that are shown, with the links they have: a
   * session that ended or an app that is away takes nothing from a buyer who holds a paper.
   */
  async #renew(signal: AbortSignal): Promise<Renewal> {
    const { client, orderId } = this.#options;
    const fetchedAt = Date.now();
    try {
      const request = { orderId, guestEmail: this.#guestEmail, signal };
      const answer = await fetchOrderDocuments(client, request);
      if (signal.aborted || answer === null || answer.documents.length === 0) return NOT_RENEWED;
      this.#fetchedAt = fetchedAt;
      this.#onRenewed(answer);
      return { kind: "renewed", fetchedAt };
    } catch (error) {
      if (!(error instanceof ApiError)) reportError(error);
      const isLimited = error instanceof ApiError && error.code === "RATE_LIMITED";
      return isLimited
        ? { kind: "failed", waitMs: rateLimitDelay(error.retryAfterMs) }
        : NOT_RENEWED;
    }
  }

  #onRenewed({ state, code, documents }: OrderDocuments): void {
    const before = { state: this.#state, documents: this.#documents };
    this.#documents = documents;
    if (state === "READY") this.#state = { kind: "ready" };
    if (state === "FAILED") this.#state = { kind: "failed", code };
    const isNews =
      this.#state.kind !== before.state.kind || factsOf(documents) !== factsOf(before.documents);
    if (isNews) this.#options.onChange();
    else this.#options.onRenewal();
  }

  /**
   * An order that the app hasn't heard of yet is "preparing" to it; "none" is its last word, and
   * means that somebody else placed the order. Whoever may be a guest can still prove otherwise.
   */
  #onUnknownOrder(): Outcome {
    this.#documents = [];
    if (this.#guestEmail !== null) return this.#askForEmail("not-found");
    if (this.#viewer() === "customer") return this.#settle({ kind: "not-found" });
    return this.#askForEmail("asking");
  }

  #onError(error: ApiError, startedAt: number): Outcome {
    switch (error.code) {
      case "UNAUTHENTICATED":
        return this.isGuest ? this.#askForEmail("asking") : this.#settle({ kind: "signed-out" });
      case "RATE_LIMITED":
        return this.#onRateLimit(rateLimitDelay(error.retryAfterMs));
      case "TRANSIENT":
        return this.#onTrouble(startedAt);
      case "PERMISSION_DENIED":
      case "UNEXPECTED":
        return this.#settle({ kind: "problem" });
    }
  }

  #onRateLimit(delayMs: number): Outcome {
    if (this.#state.kind !== "guest") return { kind: "again", delayMs, firm: true };
    // Somebody typed an address and is waiting for the answer: tell them, don't let them wonder.
    this.#limitTimer = setTimeout(() => {
      this.#askForEmail("asking");
    }, delayMs);
    return this.#askForEmail("limited", delayMs);
  }

  #onTrouble(startedAt: number): Outcome {
    this.#failures += 1;
    this.#troubledSince ??= startedAt;
    if (Date.now() - this.#troubledSince >= TROUBLE_MS) {
      const { kind } = this.#state;
      if (kind === "waiting" || kind === "guest") this.#set({ ...this.#state, isTroubled: true });
    }
    return { kind: "again", delayMs: backoffDelay(this.#failures), firm: false };
  }

  #askForEmail(phase: GuestState["phase"], waitMs = 0): Outcome {
    this.#guestEmail = null;
    this.#isRequesting = false;
    return this.#settle({ kind: "guest", phase, isTroubled: false, waitMs });
  }

  /** What the shop says, else what the token says, else unknown. */
  #viewer(): Viewer {
    const viewer = this.#options.viewer();
    const { sentToken } = this.#options.client;
    if (viewer !== "unknown" || sentToken === null) return viewer;
    return sentToken ? "customer" : "guest";
  }

  #settle(state: WatchState): Outcome {
    this.#set(state);
    return SETTLED;
  }

  #set(state: WatchState): void {
    this.#state = state;
    this.#keepLinksFresh();
    this.#options.onChange();
  }

  /** While documents are shown and nothing else asks for them. */
  #keepLinksFresh(): void {
    const isShowing = this.#documents.length > 0 && this.#state.kind !== "guest";
    if (isShowing && !isAsking(this.#state)) this.#refresher.start(this.#fetchedAt);
    else this.#refresher.stop();
  }
}

function isAsking(state: WatchState): boolean {
  return state.kind === "waiting" || (state.kind === "guest" && state.phase === "checking");
}

/** What the documents say, apart from where they are: equal texts are the same papers. */
function factsOf(documents: readonly OrderDocument[]): string {
  return JSON.stringify(documents, (key, value: unknown) =>
    key === "url" || key === "pdfUrl" ? undefined : value,
  );
}
