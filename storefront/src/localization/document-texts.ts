import type { Dictionary } from "./language.ts";

/** Words about a document that every element shows alike. */
export interface DocumentTexts {
  readonly kinds: Readonly<Record<string, string>>;
  /** For a kind that this file doesn't know yet. */
  readonly anyKind: string;
  /** Stands before a number. */
  readonly numberSign: string;
  readonly issued: (day: string) => string;
  readonly revision: (revision: number) => string;
  readonly total: string;
  readonly void: string;
  readonly download: string;
  readonly print: string;
  readonly open: string;
  /** Read out after the name of a link. */
  readonly inNewTab: string;
  readonly noLinks: string;
}

export const documentTexts: Dictionary<DocumentTexts> = {
  en: {
    kinds: { INVOICE: "Invoice" },
    anyKind: "Document",
    numberSign: "No.",
    issued: (day) => `of ${day}`,
    revision: (revision) => `Revision ${String(revision)}`,
    total: "Total",
    void: "Void, not to be paid",
    download: "Download PDF",
    print: "Print",
    open: "Open",
    inNewTab: "opens in a new tab",
    noLinks: "This document can’t be opened from here. Please contact the supplier.",
  },
  ru: {
    kinds: { INVOICE: "Счёт на оплату" },
    anyKind: "Документ",
    numberSign: "№",
    issued: (day) => `от ${day}`,
    revision: (revision) => `Редакция ${String(revision)}`,
    total: "Сумма",
    void: "Аннулировано, не оплачивать",
    download: "Скачать PDF",
    print: "Печать",
    open: "Открыть",
    inNewTab: "откроется в новой вкладке",
    noLinks: "Открыть этот документ отсюда нельзя. Пожалуйста, обратитесь к поставщику.",
  },
  uk: {
    kinds: { INVOICE: "Рахунок на оплату" },
    anyKind: "Документ",
    numberSign: "№",
    issued: (day) => `від ${day}`,
    revision: (revision) => `Редакція ${String(revision)}`,
    total: "Сума",
    void: "Анульовано, не сплачувати",
    download: "Завантажити PDF",
    print: "Друк",
    open: "Відкрити",
    inNewTab: "відкриється в новій вкладці",
    noLinks: "Відкрити цей документ звідси не можна. Будь ласка, зверніться до постачальника.",
  },
};
