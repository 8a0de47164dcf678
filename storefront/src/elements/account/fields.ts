/** The fields that lists are searched and narrowed with. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

/** How long nobody types before it is searched. */
export const TYPING_MS = 300;

interface FieldOptions {
  readonly name: string;
  readonly label: string;
  readonly value: string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function searchField({ name, label, value }: FieldOptions): TemplateResult {
  return html`<div class="field search">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      part="input"
      name=${name}
      type="search"
      autocomplete="off"
      spellcheck="false"
      maxlength="100"
      .value=${live(value)}
    />
  </div>`;
}

export function dayField(options: FieldOptions & { readonly isWrong: boolean }): TemplateResult {
  const { name, label, value, isWrong } = options;
  return html`<div class="field day">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      part="input"
      name=${name}
      type="date"
      max="9999-12-31"
      aria-invalid=${isWrong ? "true" : "false"}
      aria-describedby="period-error"
      .value=${live(value)}
    />
  </div>`;
}

export function choiceField(
  options: FieldOptions & { readonly choices: readonly Choice[] },
): TemplateResult {
  const { name, label, value, choices } = options;
  return html`<div class="field choice field-${name}">
    <label for=${name}>${label}</label>
    <select id=${name} part="input" name=${name}>
      ${choices.map(
        (choice) =>
          html`<option value=${choice.value} .selected=${live(choice.value === value)}>
            ${choice.label}
          </option>`,
      )}
    </select>
  </div>`;
}

/** Said of the two days together, as soon as they contradict each other. */
export function periodError(text: string | null): TemplateResult {
  return html`<p class="field-error" id="period-error" part="error" role="status">
    ${text ?? ""}
  </p>`;
}

/** Whether a period ends before it begins; days compare as texts. */
export function isWrongPeriod(dateFrom: string, dateTo: string): boolean {
  return dateFrom !== "" && dateTo !== "" && dateFrom > dateTo;
}
