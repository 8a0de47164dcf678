import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { formatWait } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import { icons } from "../../styles/icons.ts";
import type { GuestState } from "./order-documents-watch.ts";
import { thankYouTexts } from "./texts.ts";

export interface GuestFormOptions {
  readonly state: GuestState;
  readonly locale: Locale;
  /** What the shop filled in beforehand. */
  readonly prefilled: string;
  /** Whether what was typed last is no address. */
  readonly isInvalid: boolean;
  readonly onSubmit: (event: SubmitEvent) => void;
}

/**
 * The form that a guest proves the order with. While an answer is awaited the button only says so
 * and stays focusable: a disabled one would drop the keyboard's place.
 */
export function guestForm(options: GuestFormOptions): TemplateResult {
  const { state, locale, prefilled, isInvalid, onSubmit } = options;
  const texts = thankYouTexts[locale.language].guest;
  const isWrong = isInvalid || state.phase === "not-found";
  const isClosed = state.phase === "checking" || state.phase === "limited";
  return html`
    <form part="guest-form" novalidate @submit=${onSubmit}>
      <label for="email">${texts.label}</label>
      <div class="field">
        <input
          id="email"
          part="input"
          name="email"
          type="email"
          autocomplete="email"
          spellcheck="false"
          maxlength="254"
          required
          .defaultValue=${prefilled}
          aria-invalid=${isWrong ? "true" : "false"}
          aria-describedby="message"
        />
        <button
          class="button primary"
          part="button submit"
          aria-disabled=${isClosed ? "true" : "false"}
        >
          ${state.phase === "checking" ? texts.checking : texts.submit}
        </button>
      </div>
      <div id="message" role="status">${message(options)}</div>
    </form>
  `;
}

function message({ state, locale, isInvalid }: GuestFormOptions): TemplateResult | typeof nothing {
  const texts = thankYouTexts[locale.language];
  if (isInvalid) return wrong(texts.guest.invalid);
  switch (state.phase) {
    case "not-found":
      return wrong(texts.guest.notFound);
    case "limited":
      return wrong(texts.guest.limited(formatWait(state.waitMs, locale.tag)));
    case "checking":
      return state.isTroubled ? html`<p class="message calm">${texts.trouble}</p>` : nothing;
    case "asking":
      return nothing;
  }
}

function wrong(text: string): TemplateResult {
  return html`<p class="message" part="error">${icons.alert}<span>${text}</span></p>`;
}
