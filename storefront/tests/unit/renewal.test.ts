import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { B2BThankYou } from "../../src/index.ts";
import {
  INVOICE,
  StandInApp,
  UNKNOWN_ORDER,
  answerOf,
  failed,
  preparing,
  ready,
  refused,
} from "./stand-in-app.ts";
import type { Answer } from "./stand-in-app.ts";
import {
  all,
  link,
  one,
  openPage,
  pass,
  press,
  setVisibility,
  submitEmail,
  titleOf,
} from "./thank-you-page.ts";

const MINUTE = 60_000;
const STALE = 50 * MINUTE;
const READY = "Your invoice is ready";

const FRESH = {
  url: "https://docs.example/documents/1?key=fresh",
  pdfUrl: "https://docs.example/documents/1.pdf?key=fresh",
};

let app: StandInApp;
/** Addresses that a browser would have followed. */
let followed: string[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, "random").mockReturnValue(0);
  app = new StandInApp();
  followed = [];
  document.addEventListener("click", onClick);
});

afterEach(() => {
  document.body.replaceChildren();
  document.removeEventListener("click", onClick);
  vi.useRealTimers();
});

/** Stands in for the browser, which follows a link unless somebody prevented it. */
function onClick(event: MouseEvent): void {
  const pressed = event.composedPath()[0];
  if (!(pressed instanceof HTMLAnchorElement) || event.defaultPrevented) return;
  followed.push(pressed.href);
  event.preventDefault();
}

/** A page with a document on it that nobody has looked at for that long. */
async function openAndLeave(hiddenMs: number): Promise<B2BThankYou> {
  app.answer(ready(), ready(FRESH));
  const element = await openPage();
  setVisibility("hidden");
  await pass(hiddenMs);
  return element;
}

/** Time goes by, yet no timer comes due: the computer slept. */
function sleep(milliseconds: number): void {
  vi.setSystemTime(Date.now() + milliseconds);
}

test("links are renewed every 50 minutes while somebody looks", async () => {
  app.answer(ready(), ready(FRESH), ready());
  const element = await openPage();

  await pass(STALE - 1);
  expect(app.requests).toHaveLength(1);
  await pass(1);
  expect(app.requests).toHaveLength(2);
  expect(link(element, "download").href).toBe(FRESH.pdfUrl);
  expect(link(element, "print").href).toBe(`${FRESH.url}#print`);
  expect(link(element, "open").href).toBe(FRESH.url);
  await pass(STALE);

  expect(app.requests).toHaveLength(3);
  expect(link(element, "open").href).toBe(INVOICE.url);
});

test("nothing is asked while nobody looks, and links are renewed on the return", async () => {
  const element = await openAndLeave(5 * 60 * MINUTE);
  expect(app.requests).toHaveLength(1);

  setVisibility("visible");
  await pass(0);

  expect(app.requests).toHaveLength(2);
  expect(link(element, "open").href).toBe(FRESH.url);
});

test("links that are young enough are left alone on the return", async () => {
  await openAndLeave(STALE - 1000);

  setVisibility("visible");
  dispatchEvent(new Event("focus"));
  await pass(0);

  expect(app.requests).toHaveLength(1);
});

test.each(["focus", "pageshow"])("after a sleep, %s renews them", async (type) => {
  app.answer(ready(), ready(FRESH));
  const element = await openPage();
  sleep(2 * 60 * MINUTE);

  dispatchEvent(new Event(type));
  dispatchEvent(new Event(type));
  await pass(0);

  expect(app.requests).toHaveLength(2);
  expect(link(element, "open").href).toBe(FRESH.url);
});

test("after a sleep that no event tells of, they are renewed within a minute", async () => {
  app.answer(ready(), ready(FRESH));
  const element = await openPage();
  sleep(2 * 60 * MINUTE);

  await pass(MINUTE);

  expect(link(element, "open").href).toBe(FRESH.url);
});

