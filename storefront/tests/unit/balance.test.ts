import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { ContractChangedEvent } from "../../src/account.ts";
import { periodOf } from "../../src/elements/balance/periods.ts";
import {
  CONTRACT,
  EURO_CONTRACT,
  EURO_PANEL,
  MOVEMENT_ROWS,
  contractsAnswer,
  exportAnswer,
  movementsAnswer,
  openDocumentsAnswer,
  overviewAnswer,
} from "../account-answers.ts";
import {
  click,
  fill,
  footerOf,
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
  vi.setSystemTime("2025-07-16T10:00:00Z");
  app = new StandInApp();
  app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT, EURO_CONTRACT)));
  app.answerTo("B2BBalance", ok(overviewAnswer()));
  app.answerTo("B2BOpenDocuments", ok(openDocumentsAnswer()));
  app.answerTo("B2BMovements", ok(movementsAnswer()));
  app.answerTo("B2BBalanceExport", ok(exportAnswer("b2bBalance", "/exports/balance.xlsx")));
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

async function openMovements(): Promise<Awaited<ReturnType<typeof openAccount<"b2b-balance">>>> {
  const element = await openAccount("b2b-balance");
  await click(element, "#tab-MOVEMENTS");
  return element;
}

test("it begins with the main contract's figures and open documents", async () => {
  const element = await openAccount("b2b-balance");

  expect(app.asked("B2BBalance")[0]?.variables).toEqual({ contractId: CONTRACT.id });
  expect(textsOf(element, "[part~=figure]").slice(0, 2)).toEqual([
    "Debt UAH 125,430.50",
    "Overdue UAH 38,200.00",
  ]);
  expect(rowOf(element, 0)).toEqual({
    document: "Delivery note No. РН-0000401 (opens in a new tab)",
    date: "20/06/2025",
    order: "1020",
    amount: "UAH 98,000.00",
    returned: "UAH 1,250.00",
    paid: "UAH 58,550.00",
    residual: "UAH 38,200.00",
    deferral: "14 d.",
    "pay-by": "04/07/2025",
    "days-overdue": "11",
    overdue: "UAH 38,200.00",
    file: "PDF: Delivery note No. РН-0000401",
  });
  expect(footerOf(element)).toEqual({
    document: "Total",
    amount: "UAH 185,230.50",
    residual: "UAH 115,430.50",
    overdue: "UAH 38,200.00",
  });
});

test("an advance says so, below zero", async () => {
  const element = await openAccount("b2b-balance");

  expect(rowOf(element, 2)["residual"]).toBe("\u2212UAH 10,000.00");
  expect(rowOf(element, 2)["document"]).toBe("Payment No. 000000088 Advance Kept for its order");
});

test("the debt's age is shown by its parts, as far as there are any", async () => {
  const element = await openAccount("b2b-balance");

  expect(textsOf(element, "[part=aging-part]")).toEqual([
    "Not due yet UAH 87,230.50",
    "1–7 days overdue UAH 12,000.00",
    "8–14 days overdue UAH 6,200.00",
    "31–60 days overdue UAH 15,000.00",
    "Over 90 days overdue UAH 5,000.00",
  ]);
  const widths = all(element, "rect").map((rect) => Number(rect.getAttribute("width")));
  expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(100, 1);
  expect(all(element, "[style]")).toHaveLength(0);
});

describe("contracts", () => {
  test("are chosen where there are several, and the page is told", async () => {
    const heard: string[] = [];
    const element = await openAccount("b2b-balance", {}, (balance) => {
      balance.addEventListener("b2b-contract-changed", (event) => {
        heard.push((event as ContractChangedEvent).detail.contractId);
      });
    });
    expect(heard).toEqual([]);
    app.answerTo("B2BBalance", ok(overviewAnswer(EURO_PANEL)));

    await fill(element, "contract", EURO_CONTRACT.id);

    expect(heard).toEqual([EURO_CONTRACT.id]);
    expect(app.asked("B2BBalance").at(-1)?.variables).toEqual({ contractId: EURO_CONTRACT.id });
    expect(textsOf(element, "[part~=figure]")).toEqual(["Advance €1,500.00"]);
  });

  test("never show another one's figures while theirs are on the way", async () => {
    const element = await openAccount("b2b-balance");
    app.answerTo("B2BBalance", "silence");

    await fill(element, "contract", EURO_CONTRACT.id);

    expect(all(element, "[part~=figure], table")).toHaveLength(0);
    expect(statusOf(element)).toBe("Loading…");
  });

  test("need no choice where there is one", async () => {
    app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT)));

    const element = await openAccount("b2b-balance");

    expect(all(element, "select")).toHaveLength(0);
    expect(textOf(element, "[part=who]")).toBe("Contract No. 12/2025 ТОВ «Постачальник»");
  });

  test("may be named by the page, and renamed", async () => {
    const element = await openAccount("b2b-balance", { "contract-id": EURO_CONTRACT.id });
    expect(app.asked("B2BBalance").at(-1)?.variables).toEqual({ contractId: EURO_CONTRACT.id });

    element.contractId = CONTRACT.id;
    await settle();

    expect(app.asked("B2BBalance").at(-1)?.variables).toEqual({ contractId: CONTRACT.id });
  });

  test("that the page names and the visitor hasn't are not replaced by another", async () => {
    const element = await openAccount("b2b-balance", { "contract-id": "foreign" });

    expect(textOf(element, "[part=title]")).toBe("There is no such contract for you");
    expect(app.asked("B2BBalance")).toHaveLength(0);
    await fill(element, "contract", CONTRACT.id);

    expect(all(element, "table")).toHaveLength(1);
  });

  test("whose money the app refuses are none", async () => {
    app.answerTo("B2BBalance", ok({ b2bBalance: null }));
    app.answerTo("B2BOpenDocuments", ok({ b2bBalance: null }));

    const element = await openAccount("b2b-balance");

    expect(textOf(element, "[part=title]")).toBe("There is no such contract for you");
    expect(all(element, "table")).toHaveLength(0);
  });

  test.each([
    ["none at all", contractsAnswer()],
    ["none with money to see", contractsAnswer({ ...CONTRACT, maySeeMoney: false })],
  ])("%s: no access", async (_which, answer) => {
    app.answerTo("B2BContracts", ok(answer));

    const element = await openAccount("b2b-balance");

    expect(textOf(element, "[part=title]")).toBe("This isn’t open to you");
    expect(app.asked("B2BBalance")).toHaveLength(0);
  });

  test("a closed one isn't the first, unless there is no other", async () => {
    const closed = { ...CONTRACT, isClosed: true };
    app.answerTo("B2BContracts", ok(contractsAnswer(closed, EURO_CONTRACT)));

    await openAccount("b2b-balance");

    expect(app.asked("B2BBalance")[0]?.variables).toEqual({ contractId: EURO_CONTRACT.id });
  });
});

