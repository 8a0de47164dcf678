import { afterEach, beforeEach, expect, test, vi } from "vitest";

import type { DocumentsFailedEvent, DocumentsReadyEvent } from "../../src/index.ts";
import {
  INVOICE,
  StandInApp,
  UNKNOWN_ORDER,
  failed,
  preparing,
  ready,
  refused,
} from "./stand-in-app.ts";
import {
  ORDER_ID,
  all,
  link,
  one,
  openPage,
  pass,
  press,
  submitEmail,
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
  document.documentElement.removeAttribute("lang");
  vi.useRealTimers();
});

test("a document shows number, day and sum, and links to download, print and open", async () => {
  app.answer(ready());

  const element = await openPage();

  expect(textOf(element, "[part=document-name]")).toBe("Invoice No. SF-1024");
  expect(textOf(element, "[part=document-facts]")).toBe("of 5 July 2025");
  expect(textOf(element, "[part=total]")).toBe("Total: UAH 12,345.60");
  expect(link(element, "download").href).toBe(INVOICE.pdfUrl);
  expect(link(element, "download").getAttribute("download")).toBe("SF-1024.pdf");
  expect(link(element, "print").href).toBe(`${INVOICE.url}#print`);
  expect(link(element, "open").href).toBe(INVOICE.url);
  for (const part of ["print", "open"]) {
    expect(link(element, part).target).toBe("_blank");
    expect(link(element, part).rel).toBe("noopener");
  }
  expect(textOf(element, "a[part~=open]")).toBe("Open: Invoice No. SF-1024 (opens in a new tab)");
});

test("a file of the shop's own origin is downloaded in place, a foreign one in its own tab", async () => {
  app.answer(ready({ pdfUrl: "/documents/1.pdf" }, { id: "2" }));

  const element = await openPage();

  const [own, foreign] = all(element, "a[part~=download]") as HTMLAnchorElement[];
  expect(own?.href).toBe("https://shop.example/documents/1.pdf");
  expect(own?.hasAttribute("target")).toBe(false);
  expect(foreign?.target).toBe("_blank");
});

test("without a web document, print opens the PDF and there is nothing to open", async () => {
  app.answer(ready({ url: null }));

  const element = await openPage();

  expect(link(element, "print").href).toBe(INVOICE.pdfUrl);
  expect(all(element, "a[part~=open]")).toHaveLength(0);
});

test("the file's name keeps to what file systems take", async () => {
  app.answer(ready({ number: "СФ/2025 №7" }));

  const element = await openPage();

  expect(link(element, "download").getAttribute("download")).toBe("СФ-2025-7.pdf");
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  " javascript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "blob:https://shop.example/1",
  "file:///etc/passwd",
  "//evil.example/1",
  "/\\evil.example/1",
  "/\t/evil.example/1",
  "\\\\evil.example",
  "https://shop.example@evil.example/1",
  "https:evil",
  "documents/1",
  "http://",
  "",
])("the address %j never becomes a link", async (address) => {
  app.answer(ready({ url: address, pdfUrl: address }));

  const element = await openPage();

  expect(all(element, "a")).toHaveLength(0);
  expect(textOf(element, "[part~=document]")).toContain("can’t be opened from here");
});

test("one bad address doesn't take the good one along", async () => {
  app.answer(ready({ url: "javascript:alert(1)" }));

  const element = await openPage();

  expect(all(element, "a").map((each) => each.getAttribute("href"))).toEqual([
    INVOICE.pdfUrl,
    INVOICE.pdfUrl,
  ]);
});

test("what a document says is text, never markup", async () => {
  app.answer(ready({ number: "<img src=x onerror=alert(1)>" }));

  const element = await openPage();

  expect(all(element, "img")).toHaveLength(0);
  expect(textOf(element, "[part=document-name]")).toContain("<img src=x");
});

test("a void document says so, beside the one that replaced it", async () => {
  app.answer(ready({ isVoid: true }, { id: "2", number: "SF-1024", revision: 2 }));

  const element = await openPage();

  expect(titleOf(element)).toBe("Your documents are ready");
  expect(all(element, "[part=void]").map((each) => each.textContent)).toEqual([
    "Void, not to be paid",
  ]);
  expect(all(element, "[part~=document-void]")).toHaveLength(1);
  expect(all(element, "[part=document-facts]")[1]?.textContent).toContain("Revision 2");
  expect(all(element, "[part=document-facts]")[0]?.textContent).not.toContain("Revision");
});

test("nothing but void documents is no success", async () => {
  app.answer(ready({ isVoid: true }));

  const element = await openPage();

  expect(titleOf(element)).toBe("This document is no longer valid");
});

test("a cancelled order shows its void invoice too", async () => {
  app.answer(failed("ORDER_CANCELLED", { isVoid: true }));

  const element = await openPage();

  expect(titleOf(element)).toBe("The order has been cancelled");
  expect(all(element, "[part=void]")).toHaveLength(1);
});

