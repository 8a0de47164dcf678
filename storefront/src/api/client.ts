/**
 * The one way from the elements to the app: GraphQL over POST, with every way of failing sorted
 * into the few that an element has to tell apart.
 */

/**
 * - `UNAUTHENTICATED`: the token is missing where one is needed, expired or refused.
 * - `PERMISSION_DENIED`: who asks is known, and may not see this.
 * - `RATE_LIMITED`: asked too often; `retryAfterMs` says how long to keep still, if it was said.
 * - `TRANSIENT`: no connection, time-out, 5xx: likely to pass without anybody doing anything.
 * - `UNEXPECTED`: anything else; asking again at once would give the same answer.
 */
export type ApiErrorCode =
  "UNAUTHENTICATED" | "PERMISSION_DENIED" | "RATE_LIMITED" | "TRANSIENT" | "UNEXPECTED";

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly retryAfterMs: number | null;

  constructor(code: ApiErrorCode, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Answers a fresh access token; an empty string or `null` says that nobody is signed in. */
export type GetAccessToken = () => Promise<string | null>;

export interface ApiClientOptions {
  /** Address of the app's GraphQL, or of the shop's proxy to it. */
  readonly endpoint: string;
  /** API address of the Saleor that the shop runs on, where the app serves several. */
  readonly saleorApiUrl?: string | undefined;
  /** Read before each request, so that it may be set after the element was made. */
  readonly getAccessToken?: (() => GetAccessToken | undefined) | undefined;
}

export interface Query {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
}

/**
 * Longer than the app needs for any answer and than a proxy usually waits (10 s), so that a slow
 * answer is taken rather than asked for twice; short enough that a dead connection is noticed
 * while the buyer is still there.
 */
export const REQUEST_TIMEOUT_MS = 15_000;

export class ApiClient {
  readonly #options: ApiClientOptions;
  #sentToken: boolean | null = null;

  constructor(options: ApiClientOptions) {
    this.#options = options;
  }

  /**
   * Whether the last request carried a token; `null` where this can't be known, because the
   * shop's own server adds it.
   */
  get sentToken(): boolean | null {
    return this.#sentToken;
  }

  /**
   * Sends one operation and answers its `data`, unchecked.
   *
   * @throws {ApiError} for every failure, also when `signal` was aborted (as `TRANSIENT`).
   */
  async send({ operationName, query, variables, signal }: Query): Promise<unknown> {
    const headers = await this.#headers();
    const abort = new AbortController();
    const onAbort = (): void => {
      abort.abort();
    };
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) onAbort();
    const timeout = setTimeout(onAbort, REQUEST_TIMEOUT_MS);
    try {
      const response = await fetch(this.#options.endpoint, {
        method: "POST",
        headers,
        body: JSON.stringify({ operationName, query, variables }),
        // A cookie of the shop reaches the shop's own proxy and nobody else.
        credentials: "same-origin",
        cache: "no-store",
        signal: abort.signal,
      });
      return readAnswer(response, await response.text());
    } catch (error) {
      // What fetch and a body cut short throw differs from browser to browser; all of it means
      // that no answer came.
      throw error instanceof ApiError ? error : new ApiError("TRANSIENT", String(error));
    } finally {
      clearTimeout(timeout);
      signal.removeEventListener("abort", onAbort);
    }
  }

  async #headers(): Promise<Record<string, string>> {
    const headers: Record<string, string> = {
      Accept: "application/json",
      "Content-Type": "application/json",
    };
    if (this.#options.saleorApiUrl) headers["Saleor-Api-Url"] = this.#options.saleorApiUrl;
    const getAccessToken = this.#options.getAccessToken?.();
    if (getAccessToken === undefined) {
      this.#sentToken = null;
      return headers;
    }
    let token: string | null;
    try {
      token = await getAccessToken();
    } catch (error) {
      throw new ApiError("TRANSIENT", `No access token: ${String(error)}`);
    }
    this.#sentToken = Boolean(token);
    if (token) headers["Authorization"] = `Bearer ${token}`;
    return headers;
  }
}

/** Whether a value is a plain object, whose fields may then be looked at one by one. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readAnswer(response: Response, text: string): unknown {
  const body = parseJson(text);
  const errors = isRecord(body) && Array.isArray(body["errors"]) ? body["errors"] : [];
  const known = errors.map(readGraphQLError).find((error) => error !== null);
  if (known) throw known;
  if (!response.ok) throw errorOfStatus(response);
  if (errors.length > 0) throw new ApiError("UNEXPECTED", "The operation was refused");
  if (!isRecord(body) || !("data" in body)) {
    throw new ApiError("UNEXPECTED", "The answer is not GraphQL");
  }
  return body["data"];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function readGraphQLError(error: unknown): ApiError | null {
  if (!isRecord(error) || !isRecord(error["extensions"])) return null;
  const { code, retryAfter } = error["extensions"];
  if (code === "UNAUTHENTICATED") return new ApiError(code, "Not signed in");
  if (code === "PERMISSION_DENIED") return new ApiError(code, "Not allowed");
  if (code === "UNAVAILABLE") return new ApiError("TRANSIENT", "Out of service for a moment");
  if (code === "RATE_LIMITED") {
    return new ApiError(code, "Asked too often", readMilliseconds(retryAfter));
  }
  return null;
}

function errorOfStatus(response: Response): ApiError {
  const { status } = response;
  const message = `The answer is HTTP ${String(status)}`;
  if (status === 401) return new ApiError("UNAUTHENTICATED", message);
  if (status === 429) {
    const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
    return new ApiError("RATE_LIMITED", message, readMilliseconds(seconds * 1000));
  }
  // 408 and 425 are the two 4xx that ask to be repeated as they are.
  const passes = status >= 500 || status === 408 || status === 425;
  return new ApiError(passes ? "TRANSIENT" : "UNEXPECTED", message);
}

/** A sensible number of milliseconds, or `null` for anything else. */
export function readMilliseconds(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}
