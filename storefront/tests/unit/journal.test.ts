import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { CONTRACT, EURO_CONTRACT, JOURNAL_ROWS } from "../account-answers.ts";
import { contractsAnswer, exportAnswer, journalAnswer } from "../account-answers.ts";
import {
  click,
  fill,
  no,
  ok,
  openAccount,
  rowOf,
  settle,
  statusOf,
  textsOf,
} from "./account-page.ts";
import { StandInApp } from "./stand-in-app.ts";
import { all, one, pass, textOf } from "./thank-you-page.ts";

let app: StandInApp;
let followed: string[];

beforeEach(() => {
  vi.useFakeTimers();
  app = new StandInApp();
  app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT, EURO_CONTRACT)));
  app.answerTo("B2BJournal", ok(journalAnswer(JOURNAL_ROWS, { totalCount: 5 })));
  followed = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    followed.push(this.href);
  });
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function lastFilter(): unknown {
  return app.asked("B2BJournal").at(-1)?.variables["filter"];
}

test("a row shows what a document is, from when, for which orders and how much", async () => {
  const element = await openAccount("b2b-journal");

  expect(rowOf(element, 0)).toEqual({
    document: "Invoice No. SF-1024 (opens in a new tab) in the accounting system: No. УТ-000000317",
    date: "05/07/2025",
    order: "1024",
    total: "UAH 12,345.60",
    file: "PDF: Invoice No. SF-1024",
  });
  expect(rowOf(element, 1)["order"]).toBe("1020, 1021");
  expect(rowOf(element, 3)["total"]).toBe("\u2212UAH 1,250.00");
  expect(statusOf(element)).toBe("Found: 5");
});

test("a sum that isn't known is a dash, and said; without a file there is nothing to select", async () => {
  const element = await openAccount("b2b-journal");

  expect(rowOf(element, 2)).toEqual({
    document: "Tax invoice No. 218 (opens in a new tab)",
    date: "04/07/2025",
    order: "1020",
    total: "—The total isn’t known",
  });
  expect(all(element, "[part=select]")).toHaveLength(4);
});

test("a void document says so", async () => {
  const element = await openAccount("b2b-journal");

  expect(textsOf(element, ".is-void [part=void]")).toEqual(["Void"]);
  expect(all(element, "[part=void]")).toHaveLength(1);
});

test("addresses that aren't safe make no links", async () => {
  const evil = { ...JOURNAL_ROWS[0], url: "javascript:alert(1)", pdfUrl: "//evil.example" };
  app.answerTo("B2BJournal", ok(journalAnswer([evil])));

  const element = await openAccount("b2b-journal");

  expect(all(element, "tbody a")).toHaveLength(0);
  expect(textOf(element, "[part=name]")).toBe("Invoice No. SF-1024");
});

test("what a document says is text, never markup", async () => {
  const evil = { ...JOURNAL_ROWS[0], number: "<img src=x onerror=alert(1)>" };
  app.answerTo("B2BJournal", ok(journalAnswer([evil])));

  const element = await openAccount("b2b-journal");

  expect(all(element, "img")).toHaveLength(0);
});

test("the first question is for the newest, twenty of them", async () => {
  await openAccount("b2b-journal");

  expect(app.asked("B2BJournal")[0]?.variables).toEqual({
    filter: {},
    sortBy: { field: "DATE", direction: "DESC" },
    first: 20,
    after: null,
  });
});

test("it is searched when the typing pauses, once", async () => {
  const element = await openAccount("b2b-journal");

  await fill(element, "search", "10");
  await pass(200);
  await fill(element, "search", " 1024 ");
  await pass(299);
  expect(app.asked("B2BJournal")).toHaveLength(1);
  await pass(1);

  expect(app.asked("B2BJournal")).toHaveLength(2);
  expect(lastFilter()).toEqual({ search: "1024" });
});