describe("open documents", () => {
  test("are searched, and narrowed to what is overdue", async () => {
    const element = await openAccount("b2b-balance");

    await fill(element, "search", "401");
    await pass(300);
    const box = one(element, "[name=onlyOverdue]") as HTMLInputElement;
    box.checked = true;
    box.dispatchEvent(new Event("change", { bubbles: true }));
    await settle();

    expect(app.lastRequest.variables).toEqual({
      contractId: CONTRACT.id,
      search: "401",
      onlyOverdue: true,
    });
  });

  test("that are too many to show are said to be cut", async () => {
    app.answerTo("B2BOpenDocuments", ok(openDocumentsAnswer(undefined, true)));

    const element = await openAccount("b2b-balance");

    expect(textOf(element, "#table-status")).toBe(
      "Only the first 3 are shown. Search to see the others.",
    );
  });

  test("none is good news", async () => {
    app.answerTo("B2BOpenDocuments", ok(openDocumentsAnswer([])));

    const element = await openAccount("b2b-balance");

    expect(textOf(element, "#table-status")).toContain("Nothing is open");
  });

  test("that can't be had leave the figures, and may be tried again", async () => {
    app.answerTo("B2BOpenDocuments", no("BROKEN"), ok(openDocumentsAnswer()));
    const element = await openAccount("b2b-balance");
    expect(all(element, "[part~=figure]").length).toBeGreaterThan(0);
    expect(textOf(element, "#table-status [part=title]")).toBe("Something went wrong");

    await click(element, "[role=tabpanel] [part~=retry]");

    expect(all(element, "tbody tr")).toHaveLength(3);
  });
});

describe("movements", () => {
  test("are of this month at first, between the balances that it opened and closed with", async () => {
    const element = await openMovements();

    expect(app.lastRequest.variables).toEqual({
      contractId: CONTRACT.id,
      dateFrom: "2025-07-01",
      dateTo: "2025-07-16",
      first: 50,
      after: null,
    });
    expect(textOf(element, ".lead")).toBe("01/07/2025 Opening balance UAH 98,200.00");
    expect(rowOf(element, 1)).toEqual({
      date: "10/07/2025",
      document: "Payment No. 000000088",
      credit: "UAH 60,000.00",
      balance: "UAH 125,430.50",
    });
    expect(rowOf(element, 2)["document"]).toBe(
      "Delivery note No. РН-0000390 Помилково проведено Reversal",
    );
    expect(footerOf(element)).toEqual({
      document: "Closing balance",
      debit: "\u2212UAH 42,769.50",
      credit: "UAH 60,000.00",
      balance: "\u2212UAH 4,569.50",
    });
  });

  test("are asked for when their tab is opened, and once", async () => {
    const element = await openAccount("b2b-balance");
    expect(app.asked("B2BMovements")).toHaveLength(0);

    await click(element, "#tab-MOVEMENTS");
    await click(element, "#tab-OPEN_DOCUMENTS");
    await click(element, "#tab-MOVEMENTS");

    expect(app.asked("B2BMovements")).toHaveLength(1);
  });

  test("of another period take one press, or two days", async () => {
    const element = await openMovements();
    expect(textsOf(element, "[aria-pressed=true]")).toEqual(["This month"]);

    all(element, "[part~=period]")[1]?.click();
    await settle();
    expect(app.lastRequest.variables).toMatchObject({
      dateFrom: "2025-06-01",
      dateTo: "2025-06-30",
    });
    await fill(element, "dateFrom", "2025-05-01");

    expect(app.lastRequest.variables).toMatchObject({
      dateFrom: "2025-05-01",
      dateTo: "2025-06-30",
    });
    expect(all(element, "[aria-pressed=true]")).toHaveLength(0);
  });

  test("of days the wrong way round are not asked for, nor exported", async () => {
    const element = await openMovements();

    await fill(element, "dateFrom", "2025-08-01");
    await click(element, "[part~=xlsx]");

    expect(app.asked("B2BMovements")).toHaveLength(1);
    expect(app.asked("B2BBalanceExport")).toHaveLength(0);
    expect(textOf(element, "#period-error")).toBe("The first day is after the last one.");
  });

  test("come a page at a time", async () => {
    app.answerTo(
      "B2BMovements",
      ok(movementsAnswer(MOVEMENT_ROWS.slice(0, 1), { endCursor: "m1" })),
      ok(movementsAnswer(MOVEMENT_ROWS.slice(1))),
    );
    const element = await openMovements();

    await click(element, "[part~=more]");

    expect(app.lastRequest.variables["after"]).toBe("m1");
    expect(all(element, "tbody tr:not(.lead)")).toHaveLength(3);
  });

  test("none leaves the balances", async () => {
    app.answerTo("B2BMovements", ok(movementsAnswer([])));

    const element = await openMovements();

    expect(textOf(element, "#table-status")).toContain("No movements in this period");
    expect(footerOf(element)["balance"]).toBe("\u2212UAH 4,569.50");
  });
});

