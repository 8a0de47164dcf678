import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { balanceTexts } from "../../src/elements/balance/texts.ts";
import { debtPanelTexts } from "../../src/elements/debt-panel/texts.ts";
import { journalTexts } from "../../src/elements/journal/texts.ts";
import { paymentsTexts } from "../../src/elements/payments/texts.ts";
import { thankYouTexts } from "../../src/elements/thank-you/texts.ts";
import { accountTexts } from "../../src/localization/account-texts.ts";
import { documentTexts } from "../../src/localization/document-texts.ts";
import {
  formatDay,
  formatMoment,
  formatMoney,
  formatShortDay,
  formatWait,
} from "../../src/localization/formats.ts";
import { documentKindName, entryKindName } from "../../src/localization/kind-names.ts";
import { localeOf } from "../../src/localization/language.ts";
import { StandInApp, ready } from "./stand-in-app.ts";
import { all, one, openPage, pass, submitEmail, textOf, titleOf } from "./thank-you-page.ts";

const TITLES = {
  en: "Your invoice is ready",
  ru: "Счёт на оплату готов",
  uk: "Рахунок на оплату готовий",
};

describe("the language in force", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    new StandInApp().answer(ready());
  });

  afterEach(() => {
    document.body.replaceChildren();
    document.documentElement.removeAttribute("lang");
    vi.useRealTimers();
  });

  test.each([
    ["uk", TITLES.uk],
    ["uk-UA", TITLES.uk],
    ["UK_ua", TITLES.uk],
    ["ru", TITLES.ru],
    ["ru-KZ", TITLES.ru],
    ["en-US", TITLES.en],
    ["de", TITLES.en],
    ["not a language", TITLES.en],
  ])("lang=%s", async (lang, title) => {
    const element = await openPage({ lang });

    expect(titleOf(element)).toBe(title);
  });

  test("is English where nothing says otherwise", async () => {
    const element = await openPage({ lang: null });

    expect(titleOf(element)).toBe(TITLES.en);
    expect(one(element, "section").lang).toBe("en");
  });

  test("is taken from the document, then from the nearest element that says it", async () => {
    document.documentElement.lang = "ru";
    const element = await openPage({ lang: null });
    expect(titleOf(element)).toBe(TITLES.ru);

    document.body.setAttribute("lang", "uk");
    await pass(0);
    expect(titleOf(element)).toBe(TITLES.uk);

    element.lang = "en";
    await pass(0);
    expect(titleOf(element)).toBe(TITLES.en);

    element.removeAttribute("lang");
    document.body.removeAttribute("lang");
    await pass(0);
    expect(titleOf(element)).toBe(TITLES.ru);
  });

  test("reaches through shadow roots, and changes there too", async () => {
    const outer = document.createElement("div");
    outer.attachShadow({ mode: "open" });
    document.body.append(outer);
    const element = await openPage({ lang: null });
    outer.shadowRoot?.append(element);
    await pass(0);

    outer.lang = "uk";
    await pass(0);

    expect(titleOf(element)).toBe(TITLES.uk);
  });

  test("changes dates, sums and links along with the texts", async () => {
    const element = await openPage({ lang: "en" });

    element.lang = "uk";
    await pass(0);

    expect(textOf(element, "[part=document-name]")).toBe("Рахунок на оплату № SF-1024");
    expect(textOf(element, "[part=document-facts]")).toBe("від 5 липня 2025 р.");
    expect(textOf(element, "[part=total]")).toBe("Сума: 12 345,60 ₴");
    expect(textOf(element, "a[part~=download]")).toContain("Завантажити PDF");
  });

  test("changes while a guest types, and keeps what was typed", async () => {
    new StandInApp();
    const element = await openPage({ viewer: "guest", lang: "en" });
    await submitEmail(element, "other@example.com");

    element.lang = "ru";
    await pass(0);

    expect(titleOf(element)).toBe("Введите электронную почту, указанную в заказе");
    expect(textOf(element, "#message")).toBe("Мы не нашли документов по этому заказу и адресу");
    expect((one(element, "input") as HTMLInputElement).value).toBe("other@example.com");
    expect(all(element, "form")).toHaveLength(1);
  });
});