test("an answer to a question that was replaced is dropped", async () => {
  const element = await openAccount("b2b-journal");
  const slow = { afterMs: 5_000, answer: ok(journalAnswer(JOURNAL_ROWS.slice(0, 1))) };
  app.answerTo("B2BJournal", slow, ok(journalAnswer(JOURNAL_ROWS.slice(1, 3))));

  await fill(element, "kind", "INVOICE");
  await fill(element, "kind", "WAYBILL");
  await pass(10_000);

  expect(rowOf(element, 0)["date"]).toBe("04/07/2025");
  expect(all(element, "tbody tr")).toHaveLength(2);
});

test("it is narrowed by kind, contract and days", async () => {
  const element = await openAccount("b2b-journal");

  await fill(element, "kind", "WAYBILL");
  await fill(element, "contractId", EURO_CONTRACT.id);
  await fill(element, "dateFrom", "2025-07-01");
  await fill(element, "dateTo", "2025-07-31");

  expect(lastFilter()).toEqual({
    kinds: ["WAYBILL"],
    contractId: EURO_CONTRACT.id,
    dateFrom: "2025-07-01",
    dateTo: "2025-07-31",
  });
});

test("days the wrong way round are said to be so and not asked for", async () => {
  const element = await openAccount("b2b-journal");
  await fill(element, "dateFrom", "2025-07-31");
  expect(app.asked("B2BJournal")).toHaveLength(2);

  await fill(element, "dateTo", "2025-07-01");

  expect(textOf(element, "#period-error")).toBe("The first day is after the last one.");
  expect(one(element, "#dateTo").getAttribute("aria-invalid")).toBe("true");
  expect(app.asked("B2BJournal")).toHaveLength(2);
});

test("one contract needs no choice between contracts", async () => {
  app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT)));

  const element = await openAccount("b2b-journal");

  expect(all(element, "[name=contractId]")).toHaveLength(0);
});

test("without contracts the documents are there all the same", async () => {
  app.answerTo("B2BContracts", no("BROKEN"));

  const element = await openAccount("b2b-journal");

  expect(all(element, "tbody tr")).toHaveLength(5);
});

test("columns sort, and turn round when pressed again", async () => {
  const element = await openAccount("b2b-journal");
  const sorts = all(element, "[part=sort]").map((button) => button.textContent.trim());
  expect(sorts).toEqual(["Document", "Date", "Total"]);
  const sortBy = (): unknown => app.asked("B2BJournal").at(-1)?.variables["sortBy"];

  for (const [index, direction] of [
    [2, "DESC"],
    [2, "ASC"],
    [0, "ASC"],
  ] as const) {
    all(element, "[part=sort]")[index]?.click();
    await settle();
    expect(sortBy()).toEqual({ field: index === 0 ? "NUMBER" : "TOTAL", direction });
  }

  expect(one(element, "[aria-sort=ascending]").textContent).toContain("Document");
});

test("more rows come after those that are shown", async () => {
  app.answerTo(
    "B2BJournal",
    ok(journalAnswer(JOURNAL_ROWS.slice(0, 2), { endCursor: "c2" })),
    ok(journalAnswer(JOURNAL_ROWS.slice(2), {})),
  );
  const element = await openAccount("b2b-journal");
  expect(statusOf(element)).toBe("Shown: 2");

  await click(element, "[part~=more]");

  expect(app.asked("B2BJournal")[1]?.variables).toMatchObject({ first: 20, after: "c2" });
  expect(all(element, "tbody tr")).toHaveLength(5);
  expect(all(element, "[part~=more]")).toHaveLength(0);
});

test("more rows that don't come leave those that are there, and may be asked for again", async () => {
  app.answerTo(
    "B2BJournal",
    ok(journalAnswer(JOURNAL_ROWS.slice(0, 2), { endCursor: "c2" })),
    no("BROKEN"),
    ok(journalAnswer(JOURNAL_ROWS.slice(2), {})),
  );
  const element = await openAccount("b2b-journal");

  await click(element, "[part~=more]");
  expect(textOf(element, ".more [part=error]")).toBe("The next rows couldn’t be loaded.");
  expect(all(element, "tbody tr")).toHaveLength(2);
  await click(element, "[part~=more]");

  expect(all(element, "tbody tr")).toHaveLength(5);
});

