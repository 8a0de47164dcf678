/** What stands above the rows, or in their place: loading, a failure, nothing there, a count. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { accountTexts } from "../../localization/account-texts.ts";
import type { FailureText } from "../../localization/account-texts.ts";
import { formatWait } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import type { Failure } from "../../polling/loader.ts";
import { icons } from "../../styles/icons.ts";

export interface StatusOptions {
  /** Where an element has several: the first is "status", which takes a focus that got lost. */
  readonly id?: string;
  readonly locale: Locale;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  /** In place of the rows, where there are none. */
  readonly empty: FailureText | null;
  /** How many there are; said to who can't see them. */
  readonly count: string | null;
}

/** One node through all states: a screen reader announces what changes within it. */
export function statusRegion(options: StatusOptions): TemplateResult {
  const { id = "status" } = options;
  return html`<div id=${id} part="status" role="status" tabindex="-1">${content(options)}</div>`;
}

function content(options: StatusOptions): TemplateResult | typeof nothing {
  const { locale, failure, isLoading, empty, count } = options;
  if (failure !== null) {
    return notice(failureText(failure, locale), failure.kind === "problem" ? "danger" : "warning");
  }
  if (isLoading) {
    return html`<p class="calm">
      <span class="spinner">${icons.wait}</span>${accountTexts[locale.language].loading}
    </p>`;
  }
  if (empty !== null) return notice(empty, "neutral");
  return count === null ? nothing : html`<p class="calm" part="count">${count}</p>`;
}

export type Tone = "danger" | "warning" | "neutral" | "success";

const ICONS = { danger: "alert", warning: "alert", neutral: "paper", success: "check" } as const;

/** A title, a sentence, and a mark that shows of what kind they are. */
export function notice({ title, detail }: FailureText, tone: Tone): TemplateResult {
  return html`<div class="notice" part="notice notice-${tone}">
    <span class="mark ${tone}">${icons[ICONS[tone]]}</span>
    <div>
      <p class="title" part="title">${title}</p>
      <p class="detail" part="detail">${detail}</p>
    </div>
  </div>`;
}

function failureText(failure: Failure, { language, tag }: Locale): FailureText {
  const { failures } = accountTexts[language];
  switch (failure.kind) {
    case "signed-out":
      return failures.signedOut;
    case "no-access":
      return failures.noAccess;
    case "trouble":
      return failures.trouble;
    case "problem":
      return failures.problem;
    case "limited": {
      const { title, detail } = failures.limited;
      return { title, detail: detail(formatWait(failure.waitMs, tag)) };
    }
  }
}

/** A button to ask again, where that may help: what waits for the server's limit goes on alone. */
export function retryButton(
  failure: Failure | null,
  { language, onRetry }: { readonly language: Locale["language"]; readonly onRetry: () => void },
): TemplateResult | typeof nothing {
  if (failure === null || failure.kind === "limited") return nothing;
  return html`<p class="actions">
    <button class="button" part="button retry" type="button" @click=${onRetry}>
      ${accountTexts[language].retry}
    </button>
  </p>`;
}
