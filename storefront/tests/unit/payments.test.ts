import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { CONTRACT, EURO_CONTRACT, PAYMENT_ROWS, uah } from "../account-answers.ts";
import { contractsAnswer, paymentsAnswer } from "../account-answers.ts";
import { click, fill, no, ok, openAccount, rowOf, statusOf, textsOf } from "./account-page.ts";
import { StandInApp } from "./stand-in-app.ts";
import { all, one, pass, textOf } from "./thank-you-page.ts";

let app: StandInApp;

beforeEach(() => {
  vi.useFakeTimers();
  app = new StandInApp();
  app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT, EURO_CONTRACT)));
  app.answerTo("B2BPayments", ok(paymentsAnswer(PAYMENT_ROWS)));
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

test("a payment shows what it paid, and the rest as an advance", async () => {
  const element = await openAccount("b2b-payments");

  expect(rowOf(element, 1)).toEqual({
    payment: "Payment No. 000000088",
    date: "10/07/2025",
    method: "Bank",
    sum: "UAH 60,000.00",
    settled:
      "Delivery note No. РН-0000398 of 12/06/2025 UAH 41,800.00 " +
      "Delivery note No. РН-0000401 of 20/06/2025 UAH 8,200.00 Advance: UAH 10,000.00",
  });
});

test("a payment that isn't posted yet says so", async () => {
  const element = await openAccount("b2b-payments");

  expect(textsOf(element, "[part=provisional]")).toEqual(["Received, not posted yet"]);
  expect(all(element, ".is-provisional")).toHaveLength(1);
  expect(rowOf(element, 0)["settled"]).toBeUndefined();
});

test("a refund is called one, with a real minus", async () => {
  const element = await openAccount("b2b-payments");

  expect(rowOf(element, 3)).toMatchObject({ sum: "\u2212UAH 3,000.00", method: "Bank" });
  expect(rowOf(element, 3)["payment"]).toContain("Refund No. 15");
});

test("many settled documents are folded away", async () => {
  const element = await openAccount("b2b-payments");

  expect(textsOf(element, "summary")).toEqual(["Documents: 4"]);
  expect(all(element, "details li")).toHaveLength(4);
});

test("a paper of a payment can be opened and downloaded", async () => {
  const element = await openAccount("b2b-payments");

  expect(all(element, "tbody a").map((link) => link.getAttribute("href"))).toEqual([
    "https://shop.example/documents/9",
    "https://shop.example/documents/9.pdf",
  ]);
});

test("a way of paying that is younger than the bundle is called other", async () => {
  const row = { ...PAYMENT_ROWS[1], method: "PIGEON", unallocated: uah(0), settled: [] };
  app.answerTo("B2BPayments", ok(paymentsAnswer([row])));

  const element = await openAccount("b2b-payments");

  expect(rowOf(element, 0)["method"]).toBe("Other");
});

test("it is searched and narrowed", async () => {
  const element = await openAccount("b2b-payments");

  await fill(element, "contractId", EURO_CONTRACT.id);
  await fill(element, "dateFrom", "2025-07-01");
  await fill(element, "search", "1024");
  await pass(300);

  expect(app.asked("B2BPayments").at(-1)?.variables).toEqual({
    filter: { search: "1024", contractId: EURO_CONTRACT.id, dateFrom: "2025-07-01" },
    first: 20,
    after: null,
  });
});

test("a contract whose money isn't the visitor's isn't offered", async () => {
  const hidden = { ...EURO_CONTRACT, maySeeMoney: false };
  app.answerTo("B2BContracts", ok(contractsAnswer(CONTRACT, hidden)));

  const element = await openAccount("b2b-payments");

  expect(all(element, "[name=contractId]")).toHaveLength(0);
});

test("more payments come after those that are shown", async () => {
  app.answerTo(
    "B2BPayments",
    ok(paymentsAnswer(PAYMENT_ROWS.slice(0, 2), { endCursor: "c2", totalCount: 4 })),
    ok(paymentsAnswer(PAYMENT_ROWS.slice(2), { totalCount: 4 })),
  );
  const element = await openAccount("b2b-payments");

  await click(element, "[part~=more]");

  expect(app.asked("B2BPayments")[1]?.variables["after"]).toBe("c2");
  expect(all(element, "tbody tr")).toHaveLength(4);
  expect(statusOf(element)).toBe("Found: 4");
});

test("no payments yet is said", async () => {
  app.answerTo("B2BPayments", ok(paymentsAnswer([])));

  const element = await openAccount("b2b-payments");

  expect(statusOf(element)).toContain("No payments yet");
});

test.each([
  ["has no company", contractsAnswer()],
  ["may see no company's money", contractsAnswer({ ...CONTRACT, maySeeMoney: false })],
])("who %s reads that it isn't open", async (_who, contracts) => {
  app.answerTo("B2BContracts", ok(contracts));
  app.answerTo("B2BPayments", ok(paymentsAnswer([])));

  const element = await openAccount("b2b-payments");

  expect(textOf(element, "[part=title]")).toBe("This isn’t open to you");
  expect(all(element, "form, table")).toHaveLength(0);
});

test.each([
  ["network-failure", "We can’t get an answer at the moment"],
  [no("UNAUTHENTICATED"), "Please sign in"],
  [no("BROKEN"), "Something went wrong"],
] as const)("a failure is said, and may be tried again", async (answer, title) => {
  app.answerTo("B2BPayments", answer, ok(paymentsAnswer(PAYMENT_ROWS)));
  const element = await openAccount("b2b-payments");
  expect(textOf(element, "[part=title]")).toBe(title);

  await click(element, "[part~=retry]");

  expect(all(element, "tbody tr")).toHaveLength(4);
});

test("what a payment is for is text, never markup", async () => {
  const row = { ...PAYMENT_ROWS[0], purpose: "<b>bold</b>" };
  app.answerTo("B2BPayments", ok(paymentsAnswer([row])));

  const element = await openAccount("b2b-payments");

  expect(textOf(element, "[part=purpose]")).toBe("<b>bold</b>");
  expect(one(element, "table").getAttribute("role")).toBe("table");
});