test("a refresh brings as many rows as there were, with fresh links", async () => {
  const fresh = JOURNAL_ROWS.map((row) => ({ ...row, url: `${row.url}?fresh` }));
  app.answerTo(
    "B2BJournal",
    ok(journalAnswer(JOURNAL_ROWS.slice(0, 2), { endCursor: "c2" })),
    ok(journalAnswer(JOURNAL_ROWS.slice(2), {})),
    ok(journalAnswer(fresh.slice(0, 3), { endCursor: "c3" })),
    ok(journalAnswer(fresh.slice(3), {})),
  );
  const element = await openAccount("b2b-journal");
  await click(element, "[part~=more]");

  await element.refresh();

  const hrefs = all(element, "[part~=open]").map((link) => (link as HTMLAnchorElement).href);
  expect(hrefs).toHaveLength(5);
  expect(hrefs.every((href) => href.endsWith("?fresh"))).toBe(true);
});

test("links are renewed before they close", async () => {
  await openAccount("b2b-journal");

  await pass(49 * 60_000);
  expect(app.asked("B2BJournal")).toHaveLength(1);
  await pass(2 * 60_000);

  expect(app.asked("B2BJournal")).toHaveLength(2);
});

test("a press on a link that grew old follows the fresh one", async () => {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
  const element = await openAccount("b2b-journal");
  await pass(2 * 60 * 60_000);
  const fresh = [{ ...JOURNAL_ROWS[0], pdfUrl: "/documents/1.pdf?fresh" }];
  app.answerTo("B2BJournal", ok(journalAnswer(fresh)));

  const event = new MouseEvent("click", { bubbles: true, cancelable: true, composed: true });
  one(element, "[part=pdf]").dispatchEvent(event);
  await settle();

  expect(event.defaultPrevented).toBe(true);
  expect(followed).toEqual(["https://shop.example/documents/1.pdf?fresh"]);
});

describe("a selection", () => {
  beforeEach(() => {
    const answer = ok(exportAnswer("b2bJournal", "https://docs.example/exports/documents.zip?t=1"));
    app.answerTo("B2BDocumentsExport", answer);
  });

  async function select(element: Element, index: number): Promise<void> {
    const box = all(element, "[part=select]")[index] as HTMLInputElement;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();
  }

  test("is empty at first: then there is nothing to download", async () => {
    const element = await openAccount("b2b-journal");

    await click(element, "[part~=zip]");

    expect(one(element, "[part~=zip]").getAttribute("aria-disabled")).toBe("true");
    expect(app.asked("B2BDocumentsExport")).toHaveLength(0);
  });

  test.each([
    ["zip", "ZIP"],
    ["pdf", "PDF"],
  ])("is downloaded as one file: %s", async (part, format) => {
    const element = await openAccount("b2b-journal");
    await select(element, 0);
    await select(element, 3);
    expect(textOf(element, "[part=selected]")).toBe("Selected: 2");

    await click(element, `button[part~=${part}]`);

    expect(app.lastRequest.variables).toEqual({ format, ids: ["1", "5"], language: "en" });
    expect(followed).toEqual(["https://docs.example/exports/documents.zip?t=1"]);
  });

  test("of all takes those that have a file, and back", async () => {
    const element = await openAccount("b2b-journal");
    const box = one(element, "[part=select-all]") as HTMLInputElement;

    box.checked = true;
    box.dispatchEvent(new Event("change"));
    await settle();
    await click(element, "button[part~=zip]");
    expect(app.lastRequest.variables["ids"]).toEqual(["1", "2", "4", "5"]);
    box.checked = false;
    box.dispatchEvent(new Event("change"));
    await settle();

    expect(textOf(element, "[part=selected]")).toBe("Selected: 0");
  });

  test("loses what is shown no more", async () => {
    const element = await openAccount("b2b-journal");
    await select(element, 0);
    app.answerTo("B2BJournal", ok(journalAnswer(JOURNAL_ROWS.slice(1))));

    await fill(element, "kind", "WAYBILL");

    expect(textOf(element, "[part=selected]")).toBe("Selected: 0");
  });

  test("that took too long for the browser is offered as a link", async () => {
    const slow = ok(exportAnswer("b2bJournal", "/exports/documents.zip"));
    app.answerTo("B2BDocumentsExport", { afterMs: 4_000, answer: slow });
    const element = await openAccount("b2b-journal");
    await select(element, 0);

    await click(element, "button[part~=zip]");
    expect(textOf(element, "[part=file]")).toBe("The file is being prepared…");
    await pass(4_000);

    expect(followed).toEqual([]);
    expect((one(element, "[part~=file-link]") as HTMLAnchorElement).href).toBe(
      "https://shop.example/exports/documents.zip",
    );
  });

  test.each([
    ["BROKEN", no("BROKEN")],
    ["an address that isn't safe", ok(exportAnswer("b2bJournal", "javascript:alert(1)"))],
  ])("that can't be had is said to be so: %s", async (_why, answer) => {
    app.answerTo("B2BDocumentsExport", answer);
    const element = await openAccount("b2b-journal");
    await select(element, 0);

    await click(element, "button[part~=zip]");

    expect(textOf(element, "[part=file]")).toBe("The file couldn’t be prepared. Please try again.");
    expect(followed).toEqual([]);
  });
});