test.each([
  ["OPEN_DOCUMENTS", "xlsx", "XLSX", { dateFrom: null, dateTo: null }],
  ["MOVEMENTS", "csv", "CSV", { dateFrom: "2025-07-01", dateTo: "2025-07-16" }],
])("the table in view is exported: %s as %s", async (table, part, format, period) => {
  const element = await openAccount("b2b-balance");
  await click(element, `#tab-${table}`);

  await click(element, `button[part~=${part}]`);

  expect(app.lastRequest.variables).toEqual({
    contractId: CONTRACT.id,
    format,
    table,
    language: "en",
    ...period,
  });
  expect(followed).toEqual(["https://shop.example/exports/balance.xlsx"]);
});

test("arrows turn the tabs and wrap around", async () => {
  const element = await openAccount("b2b-balance");
  const press = async (key: string): Promise<string> => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    one(element, "[role=tablist]").dispatchEvent(event);
    await settle();
    return one(element, "[aria-selected=true]").id;
  };

  expect(await press("ArrowLeft")).toBe("tab-MOVEMENTS");
  expect(await press("ArrowRight")).toBe("tab-OPEN_DOCUMENTS");
  expect(await press("End")).toBe("tab-MOVEMENTS");
  expect(await press("Home")).toBe("tab-OPEN_DOCUMENTS");
  expect(await press("x")).toBe("tab-OPEN_DOCUMENTS");
  expect(one(element, "[role=tabpanel]").getAttribute("aria-labelledby")).toBe(
    "tab-OPEN_DOCUMENTS",
  );
});

test.each([
  ["B2BContracts", contractsAnswer(CONTRACT)],
  ["B2BBalance", overviewAnswer()],
] as const)("what fails at %s may be tried again", async (operation, answer) => {
  app.answerTo(operation, no("BROKEN"), ok(answer));
  const element = await openAccount("b2b-balance");
  expect(textOf(element, "[part=title]")).toBe("Something went wrong");
  expect(all(element, "table")).toHaveLength(0);

  await click(element, "[part~=retry]");

  expect(all(element, "table")).toHaveLength(1);
});

test("who isn't signed in is asked to", async () => {
  app.answerTo("B2BContracts", no("UNAUTHENTICATED"));

  const element = await openAccount("b2b-balance");

  expect(textOf(element, "[part=title]")).toBe("Please sign in");
});

test("a refresh asks for the figures and the table in view anew", async () => {
  const element = await openAccount("b2b-balance");
  const before = app.requests.length;

  await element.refresh();

  const asked = app.requests.slice(before).map(({ operationName }) => operationName);
  expect(asked.sort()).toEqual(["B2BBalance", "B2BContracts", "B2BOpenDocuments"]);
});

test.each([
  ["THIS_MONTH", "2025-03-15", { dateFrom: "2025-03-01", dateTo: "2025-03-15" }],
  ["LAST_MONTH", "2025-03-31", { dateFrom: "2025-02-01", dateTo: "2025-02-28" }],
  ["LAST_MONTH", "2025-01-01", { dateFrom: "2024-12-01", dateTo: "2024-12-31" }],
  ["THIS_QUARTER", "2025-06-30", { dateFrom: "2025-04-01", dateTo: "2025-06-30" }],
  ["THIS_YEAR", "2025-12-31", { dateFrom: "2025-01-01", dateTo: "2025-12-31" }],
] as const)("%s, seen on %s", (name, today, period) => {
  expect(periodOf(name, new Date(`${today}T12:00:00`))).toEqual(period);
});
