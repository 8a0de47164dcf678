import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { DebtChangedEvent } from "../../src/account.ts";
import {
  CONTRACT,
  CONTRACT_PANEL,
  EURO_PANEL,
  NO_PANEL,
  panelAnswer,
  uah,
} from "../account-answers.ts";
import { click, no, ok, openAccount, settle, textsOf } from "./account-page.ts";
import { StandInApp } from "./stand-in-app.ts";
import { all, one, pass, setVisibility, textOf } from "./thank-you-page.ts";

let app: StandInApp;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime("2025-07-16T10:00:00Z");
  vi.stubEnv("TZ", "Europe/Kyiv");
  app = new StandInApp();
  app.answer(ok(panelAnswer(CONTRACT_PANEL)));
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("a contract shows debt, overdue, the nearest payment, limit and manager", async () => {
  const element = await openAccount("b2b-debt-panel");

  expect(textOf(element, "[part=who]")).toBe("Contract No. 12/2025 ТОВ «Постачальник»");
  expect(textsOf(element, "[part~=figure]")).toEqual([
    "Debt UAH 125,430.50",
    "Overdue UAH 38,200.00",
    "Pay by 18 July 2025 UAH 27,230.50",
    "Available UAH 74,569.50 of a credit limit of UAH 200,000.00",
  ]);
  expect(textsOf(element, "[part~=note]")).toEqual(["As of 15 July 2025 at 12:30"]);
  expect(textOf(element, "[part=manager]")).toContain("Your manager: Олена Коваль");
  expect(all(element, "[part=contact]").map((link) => link.getAttribute("href"))).toEqual([
    "tel:+380671234567",
    "mailto:olena@supplier.example",
    "https://t.me/olena_koval",
    "viber://chat?number=%2B380671234567",
  ]);
  expect(all(element, "[part=totals]")).toHaveLength(0);
});

test("several contracts begin with the totals of each currency", async () => {
  app.answer(ok(panelAnswer(CONTRACT_PANEL, EURO_PANEL)));

  const element = await openAccount("b2b-debt-panel");

  expect(textsOf(element, "[part=totals]")).toEqual([
    "In all, UAH Debt UAH 125,430.50 Overdue UAH 38,200.00",
    "In all, EUR Advance €1,500.00",
  ]);
  expect(textsOf(element, "[part=who]")).toEqual([
    "Contract No. 12/2025 ТОВ «Постачальник»",
    "Main contract Supplier GmbH",
  ]);
});

test("several companies are told apart", async () => {
  const other = {
    ...EURO_PANEL,
    contract: { ...EURO_PANEL.contract, counterparty: { name: "Daisy Ltd" } },
  };
  app.answer(ok(panelAnswer(CONTRACT_PANEL, other)));

  const element = await openAccount("b2b-debt-panel");

  expect(textsOf(element, ".contracts .parties")).toEqual([
    "ТОВ «Постачальник» · ТОВ «Ромашка»",
    "Supplier GmbH · Daisy Ltd",
  ]);
});

test("who owes nothing reads that", async () => {
  app.answer(ok(panelAnswer({ ...CONTRACT_PANEL, debt: uah(0), overdue: uah(0) })));

  const element = await openAccount("b2b-debt-panel");

  expect(textsOf(element, "[part~=figure]")[0]).toBe("No debt UAH 0.00");
  expect(all(element, "[part~=overdue]")).toHaveLength(0);
});

test("an exhausted limit has a real minus", async () => {
  app.answer(ok(panelAnswer({ ...CONTRACT_PANEL, available: uah(-10) })));

  const element = await openAccount("b2b-debt-panel");

  expect(textOf(element, "[part~=exhausted] [part=value]")).toBe("\u2212UAH 10.00");
});

