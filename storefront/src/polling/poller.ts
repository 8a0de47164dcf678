/** Asks again and again while somebody looks, and gives up after a while. Knows no GraphQL. */

/**
 * What one attempt came to: no need to ask again, or ask again after `delayMs`. A `firm` delay was
 * set by the server and isn't shortened by a new start or by the network coming back.
 */
export type Outcome =
  | { readonly kind: "settled" }
  | { readonly kind: "again"; readonly delayMs: number; readonly firm: boolean };

export interface PollerOptions {
  /** Must not reject: what a failure means is for the caller to say. */
  readonly attempt: (signal: AbortSignal) => Promise<Outcome>;
  readonly onGiveUp: () => void;
  /** How long to keep asking, counted only while the tab is visible. */
  readonly patienceMs: number;
}

type Timer = ReturnType<typeof setTimeout>;

export class Poller {
  readonly #options: PollerOptions;
  /** Aborted and replaced with each start; `null` while stopped. */
  #run: AbortController | null = null;
  #inFlight = false;
  #patienceIsOver = false;
  #askTimer: Timer | undefined;
  #patienceTimer: Timer | undefined;
  #nextAt = 0;
  /** Outlives a stop: pressing "try again" must not break the server's limit. */
  #notBefore = 0;
  #visibleSince: number | null = null;
  #visibleMs = 0;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#run !== null;
  }

  /** Starts anew, with all the patience there is. The first attempt comes in a later task. */
  start(): void {
    this.stop();
    this.#run = new AbortController();
    this.#patienceIsOver = false;
    this.#visibleMs = 0;
    this.#nextAt = Math.max(Date.now(), this.#notBefore);
    document.addEventListener("visibilitychange", this.#onVisibilityChange);
    addEventListener("online", this.#onOnline);
    this.#onVisibilityChange();
  }

  /** Stops, and aborts an attempt that is under way; its outcome is ignored. */
  stop(): void {
    this.#run?.abort();
    this.#run = null;
    this.#inFlight = false;
    this.#pause();
    document.removeEventListener("visibilitychange", this.#onVisibilityChange);
    removeEventListener("online", this.#onOnline);
  }

  readonly #onVisibilityChange = (): void => {
    if (document.visibilityState === "hidden") this.#pause();
    else this.#resume();
  };

  readonly #onOnline = (): void => {
    this.#nextAt = Math.max(Math.min(this.#nextAt, Date.now()), this.#notBefore);
    this.#schedule();
  };

  #pause(): void {
    clearTimeout(this.#askTimer);
    clearTimeout(this.#patienceTimer);
    if (this.#visibleSince !== null) this.#visibleMs += Date.now() - this.#visibleSince;
    this.#visibleSince = null;
  }

  #resume(): void {
    if (this.#visibleSince !== null) return;
    this.#visibleSince = Date.now();
    const left = Math.max(this.#options.patienceMs - this.#visibleMs, 0);
    this.#patienceTimer = setTimeout(this.#onPatienceOver, left);
    this.#schedule();
  }

  #schedule(): void {
    clearTimeout(this.#askTimer);
    if (this.#inFlight || this.#visibleSince === null) return;
    this.#askTimer = setTimeout(this.#ask, Math.max(this.#nextAt - Date.now(), 0));
  }

  readonly #ask = (): void => {
    const run = this.#run;
    if (run === null) return;
    this.#inFlight = true;
    void this.#options.attempt(run.signal).then((outcome) => {
      if (run === this.#run) this.#take(outcome);
    });
  };

  #take(outcome: Outcome): void {
    this.#inFlight = false;
    if (outcome.kind === "settled") {
      this.stop();
      return;
    }
    this.#nextAt = Date.now() + outcome.delayMs;
    this.#notBefore = outcome.firm ? this.#nextAt : 0;
    if (this.#patienceIsOver) this.#giveUp();
    else this.#schedule();
  }

  readonly #onPatienceOver = (): void => {
    // A question under way may still bring the answer: after a laptop's sleep this timer and the
    // question's come due together, and the buyer should get the document, not an apology.
    this.#patienceIsOver = true;
    if (!this.#inFlight) this.#giveUp();
  };

  #giveUp(): void {
    this.stop();
    this.#options.onGiveUp();
  }
}
