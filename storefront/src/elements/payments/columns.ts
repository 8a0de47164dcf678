import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { signOf } from "../../api/money.ts";
import type { Payment, Settled } from "../../api/payments.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import { documentTexts } from "../../localization/document-texts.ts";
import { formatCount, formatMoney, formatShortDay } from "../../localization/formats.ts";
import { entryKindName } from "../../localization/kind-names.ts";
import type { Locale } from "../../localization/language.ts";
import type { Column } from "../account/data-table.ts";
import { documentName, pdfLink } from "../account/document-links.ts";
import { paymentsTexts } from "./texts.ts";

/** More settled documents than these would make one row a page of its own. */
const MAX_OPEN = 3;

export function paymentColumns(locale: Locale): readonly Column<Payment>[] {
  const { language, tag } = locale;
  const shared = accountTexts[language];
  const texts = paymentsTexts[language];
  return [
    {
      name: "payment",
      label: texts.payment,
      isBare: true,
      cell: (payment) => name(payment, locale),
    },
    {
      name: "date",
      label: shared.date,
      cell: ({ receivedOn }) => formatShortDay(receivedOn, tag),
    },
    {
      name: "method",
      label: texts.method,
      cell: ({ method }) => texts.methods[method] ?? texts.methods["OTHER"],
    },
    {
      name: "sum",
      label: texts.sum,
      isFigure: true,
      cell: ({ amount }) => formatMoney(amount, tag),
    },
    {
      name: "settled",
      label: texts.settled,
      cell: (payment) => settledCell(payment, locale),
    },
    {
      name: "file",
      label: shared.pdf,
      header: html`<span class="visually-hidden">${shared.pdf}</span>`,
      isBare: true,
      cell: ({ document, number }) =>
        pdfLink(document, { name: `${texts.payment} ${number}`, number }, language),
    },
  ];
}

function name(payment: Payment, { language }: Locale): TemplateResult {
  const { number, isRefund, isProvisional, purpose, document } = payment;
  const texts = paymentsTexts[language];
  const kind = isRefund ? texts.refund : texts.payment;
  const full =
    number === "" ? kind : `${kind} ${documentTexts[language].numberSign}\u00a0${number}`;
  return html`${documentName(document, full, language)}
  ${purpose === null ? nothing : html`<span class="sub" part="purpose">${purpose}</span>`}
  ${
    isProvisional
      ? html`<span class="badge warning" part="provisional">${texts.provisional}</span>`
      : nothing
  }`;
}

function settledCell(
  { settled, unallocated }: Payment,
  locale: Locale,
): TemplateResult | typeof nothing {
  const hasAdvance = signOf(unallocated) !== 0;
  if (settled.length === 0 && !hasAdvance) return nothing;
  const { language, tag } = locale;
  const texts = paymentsTexts[language];
  const advance = hasAdvance
    ? html`<p class="advance-rest" part="advance">
        ${texts.advance(formatMoney(unallocated, tag))}
      </p>`
    : nothing;
  if (settled.length <= MAX_OPEN) {
    return html`<div>${settledList(settled, locale)} ${advance}</div>`;
  }
  return html`<div>
    <details part="settled-details">
      <summary>${texts.settledDocuments(formatCount(settled.length, tag))}</summary>
      ${settledList(settled, locale)}
    </details>
    ${advance}
  </div>`;
}

function settledList(
  settled: readonly Settled[],
  { language, tag }: Locale,
): TemplateResult | typeof nothing {
  if (settled.length === 0) return nothing;
  const { numberSign, issued } = documentTexts[language];
  return html`<ul class="settled" part="settled">
    ${settled.map(({ kind, number, date, amount }) => {
      const kindName = entryKindName(kind, amount.currency, language);
      return html`<li>
        <span>${kindName} ${numberSign}&nbsp;${number} ${issued(formatShortDay(date, tag))}</span>
        <span class="figure">${formatMoney(amount, tag)}</span>
      </li>`;
    })}
  </ul>`;
}
