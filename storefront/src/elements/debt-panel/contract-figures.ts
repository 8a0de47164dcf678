/** The figures of one contract, as the panel shows them on every page and Balance at its head. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import { signOf } from "../../api/money.ts";
import type { Money } from "../../api/money.ts";
import type { ContractPanel, Manager } from "../../api/panel.ts";
import { formatDay, formatMoment, formatMoney } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import { mailUrl, messengerUrl, phoneUrl } from "../../security/contact-url.ts";
import { icons } from "../../styles/icons.ts";
import { debtPanelTexts } from "./texts.ts";

export interface Figure {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** A few words under the value. */
  readonly addition?: string;
  /** Where the value leads. */
  readonly link?: URL | null;
}

/** Debt, advance and overdue: those that there are, or that there is no debt. */
export function mainFigures(
  { debt, advance, overdue }: { debt: Money; advance: Money; overdue: Money },
  { language, tag }: Locale,
  link: URL | null,
): readonly Figure[] {
  const texts = debtPanelTexts[language];
  const hasDebt = signOf(debt) !== 0;
  const hasAdvance = signOf(advance) !== 0;
  const figures: Figure[] = [];
  if (hasDebt || !hasAdvance) {
    const label = hasDebt ? texts.debt : texts.noDebt;
    figures.push({
      name: hasDebt ? "debt" : "no-debt",
      label,
      value: formatMoney(debt, tag),
      link,
    });
  }
  if (signOf(overdue) > 0) {
    const value = formatMoney(overdue, tag);
    figures.push({ name: "overdue", label: texts.overdue, value, link });
  }
  if (hasAdvance) {
    figures.push({
      name: "advance",
      label: texts.advance,
      value: formatMoney(advance, tag),
      link,
    });
  }
  return figures;
}

/** All figures of a contract. */
export function contractFigures(
  panel: ContractPanel,
  locale: Locale,
  link: URL | null,
): readonly Figure[] {
  const { nextDueOn, nextDueAmount, creditLimit, available } = panel;
  const { language, tag } = locale;
  const texts = debtPanelTexts[language];
  const figures = [...mainFigures(panel, locale, link)];
  if (nextDueOn !== null && nextDueAmount !== null) {
    const label = texts.payBy(formatDay(nextDueOn, tag));
    figures.push({ name: "next-due", label, value: formatMoney(nextDueAmount, tag) });
  }
  // A holding's limit leaves something available without a limit of the contract's own.
  if (available !== null) {
    figures.push({
      name: signOf(available) > 0 ? "available" : "available exhausted",
      label: texts.available,
      value: formatMoney(available, tag),
      ...(creditLimit === null
        ? {}
        : { addition: texts.availableOf(formatMoney(creditLimit, tag)) }),
    });
  }
  return figures;
}

export function figureList(figures: readonly Figure[], locale: Locale): TemplateResult {
  return html`<dl class="figures" part="figures">
    ${figures.map((figure) => figureItem(figure, locale))}
  </dl>`;
}

function figureItem(
  { name, label, value, addition, link }: Figure,
  { language }: Locale,
): TemplateResult {
  return html`<div class="figure-item ${name}" part="figure ${name}">
    <dt>${label}</dt>
    <dd>
      ${
        link == null
          ? html`<span class="value" part="value">${value}</span>`
          : html`<a class="value" part="value" href=${link.href}
              >${value}<span class="visually-hidden"
                >, ${debtPanelTexts[language].toBalance}</span
              ></a
            >`
      }
      ${addition === undefined ? nothing : html`<span class="addition">${addition}</span>`}
    </dd>
  </div>`;
}

/** How new the figures are, and what they leave out. */
export function contractNotes(panel: ContractPanel, { language, tag }: Locale): TemplateResult {
  const texts = debtPanelTexts[language];
  const { contract, asOf, isStale, isBeingChecked, statedAsOf } = panel;
  const moment = formatMoment(asOf, tag);
  const day = statedAsOf === null ? null : formatDay(statedAsOf, tag);
  return html`<ul class="notes" part="notes">
    ${
      isStale
        ? note(texts.stale(moment), "stale")
        : html`<li part="note as-of">${texts.asOf(moment)}</li>`
    }
    ${isBeingChecked ? note(texts.beingChecked(day), "being-checked") : nothing}
    ${contract.coverage === "SITE_ORDERS" ? plainNote(texts.siteOrders) : nothing}
    ${contract.coverage === "INCOMPLETE" ? plainNote(texts.incomplete) : nothing}
  </ul>`;
}

function note(text: string, name: string): TemplateResult {
  return html`<li class="warning" part="note ${name}">${icons.alert}<span>${text}</span></li>`;
}

function plainNote(text: string): TemplateResult {
  return html`<li part="note coverage">${text}</li>`;
}

/** Who looks after the buyer, and the ways to him. */
export function managerLine(manager: Manager, { language }: Locale): TemplateResult {
  const { name, phone, email, messengers } = manager;
  return html`<p class="manager" part="manager">
    ${icons.person}<span>${debtPanelTexts[language].manager}: ${name}</span>
    ${phone === null ? nothing : contact(phone, phoneUrl(phone))}
    ${email === null ? nothing : contact(email, mailUrl(email))}
    ${messengers.map(({ kind, address }) => messenger(kind, address))}
  </p>`;
}

function contact(text: string, url: string | null): TemplateResult {
  if (url === null) return html`<span>${text}</span>`;
  return html`<a part="contact" href=${url}>${text}</a>`;
}

const MESSENGER_NAMES: Readonly<Record<string, string>> = {
  telegram: "Telegram",
  viber: "Viber",
  whatsapp: "WhatsApp",
};

function messenger(kind: string, address: string): TemplateResult {
  const name = MESSENGER_NAMES[kind.toLowerCase()] ?? kind;
  const url = messengerUrl(kind, address);
  if (url === null) return html`<span>${name}: ${address}</span>`;
  return html`<a part="contact" href=${url} target="_blank" rel="noopener noreferrer"
    >${name}<span class="visually-hidden">: ${address}</span></a
  >`;
}
