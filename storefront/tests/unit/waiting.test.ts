import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { StandInApp, failed, preparing, ready, refused } from "./stand-in-app.ts";
import {
  all,
  detailOf,
  openPage,
  pass,
  press,
  setVisibility,
  textOf,
  titleOf,
} from "./thank-you-page.ts";

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

test("waits as long as the app said, then shows the document without a reload", async () => {
  app.answer(preparing(700), ready());

  const element = await openPage();
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(699);
  expect(app.requests).toHaveLength(1);
  await pass(1);

  expect(app.requests).toHaveLength(2);
  expect(titleOf(element)).toBe("Your invoice is ready");
  expect(textOf(element, "[part=document-name]")).toBe("Invoice No. SF-1024");
});

test("stops asking once the documents are there", async () => {
  app.answer(ready());

  await openPage();
  await pass(10 * 60_000);

  expect(app.requests).toHaveLength(1);
});

test("adds jitter upwards only", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.999);
  app.answer(preparing(1000), ready());

  await openPage();
  await pass(1199);
  expect(app.requests).toHaveLength(1);
  await pass(1);

  expect(app.requests).toHaveLength(2);
});

test.each([
  [0, 500],
  [60_000, 15_000],
  [null, 1500],
  [-5, 1500],
])("a retryAfter of %s becomes %i ms", async (retryAfter, delay) => {
  app.answer(preparing(retryAfter), ready());

  await openPage();
  await pass(delay - 1);
  expect(app.requests).toHaveLength(1);
  await pass(1);

  expect(app.requests).toHaveLength(2);
});

test("never has two requests under way", async () => {
  app.answer("silence");

  await openPage();
  dispatchEvent(new Event("online"));
  await pass(14_000);

  expect(app.requests).toHaveLength(1);
});

test("shows what is ready while the rest is being prepared", async () => {
  const both = ready({}, { id: "2", number: "SF-1025" });
  app.answer({ json: { data: { b2bOrderDocuments: preparingWithOneDocument() } } }, both);

  const element = await openPage();
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  expect(all(element, "[part~=document]")).toHaveLength(1);
  await pass(1000);

  expect(titleOf(element)).toBe("Your documents are ready");
  expect(all(element, "[part~=document]")).toHaveLength(2);
});

function preparingWithOneDocument(): object {
  return {
    state: "PREPARING",
    code: null,
    retryAfter: 1000,
    documents: [{ id: "1", kind: "INVOICE", number: "SF-1024" }],
  };
}

