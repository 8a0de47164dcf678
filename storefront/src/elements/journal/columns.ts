import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";

import type { JournalDocument, JournalSort } from "../../api/journal.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import { documentTexts } from "../../localization/document-texts.ts";
import { formatMoney, formatShortDay } from "../../localization/formats.ts";
import { documentKindName } from "../../localization/kind-names.ts";
import type { Language, Locale } from "../../localization/language.ts";
import { icons } from "../../styles/icons.ts";
import type { Column } from "../account/data-table.ts";
import { documentName, pdfLink } from "../account/document-links.ts";
import { journalTexts } from "./texts.ts";

export interface JournalColumnsOptions {
  readonly locale: Locale;
  readonly sort: JournalSort;
  readonly isSelected: (document: JournalDocument) => boolean;
  readonly onSelect: (document: JournalDocument, isSelected: boolean) => void;
  readonly onSort: (field: JournalSort["field"]) => void;
}

export function journalColumns(options: JournalColumnsOptions): readonly Column<JournalDocument>[] {
  const { locale } = options;
  const { language, tag } = locale;
  const shared = accountTexts[language];
  const texts = journalTexts[language];
  return [
    {
      name: "select",
      label: texts.selectAll,
      header: html`<span class="visually-hidden">${texts.selected("")}</span>`,
      isBare: true,
      cell: (document) => selectBox(document, options),
    },
    {
      name: "document",
      label: shared.document,
      isBare: true,
      ...sorting("NUMBER", shared.document, options),
      cell: (document) => name(document, language),
    },
    {
      name: "date",
      label: shared.date,
      ...sorting("DATE", shared.date, options),
      cell: ({ issuedOn }) => (issuedOn === null ? nothing : formatShortDay(issuedOn, tag)),
    },
    {
      name: "order",
      label: shared.order,
      cell: ({ orders }) => (orders.length === 0 ? nothing : orders.join(", ")),
    },
    {
      name: "total",
      label: shared.sum,
      isFigure: true,
      ...sorting("TOTAL", shared.sum, options),
      cell: ({ total }) =>
        total === null
          ? html`<span aria-hidden="true">—</span
              ><span class="visually-hidden">${texts.noTotal}</span>`
          : html`<span class="amount">${formatMoney(total, tag)}</span>`,
    },
    {
      name: "file",
      label: texts.file,
      isBare: true,
      cell: (document) =>
        pdfLink(
          document,
          { name: fullName(document, language), number: document.number },
          language,
        ),
    },
  ];
}

/** Its kind and number: what a link or a box next to it is about. */
function fullName({ kind, number, currency }: JournalDocument, language: Language): string {
  const kindName = documentKindName(kind, currency, language);
  return `${kindName} ${documentTexts[language].numberSign}\u00a0${number}`;
}

function name(document: JournalDocument, language: Language): TemplateResult {
  const texts = journalTexts[language];
  const { twinNumber, isVoid } = document;
  return html`${documentName(document, fullName(document, language), language)}
  ${twinNumber === null ? nothing : html`<span class="sub" part="twin">${texts.twin(twinNumber)}</span>`}
  ${isVoid ? html`<span class="badge danger" part="void">${texts.void}</span>` : nothing}`;
}

function selectBox(
  document: JournalDocument,
  { locale, isSelected, onSelect }: JournalColumnsOptions,
): TemplateResult | typeof nothing {
  // Without a file there is nothing that could go into the ZIP.
  if (document.pdfUrl === null) return nothing;
  return html`<input
    part="select"
    type="checkbox"
    aria-label=${journalTexts[locale.language].select(fullName(document, locale.language))}
    .checked=${live(isSelected(document))}
    @change=${(event: Event) => {
      onSelect(document, (event.currentTarget as HTMLInputElement).checked);
    }}
  />`;
}

function sorting(
  field: JournalSort["field"],
  label: string,
  { sort, onSort }: JournalColumnsOptions,
): Pick<Column<JournalDocument>, "header" | "sorted"> {
  const direction = sort.direction === "ASC" ? "ascending" : "descending";
  return {
    header: html`<button
      class="sort"
      part="sort"
      type="button"
      @click=${() => {
        onSort(field);
      }}
    >
      ${label}${icons.arrowDown}
    </button>`,
    sorted: sort.field === field ? direction : "none",
  };
}
