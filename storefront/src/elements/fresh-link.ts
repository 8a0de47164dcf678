/** Links whose address may have grown old while they were shown. */

export interface FreshLinkOptions {
  readonly isStale: () => boolean;
  /** Renews the links where they stand; resolves when that came to an end, good or bad. */
  readonly refresh: () => Promise<void>;
}

/**
 * How long a press waits for the fresh address. Browsers let a page open a tab for five seconds
 * after a press; after that the press would end at the pop-up blocker.
 */
export const PRESS_PATIENCE_MS = 3_000;

/**
 * Listens to presses on links: a stale one is renewed before it is followed, in the way that its
 * attributes say (a download, a tab of its own). Where no renewal comes, the old address is
 * followed: the app answers that one with a word of its own.
 */
export class FreshLink {
  readonly #options: FreshLinkOptions;
  #pressed: HTMLAnchorElement | null = null;
  #isFollowing = false;

  constructor(options: FreshLinkOptions) {
    this.#options = options;
  }

  readonly onClick = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null || event.defaultPrevented || this.#isFollowing) return;
    // A key held down asks for a window or a tab in the background, which no script can open.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!this.#options.isStale()) return;
    event.preventDefault();
    const isWaiting = this.#pressed !== null;
    this.#pressed = link;
    if (!isWaiting) void this.#follow();
  };

  async #follow(): Promise<void> {
    await Promise.race([this.#options.refresh(), sleep(PRESS_PATIENCE_MS)]);
    const link = this.#pressed;
    this.#pressed = null;
    // Gone with its document: there is nothing left to follow.
    if (!link?.isConnected) return;
    this.#isFollowing = true;
    link.click();
    this.#isFollowing = false;
  }
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