test("the card, the focus and the words stay while links are renewed; the page isn't told again", async () => {
  app.answer(ready(), { afterMs: 5000, answer: ready(FRESH) });
  let told = 0;
  const element = await openPage({}, (page) => {
    page.addEventListener("b2b-documents-ready", () => {
      told += 1;
    });
  });
  const card = one(element, "[part~=document]");
  const open = link(element, "open");
  open.focus();
  const said: unknown[] = [];
  const observer = new MutationObserver((records) => said.push(...records));
  observer.observe(one(element, "[role=status]"), {
    childList: true,
    characterData: true,
    subtree: true,
  });

  await pass(STALE + 1000);
  expect(one(element, "section").getAttribute("aria-busy")).toBe("false");
  expect(one(element, "[part~=document]")).toBe(card);
  await pass(4000);
  observer.disconnect();

  expect(open.href).toBe(FRESH.url);
  expect(one(element, "[part~=document]")).toBe(card);
  expect(element.shadowRoot?.activeElement).toBe(open);
  expect(said).toEqual([]);
  expect(told).toBe(1);
});

test.each<[string, Answer]>([
  ["no connection", "network-failure"],
  ["no answer", "silence"],
  ["HTTP 503", { status: 503, text: "" }],
  ["a session that ended", refused("UNAUTHENTICATED")],
  ["no such order any more", UNKNOWN_ORDER],
  ["a refusal", refused("BROKEN")],
  ["a new revision in the making", preparing()],
  ["a new revision that failed", failed("RENDERING_FAILED")],
  ["ready without a document", answerOf({ state: "READY" })],
])(
  "%s: the card stays with the links it has, and they are asked for again",
  async (_name, answer) => {
    app.answer(ready(), answer);
    const element = await openPage();
    const card = one(element, "[part~=document]");

    await pass(STALE + 30_000);
    expect(app.requests).toHaveLength(2);
    expect(titleOf(element)).toBe(READY);
    expect(one(element, "[part~=document]")).toBe(card);
    expect(link(element, "open").href).toBe(INVOICE.url);
    app.answer(ready(FRESH));
    await pass(2 * MINUTE);

    expect(app.requests).toHaveLength(3);
    expect(one(element, "[part~=document]")).toBe(card);
    expect(link(element, "open").href).toBe(FRESH.url);
  },
);

test("failing renewals get rarer, coming and going doesn't make them more, the network does", async () => {
  app.answer(ready(), "network-failure");
  await openPage();

  await pass(STALE + 60 * MINUTE);
  const asked = app.requests.length;
  expect(asked).toBe(2 + 4 + 3);
  setVisibility("hidden");
  setVisibility("visible");
  dispatchEvent(new Event("focus"));
  await pass(0);
  expect(app.requests).toHaveLength(asked);
  dispatchEvent(new Event("online"));
  await pass(0);

  expect(app.requests).toHaveLength(asked + 1);
});

test("a guest's links are renewed by the e-mail that was given", async () => {
  app.answer(UNKNOWN_ORDER, ready(), ready(FRESH));
  const element = await openPage({ viewer: "guest" });
  await submitEmail(element, "buyer@example.com");

  await pass(STALE);

  expect(app.lastRequest.variables["guestEmail"]).toBe("buyer@example.com");
  expect(link(element, "open").href).toBe(FRESH.url);
});

test("a document that became void meanwhile is shown as such, and the page is told", async () => {
  app.answer(ready(), ready({ ...FRESH, isVoid: true }));
  const heard: boolean[] = [];
  const element = await openPage({}, (page) => {
    page.addEventListener("b2b-documents-ready", (event) => {
      heard.push(
        (event as CustomEvent<{ documents: [{ isVoid: boolean }] }>).detail.documents[0].isVoid,
      );
    });
  });

  await pass(STALE);

  expect(titleOf(element)).toBe("This document is no longer valid");
  expect(heard).toEqual([false, true]);
});

test("the links of a cancelled order's void invoice are renewed too", async () => {
  const code = "ORDER_CANCELLED";
  app.answer(failed(code, { isVoid: true }), failed(code, { ...FRESH, isVoid: true }));
  const element = await openPage();

  await pass(STALE);

  expect(titleOf(element)).toBe("The order has been cancelled");
  expect(link(element, "open").href).toBe(FRESH.url);
});

test("where no document is shown, nothing is renewed", async () => {
  app.answer(failed("ORDER_CANCELLED"));
  await openPage();

  await pass(3 * 60 * MINUTE);
  dispatchEvent(new Event("focus"));
  await pass(0);

  expect(app.requests).toHaveLength(1);
});

test("out of the page nothing is renewed; back in it, what is old is", async () => {
  app.answer(ready(), ready(FRESH));
  const element = await openPage();

  element.remove();
  await pass(2 * 60 * MINUTE);
  dispatchEvent(new Event("focus"));
  await pass(0);
  expect(app.requests).toHaveLength(1);
  document.body.append(element);
  await pass(0);

  expect(app.requests).toHaveLength(2);
  expect(link(element, "open").href).toBe(FRESH.url);
});