test("a kind from the future has a general name", async () => {
  app.answer(ready({ kind: "WAYBILL" }));

  const element = await openPage();

  expect(titleOf(element)).toBe("Your document is ready");
  expect(textOf(element, "[part=document-name]")).toBe("Document No. SF-1024");
});

test.each([
  [{ amount: "1234567890123456.78", currency: "USD" }, "US$1,234,567,890,123,456.78"],
  [{ amount: 0, currency: "EUR" }, "€0.00"],
  [{ amount: 1000, currency: "JPY" }, "JP¥1,000"],
  [{ amount: 5, currency: "??" }, "5 ??"],
  [{ amount: "many", currency: "UAH" }, "many UAH"],
])("the sum %j is written %s", async (total, text) => {
  app.answer(ready({ total }));

  const element = await openPage();

  expect(textOf(element, "[part=total]")).toBe(`Total: ${text}`);
});

test("what isn't known isn't shown", async () => {
  app.answer(ready({ total: null, issuedOn: null }));

  const element = await openPage();

  expect(all(element, "[part=total]")).toHaveLength(0);
  expect(textOf(element, "[part=document-facts]")).toBe("");
});

test("the page is told of the documents, once, after they are shown", async () => {
  app.answer(preparing(1000), ready());
  const heard: DocumentsReadyEvent[] = [];
  const shown: string[] = [];
  document.body.addEventListener("b2b-documents-ready", (event) => {
    heard.push(event as DocumentsReadyEvent);
    shown.push(titleOf(event.target as Element));
  });

  await openPage();
  expect(heard).toHaveLength(0);
  await pass(60_000);

  expect(heard).toHaveLength(1);
  expect(heard[0]?.detail.orderId).toBe(ORDER_ID);
  expect(heard[0]?.detail.documents).toEqual([INVOICE]);
  expect(shown).toEqual(["Your invoice is ready"]);
});

test.each([
  ["FAILED", "NOT_INVOICEABLE", failed("NOT_INVOICEABLE"), 0],
  ["TIMEOUT", null, preparing(), 3 * 60_000 + 1],
  ["UNAUTHENTICATED", null, refused("UNAUTHENTICATED"), 0],
  ["NOT_FOUND", null, UNKNOWN_ORDER, 0],
  ["UNEXPECTED", null, { json: {} }, 0],
] as const)("the page is told of an end: %s", async (reason, code, answer, after) => {
  app.answer(answer);
  const heard: unknown[] = [];
  const listen = (event: Event): void => {
    heard.push((event as DocumentsFailedEvent).detail);
  };

  await openPage({ viewer: "customer" }, (element) => {
    element.addEventListener("b2b-documents-failed", listen);
  });
  await pass(after);

  expect(heard).toEqual([{ orderId: ORDER_ID, reason, code }]);
});

test("the page is told when a guest's address doesn't fit, not when it is asked for", async () => {
  const heard: unknown[] = [];
  const element = await openPage({ viewer: "guest" }, (page) => {
    page.addEventListener("b2b-documents-failed", (event) => {
      heard.push((event as DocumentsFailedEvent).detail.reason);
    });
  });
  expect(heard).toEqual([]);

  await submitEmail(element, "other@example.com");

  expect(heard).toEqual(["NOT_FOUND"]);
});

test("focus stays in the element when its button goes, and is never taken from elsewhere", async () => {
  app.answer(failed("RENDERING_FAILED"), ready());
  const field = document.createElement("input");
  document.body.append(field);
  field.focus();
  const element = await openPage();
  expect(document.activeElement).toBe(field);

  one(element, "button[part~=retry]").focus();
  await press(element, "retry");

  expect(titleOf(element)).toBe("Your invoice is ready");
  expect(element.shadowRoot?.activeElement).toBe(one(element, "#status"));
});

test("one live region lasts through all states", async () => {
  app.answer(preparing(1000), failed(null), ready());
  const element = await openPage();
  const region = one(element, "[role=status]");
  expect(region.getAttribute("aria-live")).toBe("polite");

  await pass(1000);
  expect(one(element, "[role=status]")).toBe(region);
  await press(element, "retry");

  expect(one(element, "[role=status]")).toBe(region);
  expect(region.textContent).toContain("Your invoice is ready");
});

test("styles are adopted, never written into the page", async () => {
  app.answer(ready());

  const element = await openPage();

  expect(all(element, "style, [style]")).toHaveLength(0);
  expect(element.shadowRoot?.adoptedStyleSheets).toHaveLength(2);
});

test("a second copy of the bundle changes nothing and doesn't fail", async () => {
  const first = customElements.get("b2b-thank-you");
  vi.resetModules();

  const second = await import("../../src/index.ts");

  expect(second.B2BThankYou).not.toBe(first);
  expect(customElements.get("b2b-thank-you")).toBe(first);
});
