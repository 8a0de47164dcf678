/** Fetches anew what has grown old, while somebody looks. Knows no GraphQL. */

import { renewalDelay } from "./delays.ts";

/**
 * What one attempt came to: all is as of `fetchedAt` now, or it stays as old as it is. `waitMs` is
 * how long the server wants to hear nothing, if it said so.
 */
export type Renewal =
  | { readonly kind: "renewed"; readonly fetchedAt: number }
  | { readonly kind: "failed"; readonly waitMs: number };

export interface RefresherOptions {
  /** Must not reject: what a failure means is for the caller to say. */
  readonly attempt: (signal: AbortSignal) => Promise<Renewal>;
  /** Older than this is stale. */
  readonly maxAgeMs: number;
}

/** Timers don't count the hours that a computer sleeps, so the clock is looked at this often. */
const LOOK_MS = 60_000;

export class Refresher {
  readonly #options: RefresherOptions;
  /** `null` while stopped; aborted by a stop. */
  #run: AbortController | null = null;
  #attempt: Promise<void> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #staleAt = 0;
  #retryAt = 0;
  /** Outlives a stop: the server's limit holds, whoever asks. */
  #notBefore = 0;
  #failures = 0;

  constructor(options: RefresherOptions) {
    this.#options = options;
  }

  get isStale(): boolean {
    return this.#run !== null && Date.now() >= this.#staleAt;
  }

  /** Begins to look after what was fetched at that moment. */
  start(fetchedAt: number): void {
    this.stop();
    this.#run = new AbortController();
    this.#failures = 0;
    this.#retryAt = 0;
    this.#staleAt = fetchedAt + this.#options.maxAgeMs;
    document.addEventListener("visibilitychange", this.#look);
    addEventListener("pageshow", this.#look);
    addEventListener("focus", this.#look);
    addEventListener("online", this.#onOnline);
    this.#look();
  }

  /** Stops, and aborts an attempt that is under way; its outcome is ignored. */
  stop(): void {
    this.#run?.abort();
    this.#run = null;
    this.#attempt = null;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
    removeEventListener("pageshow", this.#look);
    removeEventListener("focus", this.#look);
    removeEventListener("online", this.#onOnline);
  }

  /**
   * Fetches anew now, unless the server wants quiet. Resolves when that came to an end, good or
   * bad; whoever asks meanwhile shares the attempt.
   */
  refresh(): Promise<void> {
    const run = this.#run;
    if (run === null || Date.now() < this.#notBefore) return Promise.resolve();
    this.#attempt ??= this.#options.attempt(run.signal).then((renewal) => {
      if (run === this.#run) this.#take(renewal);
    });
    return this.#attempt;
  }

  /**
   * As `refresh`, for who knows of a change: an attempt under way may have read before it, and is
   * followed by another.
   */
  async refreshAfterChange(): Promise<void> {
    await this.#attempt;
    await this.refresh();
  }

  readonly #look = (): void => {
    clearTimeout(this.#timer);
    if (document.visibilityState === "hidden" || this.#attempt !== null) return;
    const wait = Math.max(this.#staleAt, this.#retryAt, this.#notBefore) - Date.now();
    if (wait > 0) this.#timer = setTimeout(this.#look, Math.min(wait, LOOK_MS));
    else void this.refresh();
  };

  readonly #onOnline = (): void => {
    this.#retryAt = 0;
    this.#look();
  };

  #take(renewal: Renewal): void {
    this.#attempt = null;
    if (renewal.kind === "renewed") {
      this.#failures = 0;
      this.#staleAt = renewal.fetchedAt + this.#options.maxAgeMs;
    } else {
      this.#failures += 1;
      this.#retryAt = Date.now() + renewalDelay(this.#failures);
      this.#notBefore = Date.now() + renewal.waitMs;
    }
    this.#look();
  }
}
