/** Brings the answer to one question at a time, and keeps it fresh while somebody looks. */

import { ApiError } from "../api/client.ts";
import { rateLimitDelay } from "./delays.ts";
import { Refresher } from "./refresher.ts";
import type { Renewal } from "./refresher.ts";

/**
 * Why there is no answer. `signed-out`: nobody is signed in. `no-access`: who is signed in may not
 * see this. `limited`: asked too often; it is asked again by itself after `waitMs`. `trouble`: no
 * connection, or the app is away. `problem`: anything else.
 */
export type Failure =
  | { readonly kind: "signed-out" | "no-access" | "trouble" | "problem" }
  | { readonly kind: "limited"; readonly waitMs: number };

export interface LoadContext<Answer> {
  /** What is known so far, also of an earlier question. */
  readonly answer: Answer | null;
  /** Whether the same is asked anew, because it has grown old. */
  readonly isRenewal: boolean;
  readonly signal: AbortSignal;
}

export interface LoaderOptions<Question, Answer> {
  /** Fails with an `ApiError`; anything else is a fault of ours. */
  readonly load: (question: Question, context: LoadContext<Answer>) => Promise<Answer>;
  readonly onChange: () => void;
  /** An answer older than this is asked for anew while the page is looked at. */
  readonly maxAgeMs: number;
}

export class Loader<Question, Answer> {
  readonly #options: LoaderOptions<Question, Answer>;
  readonly #refresher: Refresher;
  #question: Question | null = null;
  #answer: Answer | null = null;
  #failure: Failure | null = null;
  /** The question under way. */
  #run: AbortController | null = null;
  #askedAt = 0;
  /** Outlives everything: a new question must not break the server's limit. */
  #notBefore = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: LoaderOptions<Question, Answer>) {
    this.#options = options;
    this.#refresher = new Refresher({
      attempt: (signal) => this.#renew(signal),
      maxAgeMs: options.maxAgeMs,
    });
  }

  /** What was asked last. */
  get question(): Question | null {
    return this.#question;
  }

  /** The newest answer there is; while loading and after a failure that of an earlier question. */
  get answer(): Answer | null {
    return this.#answer;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  get isLoading(): boolean {
    return this.#run !== null;
  }

  /** Whether the answer has grown old, and with it the links that it holds. */
  get isStale(): boolean {
    return this.#refresher.isStale;
  }

  /** Asks this in place of whatever was asked before. */
  ask(question: Question): void {
    this.#question = question;
    this.#start();
  }

  /** Asks the last question once more. */
  retry(): void {
    if (this.#question !== null) this.#start();
  }

  /** Asks the last question anew; what is shown stays, also if no answer comes. */
  refresh(): Promise<void> {
    return this.#refresher.refresh();
  }

  /** As `refresh`, for who knows of a change: what is under way may have been read before it. */
  refreshAfterChange(): Promise<void> {
    if (this.#run === null) return this.#refresher.refreshAfterChange();
    this.#start();
    return Promise.resolve();
  }

  /** Forgets question and answer. */
  reset(): void {
    this.pause();
    this.#question = null;
    this.#answer = null;
    this.#failure = null;
  }

  /** Stops while the element is out of the page. */
  pause(): void {
    this.#run?.abort();
    this.#run = null;
    clearTimeout(this.#timer);
    this.#refresher.stop();
  }

  /** Goes on where `pause` stopped. */
  resume(): void {
    if (this.#question === null || this.isLoading) return;
    if (this.#askedAt === 0 || this.#failure !== null) this.#start();
    else this.#refresher.start(this.#askedAt);
  }

  #start(): void {
    this.pause();
    this.#askedAt = 0;
    this.#failure = null;
    const waitMs = this.#notBefore - Date.now();
    if (waitMs > 0) {
      this.#waitFor(waitMs);
    } else {
      this.#run = new AbortController();
      void this.#load(this.#run);
    }
    this.#options.onChange();
  }

  async #load(run: AbortController): Promise<void> {
    const { signal } = run;
    const question = this.#question;
    if (question === null) return;
    const askedAt = Date.now();
    try {
      const context = { answer: this.#answer, isRenewal: false, signal };
      const answer = await this.#options.load(question, context);
      if (signal.aborted) return;
      this.#answer = answer;
    } catch (error) {
      if (signal.aborted) return;
      this.#failure = failureOf(error);
    }
    this.#run = null;
    this.#askedAt = askedAt;
    if (this.#failure?.kind === "limited") this.#waitFor(this.#failure.waitMs);
    else this.#refresher.start(askedAt);
    this.#options.onChange();
  }

  #waitFor(waitMs: number): void {
    this.#failure = { kind: "limited", waitMs };
    this.#notBefore = Date.now() + waitMs;
    this.#timer = setTimeout(() => {
      this.#start();
    }, waitMs);
  }

  async #renew(signal: AbortSignal): Promise<Renewal> {
    const question = this.#question;
    if (question === null) return { kind: "failed", waitMs: 0 };
    const fetchedAt = Date.now();
    try {
      const context = { answer: this.#answer, isRenewal: true, signal };
      const answer = await this.#options.load(question, context);
      if (signal.aborted) return { kind: "failed", waitMs: 0 };
      this.#answer = answer;
      this.#failure = null;
      this.#askedAt = fetchedAt;
      this.#options.onChange();
      return { kind: "renewed", fetchedAt };
    } catch (error) {
      const failure = failureOf(error);
      return { kind: "failed", waitMs: failure.kind === "limited" ? failure.waitMs : 0 };
    }
  }
}

function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    // A fault of ours: say so to the page's error log, and to the buyer that it isn't theirs.
    reportError(error);
    return { kind: "problem" };
  }
  switch (error.code) {
    case "UNAUTHENTICATED":
      return { kind: "signed-out" };
    case "PERMISSION_DENIED":
      return { kind: "no-access" };
    case "RATE_LIMITED":
      return { kind: "limited", waitMs: rateLimitDelay(error.retryAfterMs) };
    case "TRANSIENT":
      return { kind: "trouble" };
    case "UNEXPECTED":
      return { kind: "problem" };
  }
}