test("ready without any document is still being prepared", async () => {
  app.answer(
    {
      json: { data: { b2bOrderDocuments: { state: "READY", documents: [] } } },
    },
    ready(),
  );

  const element = await openPage();
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(1500);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("keeps trying quietly through failures, further and further apart", async () => {
  app.answer(
    "network-failure",
    { status: 503, text: "<h1>Down</h1>" },
    { status: 500, text: "" },
    ready(),
  );

  const element = await openPage();
  await pass(1000);
  expect(app.requests).toHaveLength(2);
  await pass(2000);
  expect(app.requests).toHaveLength(3);
  expect(detailOf(element)).toContain("It will appear here by itself");
  await pass(3999);
  expect(app.requests).toHaveLength(3);
  await pass(1);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("says softly that there is trouble once it lasts, and takes it back", async () => {
  app.answer("network-failure");

  const element = await openPage();
  await pass(7000);
  expect(detailOf(element)).not.toContain("We keep trying");
  await pass(8000);
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  expect(detailOf(element)).toContain("We keep trying");
  app.answer(preparing());
  await pass(15_000);

  expect(detailOf(element)).toContain("It will appear here by itself");
});

test("asks at once when the network is back", async () => {
  app.answer("network-failure");
  const element = await openPage();
  await pass(20_000);
  const asked = app.requests.length;
  app.answer(ready());

  dispatchEvent(new Event("online"));
  await pass(0);

  expect(app.requests).toHaveLength(asked + 1);
  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("an answer that never comes is given up and asked for again", async () => {
  app.answer("silence", ready());

  const element = await openPage();
  await pass(15_000);
  expect(app.requests[0]?.signal.aborted).toBe(true);
  await pass(1000);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("asks nothing while the tab is hidden, and goes on when it is shown", async () => {
  app.answer(preparing(1000));
  await openPage();

  setVisibility("hidden");
  await pass(60 * 60_000);
  expect(app.requests).toHaveLength(1);
  setVisibility("visible");
  await pass(0);

  expect(app.requests).toHaveLength(2);
});

test("showing and hiding the tab over and over asks no more often", async () => {
  app.answer(preparing(1000));
  await openPage();

  for (let turn = 0; turn < 10; turn += 1) {
    setVisibility("hidden");
    setVisibility("visible");
    await pass(50);
  }

  expect(app.requests).toHaveLength(1);
});

test("a page opened in a hidden tab asks when it is looked at", async () => {
  app.answer(ready());
  setVisibility("hidden");

  const element = await openPage();
  await pass(5000);
  expect(app.requests).toHaveLength(0);
  setVisibility("visible");
  await pass(0);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("stops after three minutes, and asks again on demand", async () => {
  app.answer(preparing(1000));

  const element = await openPage();
  await pass(3 * 60_000 + 1);
  expect(titleOf(element)).toBe("Your invoice is still being prepared");
  expect(detailOf(element)).toContain("in your account");
  const asked = app.requests.length;
  await pass(60_000);
  expect(app.requests).toHaveLength(asked);
  app.answer(ready());
  await press(element, "retry");

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("time in a hidden tab doesn't count towards the three minutes", async () => {
  app.answer(preparing(1000));
  const element = await openPage();
  await pass(2 * 60_000);

  setVisibility("hidden");
  await pass(60 * 60_000);
  setVisibility("visible");
  await pass(59_000);
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(1001);

  expect(titleOf(element)).toBe("Your invoice is still being prepared");
});

test.each([
  ["brings the documents", ready(), "Your invoice is ready"],
  ["brings nothing", preparing(), "Your invoice is still being prepared"],
])("a question under way when patience ends is waited for: %s", async (_name, answer, title) => {
  app.answer(preparing(1000));
  const element = await openPage();
  await pass(174_500);
  app.answer({ afterMs: 10_000, answer });

  await pass(10_000);
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(500);

  expect(titleOf(element)).toBe(title);
});

test("keeps still as long as the limit says, though the network comes back or the tab is shown", async () => {
  app.answer(refused("RATE_LIMITED", { retryAfter: 40_000 }), ready());

  const element = await openPage();
  dispatchEvent(new Event("online"));
  setVisibility("hidden");
  setVisibility("visible");
  await pass(39_999);
  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(1);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("trying again doesn't break the limit", async () => {
  app.answer(refused("RATE_LIMITED", { retryAfter: 200_000 }), ready());
  const element = await openPage();
  await pass(3 * 60_000);
  expect(titleOf(element)).toBe("Your invoice is still being prepared");

  await press(element, "retry");
  await pass(19_999);
  expect(app.requests).toHaveLength(1);
  await pass(1);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("HTTP 429 is a limit too", async () => {
  app.answer({ status: 429, json: {}, headers: { "Retry-After": "20" } }, ready());

  await openPage();
  await pass(19_999);
  expect(app.requests).toHaveLength(1);
  await pass(1);

  expect(app.requests).toHaveLength(2);
});

test("stops when the element leaves the page and goes on when it is back", async () => {
  app.answer(preparing(1000));
  const element = await openPage();

  element.remove();
  await pass(60_000);
  expect(app.requests).toHaveLength(1);
  app.answer(ready());
  document.body.append(element);
  await pass(0);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("moving the element does not ask again for what is known", async () => {
  app.answer(ready());
  const element = await openPage();

  element.remove();
  document.body.append(element);
  await pass(60_000);

  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("another order starts anew and forgets the first one", async () => {
  app.answer("silence", ready({ number: "SF-2" }));
  const element = await openPage();

  element.setAttribute("order-id", "T3JkZXI6Mg==");
  await pass(0);

  expect(app.requests[0]?.signal.aborted).toBe(true);
  expect(app.lastRequest.variables["orderId"]).toBe("T3JkZXI6Mg==");
  expect(textOf(element, "[part=document-name]")).toBe("Invoice No. SF-2");
});

test("asks and shows nothing until it knows the order and the address", async () => {
  app.answer(ready());

  const element = await openPage({ "order-id": null });
  await pass(5000);
  expect(app.requests).toHaveLength(0);
  expect(all(element, "*")).toHaveLength(0);
  element.setAttribute("order-id", "T3JkZXI6MQ==");
  await pass(0);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test.each([
  ["SUPPLIER_NOT_READY", "The invoice can’t be issued yet", 1],
  ["RENDERING_FAILED", "The invoice couldn’t be prepared", 1],
  ["ORDER_CANCELLED", "The order has been cancelled", 0],
  ["NOT_INVOICEABLE", "No invoice is issued for this order", 0],
  ["SOMETHING_NEW", "The invoice couldn’t be prepared", 1],
  [null, "The invoice couldn’t be prepared", 1],
])("the failure %s is said in words", async (code, title, retries) => {
  app.answer(failed(code));

  const element = await openPage();
  await pass(60_000);

  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe(title);
  expect(all(element, "button[part~=retry]")).toHaveLength(retries);
});

test.each([
  ["a refused operation", refused("GRAPHQL_VALIDATION_FAILED")],
  ["an error without a code", { json: { errors: [{ message: "?" }] } }],
  ["HTTP 404", { status: 404, text: "Not found" }],
  ["a page instead of an answer", { status: 200, text: "<!doctype html>" }],
  ["no data", { json: {} }],
  ["another shape", { json: { data: { b2bOrderDocuments: { state: "DONE" } } } }],
  ["a document without a number", ready({ number: null })],
] as const)("%s: something went wrong, with a way to try again", async (_name, answer) => {
  app.answer(answer, ready());

  const element = await openPage();
  await pass(60_000);
  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe("Something went wrong");
  await press(element, "retry");

  expect(titleOf(element)).toBe("Your invoice is ready");
});
