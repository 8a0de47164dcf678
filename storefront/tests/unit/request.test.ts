import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { DocumentsFailedEvent } from "../../src/index.ts";
import {
  INVOICE,
  StandInApp,
  UNKNOWN_ORDER,
  failed,
  preparing,
  ready,
  refused,
  requested,
} from "./stand-in-app.ts";
import {
  ORDER_ID,
  all,
  detailOf,
  one,
  openPage,
  pass,
  press,
  submitEmail,
  textOf,
  titleOf,
} from "./thank-you-page.ts";

const NONE_YET = "There is no invoice for this order yet";
const WAITING = "Your invoice is being prepared";
const READY = "Your invoice is ready";
const NOT_ASKED = "We couldn’t ask for the invoice";

let app: StandInApp;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  app = new StandInApp();
});

afterEach(() => {
  document.body.replaceChildren();
  vi.useRealTimers();
});

function operations(): string[] {
  return app.requests.map(({ operationName }) => operationName);
}

test.each([
  ["uk", "За цим замовленням ще немає рахунку на оплату", "Отримати рахунок"],
  ["ru", "По этому заказу ещё нет счёта на оплату", "Получить счёт"],
  ["en", NONE_YET, "Get the invoice"],
])("an order older than the app is said to have no invoice yet: %s", async (lang, title, word) => {
  app.answer(failed("NOT_REQUESTED"));

  const element = await openPage({ lang });
  await pass(60_000);

  expect(titleOf(element)).toBe(title);
  expect(textOf(element, "button.primary[part~=request]")).toBe(word);
  expect(all(element, "button")).toHaveLength(1);
  expect(operations()).toEqual(["B2BOrderDocuments"]);
});

test("the page is told that there is none, with the reason's code", async () => {
  app.answer(failed("NOT_REQUESTED"));
  const heard: unknown[] = [];

  await openPage({}, (element) => {
    element.addEventListener("b2b-documents-failed", (event) => {
      heard.push((event as DocumentsFailedEvent).detail);
    });
  });

  expect(heard).toEqual([{ orderId: ORDER_ID, reason: "FAILED", code: "NOT_REQUESTED" }]);
});