test("while it loads, that is said, and the old rows stay", async () => {
  const element = await openAccount("b2b-journal");
  app.answerTo("B2BJournal", "silence");

  await fill(element, "kind", "INVOICE");

  expect(statusOf(element)).toBe("Loading…");
  expect(one(element, "section").getAttribute("aria-busy")).toBe("true");
  expect(all(element, "tbody tr")).toHaveLength(5);
});

test("no documents at all is one thing, none that match another", async () => {
  app.answerTo("B2BJournal", ok(journalAnswer([])));
  const element = await openAccount("b2b-journal");
  expect(statusOf(element)).toContain("No documents yet");

  await fill(element, "kind", "WAYBILL");
  expect(statusOf(element)).toContain("Nothing found");
  await click(element, "[part~=clear]");

  expect(lastFilter()).toEqual({});
  expect(statusOf(element)).toContain("No documents yet");
});

test.each([
  ["UNAUTHENTICATED", "Please sign in"],
  ["PERMISSION_DENIED", "This isn’t open to you"],
])("who may not see it reads that, without fields to search: %s", async (code, title) => {
  app.answerTo("B2BJournal", no(code));

  const element = await openAccount("b2b-journal");

  expect(textOf(element, "[part=title]")).toBe(title);
  expect(all(element, "form")).toHaveLength(0);
});

test("where it is known that nobody is signed in, an empty list isn't taken for one", async () => {
  app.answerTo("B2BContracts", ok(contractsAnswer()));
  app.answerTo("B2BJournal", ok(journalAnswer([])));

  const element = await openAccount("b2b-journal", {}, (journal) => {
    journal.getAccessToken = () => Promise.resolve(null);
  });

  expect(textOf(element, "[part=title]")).toBe("Please sign in");
});

test("a failure is said without its code, and may be tried again with the keyboard's place kept", async () => {
  app.answerTo("B2BJournal", no("BROKEN"), ok(journalAnswer(JOURNAL_ROWS)));
  const element = await openAccount("b2b-journal");
  expect(textOf(element, "section")).not.toContain("BROKEN");

  one(element, "[part~=retry]").focus();
  await click(element, "[part~=retry]");

  expect(all(element, "tbody tr")).toHaveLength(5);
  expect(element.shadowRoot?.activeElement).toBe(one(element, "#status"));
});

test("another language changes words, figures and days", async () => {
  const element = await openAccount("b2b-journal", { lang: "uk" });

  expect(rowOf(element, 1)).toMatchObject({
    document: "Видаткова накладна № РН-0000412 (відкриється в новій вкладці)",
    date: "04.07.2025",
    total: "98 000,00 ₴",
  });
});

test("another address to ask begins anew", async () => {
  const element = await openAccount("b2b-journal");
  app.answerTo("B2BJournal", "silence");

  element.endpoint = "/api/other";
  await settle();

  expect(app.lastRequest.url).toBe("/api/other");
  expect(all(element, "tbody tr")).toHaveLength(0);
});
