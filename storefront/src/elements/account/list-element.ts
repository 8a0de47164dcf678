import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { fetchContracts } from "../../api/contracts.ts";
import type { Contract } from "../../api/contracts.ts";
import type { Page, PageRequest } from "../../api/pages.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import type { FailureText } from "../../localization/account-texts.ts";
import { contractOption } from "../../localization/contract-label.ts";
import { formatCount } from "../../localization/formats.ts";
import { Loader } from "../../polling/loader.ts";
import { RowList } from "../../polling/row-list.ts";
import { FreshLink } from "../fresh-link.ts";
import { AccountElement } from "./account-element.ts";
import type { Loading } from "./account-element.ts";
import {
  TYPING_MS,
  choiceField,
  dayField,
  isWrongPeriod,
  periodError,
  searchField,
} from "./fields.ts";
import { retryButton, statusRegion } from "./status.ts";

/** The links that the app answers open for an hour; a buyer gets none that is about to close. */
export const LINKS_FRESH_MS = 50 * 60_000;

const PAGE_SIZE = 20;

/** What is in the fields above the list, by name; an empty text asks for everything. */
export type FilterValues = Readonly<
  Record<"search" | "contractId" | "dateFrom" | "dateTo" | "kind" | "sort", string>
>;

/** A list that is searched, narrowed and grows a page at a time. */
export abstract class ListElement<Row> extends AccountElement {
  /** What is asked for when nothing was chosen. */
  protected abstract readonly noFilters: FilterValues;
  protected filters: FilterValues | null = null;
  #typing: ReturnType<typeof setTimeout> | undefined;

  protected readonly list = new RowList<FilterValues, Page<Row>>({
    fetchPage: (filters, request) => this.fetchPage(filters, request),
    onChange: () => {
      this.onRows();
      this.requestUpdate();
    },
    pageSize: PAGE_SIZE,
    maxAgeMs: LINKS_FRESH_MS,
  });

  /** The list stands without them: then there is nothing to choose a contract from. */
  protected readonly contracts = new Loader<true, readonly Contract[]>({
    load: (_question, { signal }) => fetchContracts(this.client, signal),
    onChange: () => {
      this.requestUpdate();
    },
    maxAgeMs: LINKS_FRESH_MS,
  });

  protected readonly freshLink = new FreshLink({
    isStale: () => this.list.loader.isStale,
    refresh: async () => {
      await this.list.loader.refresh();
      await this.updateComplete;
    },
  });

  protected abstract fetchPage(
    filters: FilterValues,
    request: PageRequest,
  ): Promise<Page<Row> | null>;

  /** Hears of rows that came or went. */
  protected onRows(): void {
    // Nothing depends on them unless an element says so.
  }

  protected override get loadings(): readonly Loading[] {
    return [this.list.loader, this.contracts];
  }

  protected override begin(): void {
    this.contracts.ask(true);
    this.list.ask(this.values);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#typing);
  }

  protected get values(): FilterValues {
    return this.filters ?? this.noFilters;
  }

  protected get rows(): readonly Row[] {
    return this.list.page?.rows ?? [];
  }

  /** Whether there are rows to show: not while they are those of a question that failed. */
  protected get hasRows(): boolean {
    const { failure } = this.list.loader;
    return this.rows.length > 0 && (failure === null || this.list.isMore);
  }

  /** Whether there is nothing to search for who looks, as long as that is so. */
  protected get isShut(): boolean {
    const kind = this.list.loader.failure?.kind;
    return kind === "signed-out" || kind === "no-access";
  }

  protected get isBusy(): boolean {
    return this.list.loader.isLoading;
  }

  /** The fields for what every list can be narrowed by, with more between them. */
  protected renderFilters({
    searchLabel,
    choices,
    contracts,
  }: {
    readonly searchLabel: string;
    readonly choices: TemplateResult | typeof nothing;
    readonly contracts: readonly Contract[];
  }): TemplateResult | typeof nothing {
    if (this.isShut) return nothing;
    const { language } = this.localeController.locale;
    const texts = accountTexts[language];
    const { search, contractId, dateFrom, dateTo } = this.values;
    const isWrong = isWrongPeriod(dateFrom, dateTo);
    return html`<form
      class="filters"
      part="filters"
      role="search"
      aria-label=${searchLabel}
      @submit=${this.#onSubmit}
      @input=${this.#onInput}
      @change=${this.#onChange}
    >
      ${searchField({ name: "search", label: searchLabel, value: search })} ${choices}
      ${
        contracts.length > 1
          ? choiceField({
              name: "contractId",
              label: texts.contract,
              value: contractId,
              choices: [
                { value: "", label: texts.allContracts },
                ...contracts.map((contract) => ({
                  value: contract.id,
                  label: contractOption(contract, contracts, language),
                })),
              ],
            })
          : nothing
      }
      ${dayField({ name: "dateFrom", label: texts.dateFrom, value: dateFrom, isWrong })}
      ${dayField({ name: "dateTo", label: texts.dateTo, value: dateTo, isWrong })}
      ${periodError(isWrong ? texts.wrongPeriod : null)}
    </form>`;
  }

