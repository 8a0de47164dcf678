/** Files that are made when somebody asks for them. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { ApiError } from "../../api/client.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import type { Language } from "../../localization/language.ts";
import { safeUrl } from "../../security/safe-url.ts";
import { icons } from "../../styles/icons.ts";
import { targetOf } from "../file-links.ts";
import { PRESS_PATIENCE_MS } from "../fresh-link.ts";

type State =
  | { readonly kind: "idle" | "preparing" | "failed" }
  | { readonly kind: "ready"; readonly url: URL };

/**
 * Asks for a file's address and follows it. An address that took so long that the browser would
 * take it for a pop-up is offered as a link instead.
 */
export class FileRequest {
  readonly #onChange: () => void;
  #state: State = { kind: "idle" };
  #run: AbortController | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get isPreparing(): boolean {
    return this.#state.kind === "preparing";
  }

  async start(fetchAddress: (signal: AbortSignal) => Promise<string | null>): Promise<void> {
    if (this.isPreparing) return;
    const run = new AbortController();
    this.#run = run;
    this.#set({ kind: "preparing" });
    const pressedAt = Date.now();
    let url: URL | null = null;
    try {
      url = safeUrl(await fetchAddress(run.signal));
    } catch (error) {
      // Whatever the reason, all that the buyer can do about it is to press again.
      if (!(error instanceof ApiError)) reportError(error);
    }
    if (run.signal.aborted) return;
    if (url === null) this.#set({ kind: "failed" });
    else if (Date.now() - pressedAt > PRESS_PATIENCE_MS) this.#set({ kind: "ready", url });
    else {
      this.#set({ kind: "idle" });
      follow(url);
    }
  }

  /** Forgets what was asked for: it is about something else than what is shown now. */
  reset(): void {
    this.#run?.abort();
    this.#state = { kind: "idle" };
  }

  /** What became of it; one node through all states, which a screen reader reads out. */
  render(language: Language): TemplateResult {
    return html`<div class="file" part="file" role="status">${this.#content(language)}</div>`;
  }

  #content(language: Language): TemplateResult | typeof nothing {
    const texts = accountTexts[language].export;
    const state = this.#state;
    switch (state.kind) {
      case "idle":
        return nothing;
      case "preparing":
        return html`<p class="calm">
          <span class="spinner">${icons.wait}</span>${texts.preparing}
        </p>`;
      case "failed":
        return html`<p class="field-error" part="error">${texts.failed}</p>`;
      case "ready":
        return html`<a
          class="button"
          part="button file-link"
          href=${state.url.href}
          download=""
          target=${targetOf(state.url) ?? nothing}
          rel="noopener"
          >${icons.download}${texts.ready}</a
        >`;
    }
  }

  #set(state: State): void {
    this.#state = state;
    this.#onChange();
  }
}

function follow(url: URL): void {
  const link = document.createElement("a");
  link.href = url.href;
  link.download = "";
  link.rel = "noopener";
  link.target = targetOf(url) ?? "";
  link.click();
}
