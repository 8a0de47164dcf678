import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import {
  DOCUMENT_KINDS,
  LARGEST_SELECTION,
  SORT_FIELDS,
  fetchDocumentsExport,
  fetchJournal,
} from "../../api/journal.ts";
import type { DocumentsFormat, JournalDocument, JournalSort } from "../../api/journal.ts";
import type { Page, PageRequest } from "../../api/pages.ts";
import { formatCount } from "../../localization/formats.ts";
import { documentKindName } from "../../localization/kind-names.ts";
import { baseStyles } from "../../styles/base.ts";
import { icons } from "../../styles/icons.ts";
import { accountStyles } from "../account/account.styles.ts";
import { dataTable } from "../account/data-table.ts";
import { choiceField } from "../account/fields.ts";
import { FileRequest } from "../account/file-request.ts";
import { formStyles } from "../account/form.styles.ts";
import { ListElement } from "../account/list-element.ts";
import type { FilterValues } from "../account/list-element.ts";
import { tableStyles } from "../account/table.styles.ts";
import { journalColumns } from "./columns.ts";
import { journalTexts } from "./texts.ts";

const NO_FILTERS: FilterValues = {
  search: "",
  kind: "",
  contractId: "",
  dateFrom: "",
  dateTo: "",
  sort: "DATE_DESC",
};

/** `<b2b-journal>`: every document of the visitor's companies, to find, open and download. */
export class B2BJournal extends ListElement<JournalDocument> {
  static override readonly styles = [baseStyles, accountStyles, formStyles, tableStyles];

  protected override readonly noFilters = NO_FILTERS;
  readonly #selected = new Set<string>();
  readonly #file = new FileRequest(() => {
    this.requestUpdate();
  });

  protected override fetchPage(
    filters: FilterValues,
    request: PageRequest,
  ): Promise<Page<JournalDocument>> {
    const { sort, ...rest } = filters;
    return fetchJournal(this.client, { filters: { ...rest, sort: sortOf(sort) }, request });
  }

  protected override onRows(): void {
    // What is shown no more can't stay selected: nobody could see that it goes along.
    const shown = new Set(this.rows.map(({ id }) => id));
    for (const id of this.#selected) if (!shown.has(id)) this.#selected.delete(id);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.hasClient) return nothing;
    const { language } = this.localeController.locale;
    const texts = journalTexts[language];
    return html`<section
      class="panel"
      part="panel"
      lang=${language}
      aria-label=${texts.region}
      aria-busy=${this.isBusy ? "true" : "false"}
    >
      ${this.renderFilters({
        searchLabel: texts.searchLabel,
        choices: this.#renderChoices(),
        contracts: this.contracts.answer ?? [],
      })}
      <div class="toolbar" part="toolbar">
        ${this.renderStatus(texts.empty)} ${this.hasRows ? this.#renderSelection() : nothing}
      </div>
      ${this.#file.render(language)} ${this.renderRemedy()}
      ${this.hasRows ? this.#renderTable() : nothing} ${this.renderMore()}
    </section>`;
  }

  #renderChoices(): TemplateResult {
    const { language } = this.localeController.locale;
    const texts = journalTexts[language];
    const { kind, sort } = this.values;
    const kinds = DOCUMENT_KINDS.map((value) => ({
      value,
      label: documentKindName(value, "", language),
    }));
    return html`${choiceField({
      name: "kind",
      label: texts.kind,
      value: kind,
      choices: [{ value: "", label: texts.allKinds }, ...kinds],
    })}
    ${choiceField({
      name: "sort",
      label: texts.sort,
      value: sort,
      choices: Object.entries(texts.sorts).map(([value, label]) => ({ value, label })),
    })}`;
  }

  #renderSelection(): TemplateResult {
    const { language, tag } = this.localeController.locale;
    const texts = journalTexts[language];
    const files = this.#selectable;
    const count = this.#selected.size;
    const isTooMany = count > LARGEST_SELECTION;
    const isDisabled = count === 0 || isTooMany || this.#file.isPreparing;
    if (files.length === 0) return html``;
    return html`<label class="check">
        <input
          part="select-all"
          type="checkbox"
          .checked=${count === files.length}
          .indeterminate=${count > 0 && count < files.length}
          @change=${this.#onSelectAll}
        />
        ${texts.selectAll}
      </label>
      <span class="calm" part="selected">
        ${
          isTooMany
            ? texts.tooMany(formatCount(LARGEST_SELECTION, tag))
            : texts.selected(formatCount(count, tag))
        }
      </span>
      ${this.#exportButton("ZIP", { label: texts.zip, isDisabled })}
      ${this.#exportButton("PDF", { label: texts.onePdf, isDisabled })}`;
  }

  #exportButton(
    format: DocumentsFormat,
    { label, isDisabled }: { readonly label: string; readonly isDisabled: boolean },
  ): TemplateResult {
    return html`<button
      class="button"
      part="button export ${format.toLowerCase()}"
      type="button"
      aria-disabled=${isDisabled ? "true" : "false"}
      @click=${() => {
        if (!isDisabled) this.#export(format);
      }}
    >
      ${icons.download}${label}
    </button>`;
  }

  #renderTable(): TemplateResult {
    const { locale } = this.localeController;
    return dataTable({
      caption: journalTexts[locale.language].region,
      columns: journalColumns({
        locale,
        sort: sortOf(this.values.sort),
        isSelected: ({ id }) => this.#selected.has(id),
        onSelect: this.#onSelect,
        onSort: (field) => {
          this.setFilter("sort", nextSort(this.values.sort, field));
        },
      }),
      rows: this.rows,
      keyOf: ({ id }) => id,
      classOf: ({ isVoid }) => (isVoid ? "is-void" : ""),
      onClick: this.freshLink.onClick,
    });
  }

  get #selectable(): readonly JournalDocument[] {
    return this.rows.filter(({ pdfUrl }) => pdfUrl !== null);
  }

  #export(format: DocumentsFormat): void {
    const ids = [...this.#selected];
    const { language } = this.localeController.locale;
    const { client } = this;
    void this.#file.start((signal) =>
      fetchDocumentsExport(client, { format, ids, language, signal }),
    );
  }

  readonly #onSelect = ({ id }: JournalDocument, isSelected: boolean): void => {
    if (isSelected) this.#selected.add(id);
    else this.#selected.delete(id);
    this.requestUpdate();
  };

  readonly #onSelectAll = (event: Event): void => {
    const isSelected = (event.currentTarget as HTMLInputElement).checked;
    this.#selected.clear();
    if (isSelected) for (const { id } of this.#selectable) this.#selected.add(id);
    this.requestUpdate();
  };
}

function sortOf(sort: string): JournalSort {
  const field = SORT_FIELDS.find((each) => sort.startsWith(each)) ?? "DATE";
  return { field, direction: sort.endsWith("_ASC") ? "ASC" : "DESC" };
}

/** The same column again turns it round; numbers begin small, days new and sums large. */
function nextSort(sort: string, field: JournalSort["field"]): string {
  const { field: sorted, direction } = sortOf(sort);
  const first = field === "NUMBER" ? "ASC" : "DESC";
  const turned = direction === "ASC" ? "DESC" : "ASC";
  return `${field}_${sorted === field ? turned : first}`;
}

declare global {
  interface HTMLElementTagNameMap {
    "b2b-journal": B2BJournal;
  }
}