test.each([
  [
    { isStale: true },
    [
      "The accounting system has been silent since 15 July 2025 at 12:30: newer payments and documents may be missing.",
    ],
  ],
  [
    { isBeingChecked: true, statedAsOf: "2025-07-14" },
    [
      "As of 15 July 2025 at 12:30",
      "The figures are being checked. Shown are those of the accounting system as of 14 July 2025.",
    ],
  ],
  [
    { contract: { ...CONTRACT, coverage: "SITE_ORDERS" } },
    ["As of 15 July 2025 at 12:30", "Orders of this shop only."],
  ],
  [
    { contract: { ...CONTRACT, coverage: "UNHEARD_OF" } },
    [
      "As of 15 July 2025 at 12:30",
      "Some documents or payments of this contract may be missing here.",
    ],
  ],
])("what the figures leave out is said: %j", async (fields, notes) => {
  app.answer(ok(panelAnswer({ ...CONTRACT_PANEL, ...fields })));

  const element = await openAccount("b2b-debt-panel");

  expect(textsOf(element, "[part~=note]")).toEqual(notes);
});

test("figures lead to Balance, with what the address has already", async () => {
  const element = await openAccount("b2b-debt-panel", { "balance-url": "/balance?tab=1#top" });

  const links = all(element, "a[part=value]").map((link) => link.getAttribute("href"));
  const balance = "https://shop.example/balance?tab=1&contract=QjJCQ29udHJhY3Q6MQ%3D%3D#top";
  expect(links).toEqual([balance, balance]);
});

test("an address that isn't safe makes no link", async () => {
  const element = await openAccount("b2b-debt-panel", { "balance-url": "javascript:alert(1)" });

  expect(all(element, "a[part=value]")).toHaveLength(0);
  expect(textsOf(element, "[part~=figure]")[0]).toBe("Debt UAH 125,430.50");
});

describe("nothing is shown", () => {
  test.each([
    ["to who may see no money", ok(NO_PANEL)],
    ["to who has no contract", ok(panelAnswer())],
    ["to nobody", no("UNAUTHENTICATED")],
    ["to who isn't allowed", no("PERMISSION_DENIED")],
    ["to nobody, by the shop's proxy", { status: 401, text: "" }],
    ["for a start while it is asked", "silence"],
  ] as const)("%s", async (_who, answer) => {
    app.answer(answer);

    const element = await openAccount("b2b-debt-panel");

    expect(all(element, "*:not(style)")).toHaveLength(0);
  });

  test("without an address to ask", async () => {
    const element = await openAccount("b2b-debt-panel", { endpoint: null });

    expect(all(element, "*")).toHaveLength(0);
    expect(app.requests).toHaveLength(0);
  });

  test("any more, as soon as nobody is signed in", async () => {
    app.answer(ok(panelAnswer(CONTRACT_PANEL)), no("UNAUTHENTICATED"));
    const element = await openAccount("b2b-debt-panel");

    await element.refresh();

    expect(all(element, "*")).toHaveLength(0);
  });
});

test("who waits long is told so", async () => {
  app.answer("silence");
  const element = await openAccount("b2b-debt-panel");

  await pass(1_000);

  expect(textOf(element, "#status")).toBe("Loading…");
});

test.each([
  ["network-failure", "We can’t get an answer at the moment"],
  [no("BROKEN"), "Something went wrong"],
  [{ json: { data: { b2bDebtPanel: { totals: [] } } } }, "Something went wrong"],
] as const)("a failure is said without its code, and may be tried again", async (answer, title) => {
  app.answer(answer, ok(panelAnswer(CONTRACT_PANEL)));
  const element = await openAccount("b2b-debt-panel");
  expect(textOf(element, "[part=title]")).toBe(title);
  expect(textOf(element, "section")).not.toMatch(/BROKEN|UNEXPECTED|fetch/);

  await click(element, "[part~=retry]");

  expect(textsOf(element, "[part~=figure]")[0]).toBe("Debt UAH 125,430.50");
});

test("a rate limit is kept to, and goes on by itself", async () => {
  app.answer(no("RATE_LIMITED", { retryAfter: 20_000 }), ok(panelAnswer(CONTRACT_PANEL)));
  const element = await openAccount("b2b-debt-panel");
  expect(textOf(element, "[part=title]")).toBe("Too many questions at once");
  expect(all(element, "[part~=retry]")).toHaveLength(0);

  await element.refresh();
  await pass(19_000);
  expect(app.requests).toHaveLength(1);
  await pass(10_000);

  expect(app.requests).toHaveLength(2);
  expect(all(element, "[part=contract]")).toHaveLength(1);
});