test("another order drops the renewal that is under way", async () => {
  app.answer(ready(), { afterMs: 5000, answer: ready(FRESH) }, ready({ number: "SF-2" }));
  const element = await openPage();
  await pass(STALE);

  element.orderId = "T3JkZXI6Mg==";
  await pass(10_000);

  expect(app.requests[1]?.signal.aborted).toBe(true);
  expect(link(element, "open").href).toBe(INVOICE.url);
});

test.each(["download", "print", "open"])("a young link is followed as it is: %s", async (part) => {
  app.answer(ready());
  const element = await openPage();
  await pass(STALE - 1000);

  link(element, part).click();

  expect(followed).toEqual([link(element, part).href]);
  expect(app.requests).toHaveLength(1);
});

test.each([
  ["download", FRESH.pdfUrl],
  ["print", `${FRESH.url}#print`],
  ["open", FRESH.url],
])("a press on a stale link follows the fresh one: %s", async (part, address) => {
  app.answer(ready(), { afterMs: 800, answer: ready(FRESH) });
  const element = await openPage();
  sleep(STALE);

  link(element, part).click();
  await pass(799);
  expect(followed).toEqual([]);
  await pass(1);

  expect(followed).toEqual([address]);
  expect(app.requests).toHaveLength(2);
});

test("a press joins the renewal that the return began, and is followed once", async () => {
  const element = await openAndLeave(2 * 60 * MINUTE);
  app.answer({ afterMs: 800, answer: ready(FRESH) });
  setVisibility("visible");

  link(element, "open").click();
  link(element, "open").click();
  await pass(5000);

  expect(followed).toEqual([FRESH.url]);
  expect(app.requests).toHaveLength(2);
});

test("where no fresh link can be had, the old one is followed; the next press tries again", async () => {
  app.answer(ready(), "network-failure", ready(FRESH));
  const element = await openPage();
  sleep(2 * 60 * MINUTE);

  link(element, "open").click();
  await pass(0);
  expect(followed).toEqual([INVOICE.url]);
  link(element, "open").click();
  await pass(0);

  expect(followed).toEqual([INVOICE.url, FRESH.url]);
});

test("a press waits no longer than a browser remembers it", async () => {
  app.answer(ready(), { afterMs: 10_000, answer: ready(FRESH) });
  const element = await openPage();
  sleep(STALE);

  link(element, "open").click();
  await pass(3000);
  expect(followed).toEqual([INVOICE.url]);
  await pass(7000);

  expect(link(element, "open").href).toBe(FRESH.url);
  expect(followed).toHaveLength(1);
});

test("where the app wants quiet, a press follows the old link at once", async () => {
  app.answer(ready(), refused("RATE_LIMITED", { retryAfter: 10 * MINUTE }), ready(FRESH));
  const element = await openPage();
  await pass(STALE);

  link(element, "open").click();
  await pass(0);
  expect(followed).toEqual([INVOICE.url]);
  expect(app.requests).toHaveLength(2);
  await pass(10 * MINUTE - 1);
  expect(app.requests).toHaveLength(2);
  await pass(1);

  expect(link(element, "open").href).toBe(FRESH.url);
});

test.each(["ctrlKey", "metaKey", "shiftKey", "altKey"])(
  "a press with %s is the browser's",
  async (key) => {
    app.answer(ready());
    const element = await openPage();
    sleep(STALE);

    link(element, "open").dispatchEvent(
      new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, [key]: true }),
    );

    expect(followed).toEqual([INVOICE.url]);
  },
);

test("a link that went with its document is not followed", async () => {
  app.answer(ready({ id: "1" }), ready({ ...FRESH, id: "2" }));
  const element = await openPage();
  sleep(STALE);

  link(element, "open").click();
  await pass(0);

  expect(followed).toEqual([]);
  expect(all(element, "[part~=document]")).toHaveLength(1);
});

test("asking again after an end renews from then on", async () => {
  app.answer(failed("RENDERING_FAILED"), ready(), ready(FRESH));
  const element = await openPage();
  await pass(STALE);
  await press(element, "retry");
  expect(titleOf(element)).toBe(READY);

  await pass(STALE);

  expect(app.requests).toHaveLength(3);
  expect(link(element, "open").href).toBe(FRESH.url);
});
