import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { fetchOpenDocuments } from "../../api/balance.ts";
import type { OpenDocuments, OpenDocumentsFilters } from "../../api/balance.ts";
import type { ApiClient } from "../../api/client.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import { formatCount } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import { Loader } from "../../polling/loader.ts";
import { dataTable } from "../account/data-table.ts";
import { TYPING_MS, searchField } from "../account/fields.ts";
import { LINKS_FRESH_MS } from "../account/list-element.ts";
import { retryButton, statusRegion } from "../account/status.ts";
import { openDocumentColumns } from "./columns.ts";
import { balanceTexts } from "./texts.ts";

interface Question {
  readonly contractId: string;
  readonly filters: OpenDocumentsFilters;
}

/** `table` is `null` for a contract whose money isn't the visitor's. */
interface Loaded {
  readonly table: OpenDocuments | null;
}

export interface TableHost {
  readonly client: () => ApiClient;
  readonly onChange: () => void;
  /** Hears of presses on links. */
  readonly onClick: (event: MouseEvent) => void;
}

/** What isn't settled yet, of one contract. */
export class OpenDocumentsTable {
  readonly #host: TableHost;
  readonly loader: Loader<Question, Loaded>;
  #filters: OpenDocumentsFilters = { search: "", onlyOverdue: false };
  #contractId = "";
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(host: TableHost) {
    this.#host = host;
    this.loader = new Loader({
      load: async ({ contractId, filters }, { signal }) => ({
        table: await fetchOpenDocuments(host.client(), { contractId, filters, signal }),
      }),
      onChange: host.onChange,
      maxAgeMs: LINKS_FRESH_MS,
    });
  }

  /** Asks for the contract's, unless they are here already. */
  show(contractId: string): void {
    if (this.loader.question?.contractId === contractId) return;
    this.#contractId = contractId;
    this.#ask();
  }

  render(locale: Locale): TemplateResult {
    const texts = balanceTexts[locale.language].open;
    const { answer, failure, isLoading } = this.loader;
    const table = answer?.table ?? null;
    const rows = failure === null ? (table?.rows ?? []) : [];
    const isFiltered = this.#filters.search !== "" || this.#filters.onlyOverdue;
    return html`<form
        class="filters"
        part="filters"
        role="search"
        aria-label=${texts.searchLabel}
        @submit=${this.#onSubmit}
        @input=${this.#onInput}
        @change=${this.#onChange}
      >
        ${searchField({ name: "search", label: texts.searchLabel, value: this.#filters.search })}
        <label class="check">
          <input
            part="only-overdue"
            name="onlyOverdue"
            type="checkbox"
            .checked=${this.#filters.onlyOverdue}
          />
          ${texts.onlyOverdue}
        </label>
      </form>
      ${statusRegion({
        id: "table-status",
        locale,
        failure,
        isLoading,
        empty:
          rows.length > 0
            ? null
            : isFiltered
              ? accountTexts[locale.language].nothingFound
              : texts.empty,
        count: table?.isCut === true ? texts.isCut(formatCount(rows.length, locale.tag)) : null,
      })}
      ${retryButton(failure, { language: locale.language, onRetry: this.#onRetry })}
      ${
        table === null || rows.length === 0
          ? nothing
          : html`<div class="wide">
              ${dataTable({
                caption: balanceTexts[locale.language].openDocuments,
                columns: openDocumentColumns(table, locale),
                rows,
                keyOf: (_row, index) => index,
                onClick: this.#host.onClick,
              })}
            </div>`
      }`;
  }

  #ask(): void {
    clearTimeout(this.#typing);
    this.loader.ask({ contractId: this.#contractId, filters: this.#filters });
  }

  #setSearch(search: string): void {
    if (search === this.#filters.search) return;
    this.#filters = { ...this.#filters, search };
    this.#ask();
  }

  readonly #onInput = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement) || field.name !== "search") return;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      this.#setSearch(field.value.trim());
    }, TYPING_MS);
  };

  readonly #onChange = (event: Event): void => {
    const field = event.target;
    if (!(field instanceof HTMLInputElement)) return;
    if (field.name === "search") {
      this.#setSearch(field.value.trim());
    } else {
      this.#filters = { ...this.#filters, onlyOverdue: field.checked };
      this.#ask();
    }
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLElement;
    const search = form.querySelector<HTMLInputElement>("#search");
    if (search !== null) this.#setSearch(search.value.trim());
  };

  readonly #onRetry = (): void => {
    this.loader.retry();
  };
}