test("pressing the button has the invoice made and waits for it as usual", async () => {
  app.answer(
    failed("NOT_REQUESTED"),
    requested({ state: "PREPARING", retryAfter: 700 }),
    preparing(1000),
    ready(),
  );
  const element = await openPage();

  await press(element, "request");
  expect(titleOf(element)).toBe(WAITING);
  expect(app.lastRequest.query).toMatch(/^mutation B2BInvoiceRequest\(/);
  expect(app.lastRequest.variables).toEqual({ orderId: ORDER_ID, guestEmail: null });
  await pass(699);
  expect(app.requests).toHaveLength(2);
  await pass(1001);

  expect(titleOf(element)).toBe(READY);
  expect(operations()).toEqual([
    "B2BOrderDocuments",
    "B2BInvoiceRequest",
    "B2BOrderDocuments",
    "B2BOrderDocuments",
  ]);
});

test("documents that come with the answer are shown at once", async () => {
  app.answer(failed("NOT_REQUESTED"), requested({ state: "READY", documents: [INVOICE] }));
  const element = await openPage();

  await press(element, "request");
  await pass(60_000);

  expect(titleOf(element)).toBe(READY);
  expect(textOf(element, "[part=document-name]")).toBe("Invoice No. SF-1024");
  expect(app.requests).toHaveLength(2);
});

test("a guest asks in the name of the e-mail that was given", async () => {
  app.answer(UNKNOWN_ORDER, failed("NOT_REQUESTED"), requested({ state: "PREPARING" }));
  const element = await openPage({ viewer: "guest" });

  await submitEmail(element, "buyer@example.com");
  expect(titleOf(element)).toBe(NONE_YET);
  await press(element, "request");

  expect(app.lastRequest.operationName).toBe("B2BInvoiceRequest");
  expect(app.lastRequest.variables["guestEmail"]).toBe("buyer@example.com");
});

test("pressing twice asks once", async () => {
  app.answer(failed("NOT_REQUESTED"), "silence");
  const element = await openPage();
  const button = one(element, "button[part~=request]");

  button.click();
  button.click();
  await pass(0);
  button.click();
  await pass(0);

  expect(operations()).toEqual(["B2BOrderDocuments", "B2BInvoiceRequest"]);
  expect(all(element, "button")).toHaveLength(0);
  expect(app.lastRequest.signal.aborted).toBe(false);
});

test("the focus goes to what is said, in the live region that was there before", async () => {
  app.answer(failed("NOT_REQUESTED"), requested({ state: "PREPARING" }));
  const element = await openPage();
  const region = one(element, "[role=status]");
  expect(document.activeElement).toBe(document.body);
  one(element, "button[part~=request]").focus();

  await press(element, "request");

  expect(one(element, "[role=status]")).toBe(region);
  expect(region.getAttribute("aria-live")).toBe("polite");
  expect(region.textContent).toContain(WAITING);
  expect(element.shadowRoot?.activeElement).toBe(region);
  expect(one(element, "section").getAttribute("aria-busy")).toBe("true");
});

test.each([
  [
    "the app says no",
    requested(null, { field: null, message: "Not now", code: "INVALID" }),
    "UNEXPECTED",
  ],
  ["the operation is refused", refused("GRAPHQL_VALIDATION_FAILED"), "UNEXPECTED"],
  ["the answer holds neither documents nor errors", requested(null), "UNEXPECTED"],
  ["the answer is another one", ready(), "UNEXPECTED"],
] as const)(
  "%s: said softly, and trying again asks for it again",
  async (_name, answer, reason) => {
    app.answer(failed("NOT_REQUESTED"), answer);
    const heard: unknown[] = [];
    const element = await openPage();
    element.addEventListener("b2b-documents-failed", (event) => {
      heard.push((event as DocumentsFailedEvent).detail);
    });

    await press(element, "request");
    await pass(60_000);
    expect(titleOf(element)).toBe(NOT_ASKED);
    expect(detailOf(element)).toBe("Your order isn’t affected. Please try again in a moment.");
    expect(all(element, "[part~=status-warning]")).toHaveLength(1);
    expect(heard).toEqual([{ orderId: ORDER_ID, reason, code: null }]);
    expect(app.requests).toHaveLength(2);
    app.answer(requested({ state: "READY", documents: [INVOICE] }));
    await press(element, "retry");

    expect(app.lastRequest.operationName).toBe("B2BInvoiceRequest");
    expect(titleOf(element)).toBe(READY);
  },
);

test("a request that didn't get through is repeated until it does", async () => {
  app.answer(
    failed("NOT_REQUESTED"),
    "network-failure",
    { status: 503, text: "" },
    requested({ state: "PREPARING", retryAfter: 500 }),
    ready(),
  );
  const element = await openPage();

  await press(element, "request");
  await pass(3000);
  expect(titleOf(element)).toBe(WAITING);
  expect(operations().slice(1)).toEqual(Array(3).fill("B2BInvoiceRequest"));
  await pass(500);

  expect(app.lastRequest.operationName).toBe("B2BOrderDocuments");
  expect(titleOf(element)).toBe(READY);
});

test("a request that doesn't get through in three minutes isn't called an invoice in the making", async () => {
  app.answer(failed("NOT_REQUESTED"), "network-failure");
  const element = await openPage();

  await press(element, "request");
  await pass(15_000);
  expect(detailOf(element)).toContain("We keep trying");
  await pass(3 * 60_000);

  expect(titleOf(element)).toBe(NOT_ASKED);
  app.answer(requested({ state: "READY", documents: [INVOICE] }));
  await press(element, "retry");
  expect(titleOf(element)).toBe(READY);
});

test("an order of somebody else is not found, as ever", async () => {
  const error = { field: "orderId", message: "There is no such order.", code: "NOT_FOUND" };
  app.answer(failed("NOT_REQUESTED"), requested(null, error), failed("NOT_REQUESTED"));
  const element = await openPage({ viewer: "customer" });

  await press(element, "request");
  expect(titleOf(element)).toBe("We found no document for this order");
  await press(element, "retry");

  expect(app.lastRequest.operationName).toBe("B2BOrderDocuments");
  expect(titleOf(element)).toBe(NONE_YET);
});

test("a session that ended in between: after signing in, trying again asks for the invoice", async () => {
  app.answer(failed("NOT_REQUESTED"), refused("UNAUTHENTICATED"));
  const element = await openPage({ viewer: "customer" });
  await press(element, "request");
  expect(titleOf(element)).toBe("Please sign in again");

  app.answer(requested({ state: "READY", documents: [INVOICE] }));
  await press(element, "retry");

  expect(titleOf(element)).toBe(READY);
});

test("a limit is kept to, and then the request is sent", async () => {
  app.answer(
    failed("NOT_REQUESTED"),
    refused("RATE_LIMITED", { retryAfter: 20_000 }),
    requested({ state: "READY", documents: [INVOICE] }),
  );
  const element = await openPage();

  await press(element, "request");
  await pass(19_999);
  expect(app.requests).toHaveLength(2);
  await pass(1);

  expect(titleOf(element)).toBe(READY);
});

test("an invoice that fails after all says why", async () => {
  app.answer(
    failed("NOT_REQUESTED"),
    requested({ state: "PREPARING", retryAfter: 500 }),
    failed("SUPPLIER_NOT_READY"),
  );
  const element = await openPage();

  await press(element, "request");
  await pass(500);

  expect(titleOf(element)).toBe("The invoice can’t be issued yet");
});
