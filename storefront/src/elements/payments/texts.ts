import type { FailureText } from "../../localization/account-texts.ts";
import type { Dictionary } from "../../localization/language.ts";

export interface PaymentsTexts {
  /** Name of the region, and of the table. */
  readonly region: string;
  readonly searchLabel: string;
  readonly empty: FailureText;
  readonly payment: string;
  readonly refund: string;
  readonly method: string;
  readonly sum: string;
  readonly methods: Readonly<Record<string, string>>;
  readonly settled: string;
  /** In place of a long list, until it is opened. */
  readonly settledDocuments: (count: string) => string;
  readonly advance: (sum: string) => string;
  readonly provisional: string;
}

export const paymentsTexts: Dictionary<PaymentsTexts> = {
  en: {
    region: "Payments",
    searchLabel: "Search by number or amount",
    empty: {
      title: "No payments yet",
      detail: "Payments appear here as soon as the supplier has received them.",
    },
    payment: "Payment",
    refund: "Refund",
    method: "Method",
    sum: "Amount",
    methods: { BANK: "Bank", CASH: "Cash", OTHER: "Other" },
    settled: "Paid for",
    settledDocuments: (count) => `Documents: ${count}`,
    advance: (sum) => `Advance: ${sum}`,
    provisional: "Received, not posted yet",
  },
  ru: {
    region: "Платежи",
    searchLabel: "Поиск по номеру или сумме",
    empty: {
      title: "Платежей пока нет",
      detail: "Платежи появляются здесь, как только поставщик их получит.",
    },
    payment: "Оплата",
    refund: "Возврат денег",
    method: "Способ",
    sum: "Сумма",
    methods: { BANK: "Банк", CASH: "Наличные", OTHER: "Другой" },
    settled: "Что оплачено",
    settledDocuments: (count) => `Документов: ${count}`,
    advance: (sum) => `Аванс: ${sum}`,
    provisional: "Получено, ещё не проведено",
  },
  uk: {
    region: "Платежі",
    searchLabel: "Пошук за номером або сумою",
    empty: {
      title: "Платежів поки немає",
      detail: "Платежі з’являються тут, щойно постачальник їх отримає.",
    },
    payment: "Оплата",
    refund: "Повернення коштів",
    method: "Спосіб",
    sum: "Сума",
    methods: { BANK: "Банк", CASH: "Готівка", OTHER: "Інший" },
    settled: "Що сплачено",
    settledDocuments: (count) => `Документів: ${count}`,
    advance: (sum) => `Аванс: ${sum}`,
    provisional: "Отримано, ще не проведено",
  },
};
