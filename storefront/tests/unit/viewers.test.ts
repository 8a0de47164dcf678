import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { StandInApp, UNKNOWN_ORDER, preparing, ready, refused } from "./stand-in-app.ts";
import {
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

const ASK_EMAIL = "Enter the e-mail you ordered with";

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

test("a guest is asked for the e-mail at once, and gets the documents by it", async () => {
  app.answer(UNKNOWN_ORDER, preparing(500), ready());

  const element = await openPage({ viewer: "guest" });
  expect(titleOf(element)).toBe(ASK_EMAIL);
  await submitEmail(element, "  buyer@example.com ");
  expect(app.lastRequest.variables).toEqual({
    orderId: "T3JkZXI6MQ==",
    guestEmail: "buyer@example.com",
  });
  expect(titleOf(element)).toBe("Your invoice is being prepared");
  await pass(500);

  expect(app.lastRequest.variables["guestEmail"]).toBe("buyer@example.com");
  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("an address that doesn't fit the order is told so and may be mended", async () => {
  app.answer(UNKNOWN_ORDER);
  const element = await openPage({ viewer: "guest" });

  await submitEmail(element, "other@example.com");
  expect(textOf(element, "#message")).toBe("We found no document for this order and address");
  expect(one(element, "input").getAttribute("aria-invalid")).toBe("true");
  expect((one(element, "input") as HTMLInputElement).value).toBe("other@example.com");
  app.answer(ready());
  await submitEmail(element, "buyer@example.com");

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test.each(["", "   ", "buyer", "buyer@", "a b@example.com"])(
  "what is no address (%j) is not sent",
  async (email) => {
    const element = await openPage({ viewer: "guest" });

    await submitEmail(element, email);

    expect(app.requests).toHaveLength(1);
    expect(textOf(element, "#message")).toContain("Enter a full address");
    expect(element.shadowRoot?.activeElement).toBe(one(element, "input"));
  },
);

test("guest-email fills the form in and is not sent by itself", async () => {
  const element = await openPage({ viewer: "guest", "guest-email": "buyer@example.com" });
  await pass(60_000);

  expect((one(element, "input") as HTMLInputElement).value).toBe("buyer@example.com");
  expect(app.requests.map((request) => request.variables["guestEmail"])).toEqual([null]);
});

test("the form stays and says that it is looking; a second press sends nothing", async () => {
  const element = await openPage({ viewer: "guest" });
  app.answer("silence");

  await submitEmail(element, "buyer@example.com");
  await submitEmail(element, "buyer@example.com");

  expect(textOf(element, "button[part~=submit]")).toBe("Looking…");
  expect(one(element, "button[part~=submit]").getAttribute("aria-disabled")).toBe("true");
  expect(app.requests).toHaveLength(2);
});

test("the guest's question is repeated through an outage, with a word after a while", async () => {
  const element = await openPage({ viewer: "guest" });
  app.answer("network-failure");

  await submitEmail(element, "buyer@example.com");
  await pass(15_000);
  expect(textOf(element, "#message")).toContain("We keep trying");
  app.answer(ready());
  await pass(15_000);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("a guest who tries too often is told how long to wait", async () => {
  const element = await openPage({ viewer: "guest" });
  app.answer(refused("RATE_LIMITED", { retryAfter: 30_000 }));

  await submitEmail(element, "buyer@example.com");
  expect(textOf(element, "#message")).toBe("Too many attempts. Please try again in 30 seconds.");
  await submitEmail(element, "buyer@example.com");
  expect(app.requests).toHaveLength(2);
  await pass(30_000);
  expect(textOf(element, "#message")).toBe("");
  app.answer(ready());
  await submitEmail(element, "buyer@example.com");

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("a guest out of patience is not sent to an account", async () => {
  const element = await openPage({ viewer: "guest" });
  app.answer(preparing());
  await submitEmail(element, "buyer@example.com");

  await pass(3 * 60_000 + 1);
  expect(detailOf(element)).toBe("Your order is safe. Please check again a little later.");
  app.answer(ready());
  await press(element, "retry");

  expect(app.lastRequest.variables["guestEmail"]).toBe("buyer@example.com");
  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("where the shop doesn't say who looks, it may be a guest", async () => {
  const element = await openPage();
  await pass(60_000);

  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe(ASK_EMAIL);
});

test("a customer is not asked for an e-mail: the order is another's", async () => {
  const element = await openPage({ viewer: "customer" });
  await pass(60_000);
  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe("We found no document for this order");
  expect(all(element, "form")).toHaveLength(0);
  app.answer(ready());
  await press(element, "retry");

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("a guest's address may turn out wrong only when the order has arrived", async () => {
  const element = await openPage();
  app.answer(preparing(500), UNKNOWN_ORDER);
  await submitEmail(element, "other@example.com");
  expect(titleOf(element)).toBe("Your invoice is being prepared");

  await pass(500);

  expect(textOf(element, "#message")).toBe("We found no document for this order and address");
});

test("a session that ended: sign in again, then try again", async () => {
  app.answer(refused("UNAUTHENTICATED"), ready());

  const element = await openPage();
  await pass(60_000);
  expect(app.requests).toHaveLength(1);
  expect(titleOf(element)).toBe("Please sign in again");
  await press(element, "retry");

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("HTTP 401 without a word is a session that ended", async () => {
  app.answer({ status: 401, text: "" });

  const element = await openPage();

  expect(titleOf(element)).toBe("Please sign in again");
});

test("a guest who is refused as unknown is asked for the e-mail", async () => {
  app.answer(refused("UNAUTHENTICATED"));

  const element = await openPage({ viewer: "guest" });

  expect(titleOf(element)).toBe(ASK_EMAIL);
});

test("a token is asked for before each request and shown to nobody else", async () => {
  const getAccessToken = vi.fn().mockResolvedValueOnce("first").mockResolvedValueOnce("second");
  app.answer(preparing(1000), ready());

  const element = await openPage(
    { "saleor-api-url": "https://saleor.example/graphql/" },
    (page) => {
      page.getAccessToken = getAccessToken;
    },
  );
  await pass(1000);

  expect(app.requests.map(({ headers }) => headers["Authorization"])).toEqual([
    "Bearer first",
    "Bearer second",
  ]);
  expect(app.lastRequest.headers["Saleor-Api-Url"]).toBe("https://saleor.example/graphql/");
  expect(element.outerHTML).not.toContain("second");
});

test("without a token function no Authorization is sent, and cookies stay on the origin", async () => {
  app.answer(ready());

  await openPage();

  expect(app.lastRequest.url).toBe("/api/b2b-documents");
  expect(app.lastRequest.credentials).toBe("same-origin");
  expect(Object.keys(app.lastRequest.headers).sort()).toEqual(["Accept", "Content-Type"]);
});

test("an empty token means a guest", async () => {
  const element = await openPage({}, (page) => {
    page.getAccessToken = () => Promise.resolve(null);
  });

  expect(titleOf(element)).toBe(ASK_EMAIL);
  expect(app.lastRequest.headers).not.toHaveProperty("Authorization");
});

test("a token means a customer", async () => {
  const element = await openPage({}, (page) => {
    page.getAccessToken = () => Promise.resolve("token");
  });

  expect(titleOf(element)).toBe("We found no document for this order");
});

test("a token that can't be had is an outage, not an end", async () => {
  app.answer(ready());
  const getAccessToken = vi.fn().mockRejectedValueOnce(new Error("503")).mockResolvedValue("token");

  const element = await openPage({}, (page) => {
    page.getAccessToken = getAccessToken;
  });
  expect(app.requests).toHaveLength(0);
  await pass(1000);

  expect(titleOf(element)).toBe("Your invoice is ready");
});

test("a token function that comes late starts over; another one after it doesn't", async () => {
  app.answer(refused("UNAUTHENTICATED"));
  const element = await openPage();
  expect(titleOf(element)).toBe("Please sign in again");

  app.answer(ready());
  element.getAccessToken = () => Promise.resolve("token");
  await pass(0);
  expect(titleOf(element)).toBe("Your invoice is ready");
  element.getAccessToken = () => Promise.resolve("token");
  await pass(60_000);

  expect(app.requests).toHaveLength(2);
});
