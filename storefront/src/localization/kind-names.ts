/** What papers and entries are called. */

import { documentTexts } from "./document-texts.ts";
import type { Dictionary, Language } from "./language.ts";

/** Papers that the thank-you page never shows, whose bundle is better off without them. */
const PAPER_KINDS: Dictionary<Readonly<Record<string, string>>> = {
  en: {
    WAYBILL: "Delivery note",
    SERVICE_ACT: "Service certificate",
    TAX_INVOICE: "Tax invoice",
    RETURN: "Return note",
    CORRECTION: "Tax adjustment",
    CASH_RECEIPT: "Cash receipt",
    RECONCILIATION_ACT: "Reconciliation statement",
  },
  ru: {
    WAYBILL: "Расходная накладная",
    SERVICE_ACT: "Акт оказанных услуг",
    TAX_INVOICE: "Налоговая накладная / счёт-фактура",
    RETURN: "Возвратная накладная",
    CORRECTION: "Корректировка",
    CASH_RECEIPT: "Приходный кассовый ордер",
    RECONCILIATION_ACT: "Акт сверки взаимных расчётов",
  },
  uk: {
    WAYBILL: "Видаткова накладна",
    SERVICE_ACT: "Акт наданих послуг",
    TAX_INVOICE: "Податкова накладна",
    RETURN: "Накладна на повернення",
    CORRECTION: "Розрахунок коригування",
    CASH_RECEIPT: "Прибутковий касовий ордер",
    RECONCILIATION_ACT: "Акт звірки взаєморозрахунків",
  },
};

/** Entries of the books, apart from those that are called like their paper. */
const ENTRY_KINDS: Dictionary<Readonly<Record<string, string>>> = {
  en: {
    UPWARD_CORRECTION: "Upward correction",
    REFUND: "Refund",
    DEBIT_ADJUSTMENT: "Debt adjustment",
    OPENING_DEBT: "Opening debt",
    PAYMENT: "Payment",
    DOWNWARD_CORRECTION: "Downward correction",
    CREDIT_ADJUSTMENT: "Debt adjustment",
    OPENING_ADVANCE: "Opening advance",
  },
  ru: {
    UPWARD_CORRECTION: "Корректировка на увеличение",
    REFUND: "Возврат денег",
    DEBIT_ADJUSTMENT: "Корректировка задолженности",
    OPENING_DEBT: "Начальная задолженность",
    PAYMENT: "Оплата",
    DOWNWARD_CORRECTION: "Корректировка на уменьшение",
    CREDIT_ADJUSTMENT: "Корректировка задолженности",
    OPENING_ADVANCE: "Начальный аванс",
  },
  uk: {
    UPWARD_CORRECTION: "Коригування на збільшення",
    REFUND: "Повернення коштів",
    DEBIT_ADJUSTMENT: "Коригування заборгованості",
    OPENING_DEBT: "Початкова заборгованість",
    PAYMENT: "Оплата",
    DOWNWARD_CORRECTION: "Коригування на зменшення",
    CREDIT_ADJUSTMENT: "Коригування заборгованості",
    OPENING_ADVANCE: "Початковий аванс",
  },
};

/**
 * Papers whose Russian name depends on the supplier's country. Tax papers are written in the
 * country's own currency, so that is what tells the countries apart.
 */
const RUSSIAN_KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  UAH: { TAX_INVOICE: "Налоговая накладная", CORRECTION: "Расчёт корректировки" },
  RUB: { TAX_INVOICE: "Счёт-фактура", CORRECTION: "Корректировочный счёт-фактура" },
  KZT: { TAX_INVOICE: "ЭСФ", WAYBILL: "Накладная на отпуск запасов на сторону" },
};

/** @param currency of the paper; empty where it isn't known */
export function documentKindName(kind: string, currency: string, language: Language): string {
  const local = language === "ru" ? RUSSIAN_KINDS[currency]?.[kind] : undefined;
  const { kinds, anyKind } = documentTexts[language];
  return local ?? PAPER_KINDS[language][kind] ?? kinds[kind] ?? anyKind;
}

/** @param currency of the contract */
export function entryKindName(kind: string, currency: string, language: Language): string {
  return ENTRY_KINDS[language][kind] ?? documentKindName(kind, currency, language);
}
