import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { fetchMovements } from "../../api/balance.ts";
import type { MovementsPage, Period } from "../../api/balance.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import type { Locale } from "../../localization/language.ts";
import { RowList } from "../../polling/row-list.ts";
import { dataTable } from "../account/data-table.ts";
import { dayField, isWrongPeriod, periodError } from "../account/fields.ts";
import { LINKS_FRESH_MS } from "../account/list-element.ts";
import { retryButton, statusRegion } from "../account/status.ts";
import { movementColumns, openingLine } from "./columns.ts";
import type { TableHost } from "./open-documents.ts";
import { PERIOD_NAMES, periodOf } from "./periods.ts";
import { balanceTexts } from "./texts.ts";

interface Question {
  readonly contractId: string;
  readonly period: Period;
}

const PAGE_SIZE = 50;

/** Debits and credits of a period, of one contract, with the balance after each. */
export class MovementsTable {
  readonly #host: TableHost;
  readonly list: RowList<Question, MovementsPage>;
  #period: Period = periodOf("THIS_MONTH", new Date());
  #contractId = "";

  constructor(host: TableHost) {
    this.#host = host;
    this.list = new RowList({
      fetchPage: ({ contractId, period }, request) =>
        fetchMovements(host.client(), { contractId, period, request }),
      onChange: host.onChange,
      pageSize: PAGE_SIZE,
      maxAgeMs: LINKS_FRESH_MS,
    });
  }

  /** What is in the fields now. */
  get period(): Period {
    return this.#period;
  }

  /** Whether the days in the fields make a period. */
  get hasPeriod(): boolean {
    const { dateFrom, dateTo } = this.#period;
    return dateFrom !== "" && dateTo !== "" && !isWrongPeriod(dateFrom, dateTo);
  }

  /** Asks for the contract's, unless they are here already. */
  show(contractId: string): void {
    if (this.list.loader.question?.filters.contractId === contractId) return;
    this.#contractId = contractId;
    this.#ask();
  }

  render(locale: Locale): TemplateResult {
    const texts = balanceTexts[locale.language];
    const { failure, isLoading } = this.list.loader;
    const page = this.list.page ?? null;
    const isMoreFailed = failure !== null && this.list.isMore;
    const isShown = page !== null && (failure === null || isMoreFailed);
    return html`${this.#renderPeriod(locale)}
    ${statusRegion({
      id: "table-status",
      locale,
      failure: isMoreFailed ? null : failure,
      isLoading: isLoading && !this.list.isMore,
      empty: page?.rows.length === 0 ? texts.moves.empty : null,
      count: null,
    })}
    ${
      isMoreFailed
        ? nothing
        : retryButton(failure, { language: locale.language, onRetry: this.#onRetry })
    }
    ${isShown ? this.#renderTable(page, locale) : nothing}`;
  }

  #renderPeriod({ language }: Locale): TemplateResult {
    const shared = accountTexts[language];
    const texts = balanceTexts[language].period;
    const { dateFrom, dateTo } = this.#period;
    const isWrong = isWrongPeriod(dateFrom, dateTo);
    const today = new Date();
    // In the first month of a quarter two of them are the same days: one is enough to be pressed.
    const chosen = PERIOD_NAMES.find((name) => {
      const period = periodOf(name, today);
      return period.dateFrom === dateFrom && period.dateTo === dateTo;
    });
    return html`<form
      class="filters"
      part="filters"
      aria-label=${texts.label}
      @submit=${onSubmit}
      @change=${this.#onChange}
    >
      <div class="periods" role="group" aria-label=${texts.label}>
        ${PERIOD_NAMES.map((name) => {
          return html`<button
            class="button"
            part="button period"
            type="button"
            aria-pressed=${name === chosen ? "true" : "false"}
            @click=${() => {
              this.#setPeriod(periodOf(name, new Date()));
            }}
          >
            ${texts.names[name]}
          </button>`;
        })}
      </div>
      ${dayField({ name: "dateFrom", label: shared.dateFrom, value: dateFrom, isWrong })}
      ${dayField({ name: "dateTo", label: shared.dateTo, value: dateTo, isWrong })}
      ${periodError(isWrong ? shared.wrongPeriod : null)}
    </form>`;
  }

  #renderTable(page: MovementsPage, locale: Locale): TemplateResult {
    const shared = accountTexts[locale.language];
    const texts = balanceTexts[locale.language];
    const { failure, isLoading, question } = this.list.loader;
    const period = question?.filters.period ?? this.#period;
    return html`${dataTable({
        caption: texts.movements,
        columns: movementColumns(page, locale),
        rows: page.rows,
        keyOf: (_row, index) => index,
        lead: openingLine(page.opening, period, locale),
        onClick: this.#host.onClick,
      })}
      ${
        page.hasNextPage
          ? html`<div class="more">
              <div role="status">
                ${
                  failure === null
                    ? nothing
                    : html`<p class="field-error" part="error">${shared.moreFailed}</p>`
                }
              </div>
              <button
                class="button"
                part="button more"
                type="button"
                aria-disabled=${isLoading ? "true" : "false"}
                @click=${this.#onMore}
              >
                ${isLoading ? shared.loading : shared.more}
              </button>
            </div>`
          : nothing
      }
      <p class="hint">${texts.moves.hint}</p>`;
  }

  #ask(): void {
    if (!this.hasPeriod) return;
    this.list.ask({ contractId: this.#contractId, period: this.#period });
  }

  #setPeriod(period: Period): void {
    this.#period = period;
    this.#ask();
    this.#host.onChange();
  }

  readonly #onChange = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement)) return;
    this.#setPeriod({ ...this.#period, [field.name]: field.value });
  };

  readonly #onRetry = (): void => {
    this.list.loader.retry();
  };

  readonly #onMore = (): void => {
    if (this.list.loader.failure === null) this.list.more();
    else this.list.loader.retry();
  };
}

function onSubmit(event: SubmitEvent): void {
  event.preventDefault();
}
