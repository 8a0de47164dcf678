import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { Movement, MovementsPage, OpenDocument, OpenDocuments } from "../../api/balance.ts";
import type { Period } from "../../api/balance.ts";
import { signOf } from "../../api/money.ts";
import type { Money } from "../../api/money.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import { documentTexts } from "../../localization/document-texts.ts";
import { formatCount, formatMoney, formatShortDay } from "../../localization/formats.ts";
import { entryKindName } from "../../localization/kind-names.ts";
import type { Language, Locale } from "../../localization/language.ts";
import type { Column } from "../account/data-table.ts";
import { documentName, pdfLink } from "../account/document-links.ts";
import { balanceTexts } from "./texts.ts";

export function openDocumentColumns(
  { rows, total }: OpenDocuments,
  { language, tag }: Locale,
): readonly Column<OpenDocument>[] {
  const shared = accountTexts[language];
  const texts = balanceTexts[language].open;
  const columns: readonly Column<OpenDocument>[] = [
    {
      name: "document",
      label: shared.document,
      isBare: true,
      cell: (row) => openDocumentName(row, language),
      footer: texts.total,
    },
    { name: "date", label: shared.date, cell: ({ date }) => formatShortDay(date, tag) },
    { name: "order", label: shared.order, cell: ({ orderNumber }) => orderNumber ?? nothing },
    {
      name: "amount",
      label: texts.amount,
      isFigure: true,
      cell: ({ amount }) => formatMoney(amount, tag),
      footer: formatMoney(total.amount, tag),
    },
    {
      name: "returned",
      label: texts.returned,
      isFigure: true,
      cell: ({ returned }) => unlessZero(returned, tag),
    },
    {
      name: "paid",
      label: texts.paid,
      isFigure: true,
      cell: ({ paid }) => unlessZero(paid, tag),
    },
    {
      name: "residual",
      label: texts.residual,
      isFigure: true,
      cell: ({ residual }) => html`<strong>${formatMoney(residual, tag)}</strong>`,
      footer: formatMoney(total.residual, tag),
    },
    {
      name: "deferral",
      label: texts.deferral,
      isFigure: true,
      cell: ({ deferralDays }) =>
        deferralDays === null ? nothing : texts.deferralDays(formatCount(deferralDays, tag)),
    },
    {
      name: "pay-by",
      label: texts.payBy,
      cell: ({ payBy }) => (payBy === null ? nothing : formatShortDay(payBy, tag)),
    },
    {
      name: "days-overdue",
      label: texts.daysOverdue,
      isFigure: true,
      cell: ({ daysOverdue }) =>
        daysOverdue > 0
          ? html`<span class="late">${formatCount(daysOverdue, tag)}</span>`
          : nothing,
    },
    {
      name: "overdue",
      label: texts.overdue,
      isFigure: true,
      cell: ({ overdue }) =>
        signOf(overdue) > 0
          ? html`<span class="late">${formatMoney(overdue, tag)}</span>`
          : nothing,
      footer: formatMoney(total.overdue, tag),
    },
    pdfColumn(language),
  ];
  // The table is wide: what no row has anything to say in makes room for the others.
  const silent = new Set([
    ...(rows.some(({ orderNumber }) => orderNumber !== null) ? [] : ["order"]),
    ...(rows.some(({ returned }) => signOf(returned) !== 0) ? [] : ["returned"]),
    ...(rows.some(({ paid }) => signOf(paid) !== 0) ? [] : ["paid"]),
  ]);
  return columns.filter(({ name }) => !silent.has(name));
}

export function movementColumns(
  { debit, credit, closing }: MovementsPage,
  { language, tag }: Locale,
): readonly Column<Movement>[] {
  const shared = accountTexts[language];
  const texts = balanceTexts[language].moves;
  return [
    { name: "date", label: shared.date, cell: ({ date }) => formatShortDay(date, tag) },
    {
      name: "document",
      label: shared.document,
      isBare: true,
      cell: (row) => movementName(row, language),
      footer: texts.closing,
    },
    {
      name: "debit",
      label: texts.debit,
      isFigure: true,
      cell: ({ debit: sum }) => (sum === null ? nothing : formatMoney(sum, tag)),
      footer: formatMoney(debit, tag),
    },
    {
      name: "credit",
      label: texts.credit,
      isFigure: true,
      cell: ({ credit: sum }) => (sum === null ? nothing : formatMoney(sum, tag)),
      footer: formatMoney(credit, tag),
    },
    {
      name: "balance",
      label: texts.balance,
      isFigure: true,
      cell: ({ balance }) => html`<strong>${formatMoney(balance, tag)}</strong>`,
      footer: formatMoney(closing, tag),
    },
    pdfColumn(language),
  ];
}

/** The line above the movements: where the period began. */
export function openingLine(
  opening: Money,
  { dateFrom }: Period,
  { language, tag }: Locale,
): readonly unknown[] {
  const { opening: label } = balanceTexts[language].moves;
  const day = formatShortDay(dateFrom, tag);
  return [day, label, nothing, nothing, formatMoney(opening, tag), nothing];
}

type EntryRow = Pick<OpenDocument, "kind" | "number" | "document"> & { readonly currency: string };

function pdfColumn<Row extends OpenDocument | Movement>(language: Language): Column<Row> {
  const { pdf } = accountTexts[language];
  return {
    name: "file",
    label: pdf,
    header: html`<span class="visually-hidden">${pdf}</span>`,
    isBare: true,
    cell: (row) =>
      pdfLink(
        row.document,
        { name: entryName(entryOf(row), language), number: row.number },
        language,
      ),
  };
}

function entryOf(row: OpenDocument | Movement): EntryRow {
  const { currency } = "balance" in row ? row.balance : row.amount;
  return { kind: row.kind, number: row.number, document: row.document, currency };
}

function entryName({ kind, number, currency }: EntryRow, language: Language): string {
  const kindName = entryKindName(kind, currency, language);
  return number === ""
    ? kindName
    : `${kindName} ${documentTexts[language].numberSign}\u00a0${number}`;
}

function openDocumentName(row: OpenDocument, language: Language): TemplateResult {
  const texts = balanceTexts[language].open;
  return html`${documentName(row.document, entryName(entryOf(row), language), language)}
  ${row.isAdvance ? html`<span class="badge success" part="advance">${texts.advance}</span>` : nothing}
  ${row.isReserved ? html`<span class="badge" part="reserved">${texts.reserved}</span>` : nothing}`;
}

function movementName(row: Movement, language: Language): TemplateResult {
  const texts = balanceTexts[language].moves;
  return html`${documentName(row.document, entryName(entryOf(row), language), language)}
  ${row.comment === null ? nothing : html`<span class="sub" part="comment">${row.comment}</span>`}
  ${row.isStorno ? html`<span class="badge warning" part="storno">${texts.storno}</span>` : nothing}`;
}

function unlessZero(money: Money, tag: string): string | typeof nothing {
  return signOf(money) === 0 ? nothing : formatMoney(money, tag);
}