test("it asks again each minute while it is looked at, and on coming back", async () => {
  await openAccount("b2b-debt-panel");

  await pass(60_000);
  expect(app.requests).toHaveLength(2);
  setVisibility("hidden");
  await pass(10 * 60_000);
  expect(app.requests).toHaveLength(2);
  setVisibility("visible");
  await pass(0);
  expect(app.requests).toHaveLength(3);
  setVisibility("hidden");
  setVisibility("visible");
  await pass(0);

  expect(app.requests).toHaveLength(4);
});

test("it asks again when the page says so, until it is taken out", async () => {
  const element = await openAccount("b2b-debt-panel");

  dispatchEvent(new Event("b2b-docs:refresh"));
  await settle();
  expect(app.requests).toHaveLength(2);
  element.remove();
  dispatchEvent(new Event("b2b-docs:refresh"));
  await pass(10 * 60_000);

  expect(app.requests).toHaveLength(2);
});

test.each([
  ["first", 0],
  ["renewed", 60_000],
])(
  "a change that the page tells of is asked for after the answer under way: %s",
  async (_, beganMs) => {
    const slow = { afterMs: 5_000, answer: ok(panelAnswer(CONTRACT_PANEL)) };
    const changed = ok(panelAnswer({ ...CONTRACT_PANEL, debt: uah(99) }));
    app.answer(...(beganMs === 0 ? [] : [ok(panelAnswer(CONTRACT_PANEL))]), slow, changed);
    const element = await openAccount("b2b-debt-panel");
    await pass(beganMs + 1_000);
    const before = app.requests.length;

    dispatchEvent(new Event("b2b-docs:refresh"));
    await pass(6_000);
    await settle();

    expect(app.requests).toHaveLength(before + 1);
    expect(textsOf(element, "[part~=debt]")).toEqual(["Debt UAH 99.00"]);
  },
);

test("a renewal that fails leaves what is shown", async () => {
  app.answer(ok(panelAnswer(CONTRACT_PANEL)), no("BROKEN"));
  const element = await openAccount("b2b-debt-panel");

  await element.refresh();

  expect(app.requests).toHaveLength(2);
  expect(all(element, "[part=contract]")).toHaveLength(1);
});

test("the page is told of the totals, and again only when they changed", async () => {
  const heard: unknown[] = [];
  app.answer(
    ok(panelAnswer(CONTRACT_PANEL)),
    ok(panelAnswer(CONTRACT_PANEL)),
    no("UNAUTHENTICATED"),
  );
  const element = await openAccount("b2b-debt-panel", {}, (panel) => {
    panel.addEventListener("b2b-debt-changed", (event) => {
      heard.push((event as DebtChangedEvent).detail.totals?.map(({ overdue }) => overdue.amount));
    });
  });

  await element.refresh();
  expect(heard).toEqual([[38_200, 0]]);
  await element.refresh();
  await settle();

  expect(heard).toEqual([[38_200, 0], undefined]);
});

test("a token is asked for before each request and goes along", async () => {
  const element = await openAccount(
    "b2b-debt-panel",
    { "saleor-api-url": "https://s/" },
    (panel) => {
      panel.getAccessToken = () => Promise.resolve("t0ken");
    },
  );
  await element.refresh();

  expect(app.requests).toHaveLength(2);
  expect(app.lastRequest.headers["Authorization"]).toBe("Bearer t0ken");
  expect(app.lastRequest.headers["Saleor-Api-Url"]).toBe("https://s/");
});

test("styles are adopted, never written into the page", async () => {
  const element = await openAccount("b2b-debt-panel");

  expect(all(element, "style, [style]")).toHaveLength(0);
  expect(one(element, "section").getAttribute("aria-label")).toBe("Your account with the supplier");
});
