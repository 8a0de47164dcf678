/** How long to wait between two questions. All in milliseconds. */

/** The app may say less (it expects the invoice any moment), but never makes us hammer it. */
const SHORTEST_POLL_MS = 500;
/** Beyond this a buyer would watch a page that looks dead, whatever the server asked for. */
const LONGEST_POLL_MS = 15_000;
const DEFAULT_POLL_MS = 1_500;

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 15_000;

const FIRST_RENEWAL_DELAY_MS = 60_000;
const LONGEST_RENEWAL_DELAY_MS = 15 * 60_000;

/** Upwards only: the server's word is the least we wait. */
const JITTER = 0.2;

function withJitter(delay: number): number {
  return Math.round(delay * (1 + JITTER * Math.random()));
}

/** Until the next question after "not ready yet". */
export function pollDelay(retryAfterMs: number | null): number {
  const delay = retryAfterMs ?? DEFAULT_POLL_MS;
  return withJitter(Math.min(Math.max(delay, SHORTEST_POLL_MS), LONGEST_POLL_MS));
}

/** Until the next question after the `failures`-th failure in a row: 1, 2, 4, 8, 15, 15… s. */
export function backoffDelay(failures: number): number {
  return withJitter(Math.min(FIRST_BACKOFF_MS * 2 ** (failures - 1), LONGEST_BACKOFF_MS));
}

/** Until the next question after "asked too often": never shortened, whatever was said. */
export function rateLimitDelay(retryAfterMs: number | null): number {
  return withJitter(Math.max(retryAfterMs ?? 5_000, FIRST_BACKOFF_MS));
}

/**
 * Until what is shown is fetched anew after the `failures`-th failure in a row: 1, 2, 4, 8, 15,
 * 15… min. In no hurry: nobody waits for it, and whoever presses a link asks at once.
 */
export function renewalDelay(failures: number): number {
  return withJitter(
    Math.min(FIRST_RENEWAL_DELAY_MS * 2 ** (failures - 1), LONGEST_RENEWAL_DELAY_MS),
  );
}