test("a country in the tag chooses how things are written", () => {
  expect(formatDay("2025-07-05", localeOf("en").tag)).toBe("5 July 2025");
  expect(formatDay("2025-07-05", localeOf("en-US").tag)).toBe("July 5, 2025");
  expect(formatDay("2025-07-05", localeOf("ru").tag)).toBe("5 июля 2025 г.");
});

test("a day stays the supplier's day in every time zone", () => {
  vi.stubEnv("TZ", "Pacific/Honolulu");

  expect(formatDay("2025-01-01", "en-GB")).toBe("1 January 2025");
});

test("what is no day is shown as it came", () => {
  expect(formatDay("soon", "en-GB")).toBe("soon");
});

test.each([
  [1, "in 1 second"],
  [29_001, "in 30 seconds"],
  [120_000, "in 120 seconds"],
  [121_000, "in 3 minutes"],
])("a wait of %i ms is %s", (milliseconds, text) => {
  expect(formatWait(milliseconds, "en-GB")).toBe(text);
});

test("a wait is declined in the Slavic languages", () => {
  expect(formatWait(21_000, "ru")).toBe("через 21 секунду");
  expect(formatWait(3000, "uk")).toBe("через 3 секунди");
});

test("a table's day is short and stays the supplier's", () => {
  expect(formatShortDay("2025-07-05", "uk")).toBe("05.07.2025");
  expect(formatShortDay("2025-07-05", "en-GB")).toBe("05/07/2025");
  expect(formatShortDay("soon", "en-GB")).toBe("soon");
});

test("a moment is told in the reader's time zone", () => {
  vi.stubEnv("TZ", "Europe/Kyiv");

  expect(formatMoment("2025-07-15T09:30:00Z", "en-GB")).toBe("15 July 2025 at 12:30");
  expect(formatMoment("once", "en-GB")).toBe("once");
});

test.each(["en-GB", "ru", "uk"])("below zero stands a minus, not a hyphen: %s", (tag) => {
  const text = formatMoney({ amount: -1250.5, currency: "UAH" }, tag);

  expect(text).toContain("\u2212");
  expect(text).not.toContain("-");
});

test.each([
  ["TAX_INVOICE", "UAH", "ru", "Налоговая накладная"],
  ["TAX_INVOICE", "RUB", "ru", "Счёт-фактура"],
  ["TAX_INVOICE", "KZT", "ru", "ЭСФ"],
  ["TAX_INVOICE", "", "ru", "Налоговая накладная / счёт-фактура"],
  ["TAX_INVOICE", "UAH", "uk", "Податкова накладна"],
  ["WAYBILL", "UAH", "uk", "Видаткова накладна"],
  ["INVOICE", "EUR", "en", "Invoice"],
  ["UNHEARD_OF", "EUR", "en", "Document"],
] as const)("a paper %s in %s is called in %s: %s", (kind, currency, language, name) => {
  expect(documentKindName(kind, currency, language)).toBe(name);
});

test("an entry is called like its paper, or has a name of its own", () => {
  expect(entryKindName("WAYBILL", "UAH", "en")).toBe("Delivery note");
  expect(entryKindName("OPENING_DEBT", "UAH", "ru")).toBe("Начальная задолженность");
});

const ALL_TEXTS = [
  thankYouTexts,
  documentTexts,
  accountTexts,
  debtPanelTexts,
  journalTexts,
  paymentsTexts,
  balanceTexts,
] as const;

test("buyers never read the name of the accounting system", () => {
  const everything = texts(ALL_TEXTS).join("\n");

  expect(everything).not.toMatch(/[1１]\s*[cсCС]/);
});

test("nothing in Ukrainian is left in Russian, or the other way round", () => {
  const textsIn = (language: "en" | "ru" | "uk"): string =>
    texts(ALL_TEXTS.map((dictionary) => dictionary[language])).join("\n");

  expect(textsIn("uk")).not.toMatch(/[ыэъё]/i);
  expect(textsIn("ru")).not.toMatch(/[іїєґ]/i);
  expect(textsIn("en")).not.toMatch(/\p{Script=Cyrillic}/u);
});

/** All texts in there, those made by functions with a placeholder in place of what is put in. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return [(value as (...parts: string[]) => string)("…", "…")];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(texts) : [];
}