  /** @param empty what is said where there is nothing at all, filters or not */
  protected renderStatus(empty: FailureText): TemplateResult {
    const { locale } = this.localeController;
    const { isLoading, failure } = this.list.loader;
    const isMoreFailed = failure !== null && this.list.isMore;
    const isEmpty = this.rows.length === 0;
    const noRows = this.isFiltered ? accountTexts[locale.language].nothingFound : empty;
    return statusRegion({
      locale,
      failure: isMoreFailed ? null : failure,
      isLoading: isLoading && !this.list.isMore,
      empty: isEmpty ? noRows : null,
      count: isEmpty ? null : this.#count(),
    });
  }

  /** The button to ask again, or the one to clear the filters that leave nothing. */
  protected renderRemedy(): TemplateResult | typeof nothing {
    const { language } = this.localeController.locale;
    const { failure, isLoading } = this.list.loader;
    if (failure !== null && !this.list.isMore) {
      return retryButton(failure, { language, onRetry: this.#onRetry });
    }
    if (isLoading || this.rows.length > 0 || !this.isFiltered) return nothing;
    return html`<p class="actions">
      <button class="button" part="button clear" type="button" @click=${this.#onClear}>
        ${accountTexts[language].clear}
      </button>
    </p>`;
  }

  protected renderMore(): TemplateResult | typeof nothing {
    const { language } = this.localeController.locale;
    const texts = accountTexts[language];
    const { failure, isLoading } = this.list.loader;
    if (!this.hasRows || this.list.page?.hasNextPage !== true) return nothing;
    const isLoadingMore = isLoading && this.list.isMore;
    return html`<div class="more">
      <div role="status">
        ${failure === null ? nothing : html`<p class="field-error" part="error">${texts.moreFailed}</p>`}
      </div>
      <button
        class="button"
        part="button more"
        type="button"
        aria-disabled=${isLoadingMore ? "true" : "false"}
        @click=${this.#onMore}
      >
        ${isLoadingMore ? texts.loading : texts.more}
      </button>
    </div>`;
  }

  protected setFilter(name: string, value: string): void {
    if (!(name in this.values) || this.values[name as keyof FilterValues] === value) return;
    this.filters = { ...this.values, [name]: value };
    this.requestUpdate();
    clearTimeout(this.#typing);
    const { dateFrom, dateTo } = this.filters;
    if (this.hasClient && !isWrongPeriod(dateFrom, dateTo)) this.list.ask(this.filters);
  }

  protected get isFiltered(): boolean {
    return Object.entries(this.values).some(([name, value]) => name !== "sort" && value !== "");
  }

  #count(): string {
    const { language, tag } = this.localeController.locale;
    const texts = accountTexts[language];
    const { totalCount = null } = this.list.page ?? {};
    return totalCount === null
      ? texts.shown(formatCount(this.rows.length, tag))
      : texts.found(formatCount(totalCount, tag));
  }

  readonly #onInput = (event: Event): void => {
    const field = event.target;
    // Days and choices are taken when they are made; a day that is being typed is none yet.
    if (!(field instanceof HTMLInputElement) || field.name !== "search") return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.setFilter("search", field.value.trim());
    }, TYPING_MS);
  };

  readonly #onChange = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) return;
    this.setFilter(field.name, field.value.trim());
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const search = this.shadowRoot?.querySelector<HTMLInputElement>("#search");
    if (search != null) this.setFilter("search", search.value.trim());
  };

  readonly #onClear = (): void => {
    const { sort } = this.values;
    this.filters = { ...this.noFilters, sort };
    this.list.ask(this.filters);
  };

  readonly #onRetry = (): void => {
    this.list.loader.retry();
  };

  readonly #onMore = (): void => {
    if (this.list.loader.failure === null) this.list.more();
    else this.list.loader.retry();
  };
}
