/** Each state that a buyer can see, as what the app answers and what is then done on the page. */

import type { Page } from "playwright-core";

import type { Reply } from "./shop-server.ts";

export interface Scene {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly reply: Reply;
  /** Brings the page from its first answer to the state. The page's clock stands still. */
  readonly act?: (page: Page) => Promise<void>;
  /** Selects what is there only in this state. */
  readonly shown: string;
}

const INVOICE = {
  id: "1",
  kind: "INVOICE",
  number: "SF-1024",
  issuedOn: "2025-07-05",
  revision: 1,
  isVoid: false,
  total: { amount: 1234567.8, currency: "UAH" },
  url: "/documents/1",
  pdfUrl: "/documents/1.pdf",
};

function answer(fields: object): Reply {
  const documents = papers(fields);
  return () => ({ data: { b2bOrderDocuments: documents } });
}

function papers(fields: object): object {
  return { state: "READY", code: null, retryAfter: null, documents: [], ...fields };
}

const unknownOrder: Reply = () => ({ data: { b2bOrderDocuments: null } });

export const ready = answer({ documents: [INVOICE] });
export const renewed = answer({
  documents: [{ ...INVOICE, url: "/documents/1?fresh", pdfUrl: "/documents/1.pdf?fresh" }],
});
export const notRequested = answer({ state: "FAILED", code: "NOT_REQUESTED" });
export const requested = (): object => ({
  data: { b2bInvoiceRequest: { orderDocuments: papers({ state: "PREPARING" }), errors: [] } },
});
export const preparing = answer({ state: "PREPARING", retryAfter: 1000 });

function refused(code: string, extensions: object = {}): object {
  return { data: null, errors: [{ message: code, extensions: { code, ...extensions } }] };
}

async function submit(page: Page, email: string): Promise<void> {
  await page.locator("b2b-thank-you input").fill(email);
  await page.locator("b2b-thank-you [part~=submit]").click();
}

export const scenes: readonly Scene[] = [
  { name: "preparing", reply: preparing, shown: "[part~=status-busy]" },
  {
    name: "trouble",
    reply: () => undefined,
    act: (page) => page.clock.runFor(20_000),
    shown: "[part~=status-busy]",
  },
  {
    name: "stalled",
    reply: preparing,
    act: (page) => page.clock.runFor(181_000),
    shown: "[part~=status-warning]",
  },
  { name: "ready", reply: ready, shown: "[part~=status-success]" },
  {
    name: "several",
    reply: answer({
      documents: [
        { ...INVOICE, isVoid: true, number: "СФ-2025/07-000001024" },
        { ...INVOICE, id: "2", revision: 2, number: "СФ-2025/07-000001025" },
        { ...INVOICE, id: "3", kind: "WAYBILL", number: "77", total: null, pdfUrl: null },
      ],
    }),
    shown: "[part~=document]:nth-child(3)",
  },
  {
    name: "no-links",
    reply: answer({ documents: [{ ...INVOICE, url: "javascript:1", pdfUrl: "//evil.example" }] }),
    shown: "[part~=status-success]",
  },
  ...["SUPPLIER_NOT_READY", "RENDERING_FAILED", "NOT_INVOICEABLE", "UNHEARD_OF"].map((code) => ({
    name: `failed-${code.toLowerCase()}`,
    reply: answer({ state: "FAILED", code }),
    shown: "[part~=status-danger], [part~=status-neutral]",
  })),
  {
    name: "failed-order_cancelled",
    reply: answer({
      state: "FAILED",
      code: "ORDER_CANCELLED",
      documents: [{ ...INVOICE, isVoid: true }],
    }),
    shown: "[part=void]",
  },
  { name: "not-requested", reply: notRequested, shown: "[part~=request]" },
  {
    name: "request-failed",
    reply: (question) =>
      question.operationName === "B2BInvoiceRequest"
        ? { data: { b2bInvoiceRequest: { orderDocuments: null, errors: [{ code: "INVALID" }] } } }
        : notRequested(question),
    act: async (page: Page): Promise<void> => {
      await page.locator("b2b-thank-you [part~=request]").click();
      await page.clock.runFor(100);
    },
    shown: "[part~=status-warning]",
  },
  {
    name: "guest",
    attributes: { viewer: "guest", "guest-email": "buyer@example.com" },
    reply: unknownOrder,
    shown: "form",
  },
  {
    name: "guest-invalid",
    attributes: { viewer: "guest" },
    reply: unknownOrder,
    act: (page) => submit(page, "buyer"),
    shown: "[part=error]",
  },
  {
    name: "guest-not-found",
    attributes: { viewer: "guest" },
    reply: unknownOrder,
    act: (page) => submit(page, "buyer@example.com"),
    shown: "[part=error]",
  },
  {
    name: "guest-limited",
    attributes: { viewer: "guest" },
    reply: ({ guestEmail }) =>
      guestEmail === null
        ? { data: { b2bOrderDocuments: null } }
        : refused("RATE_LIMITED", { retryAfter: 30_000 }),
    act: (page) => submit(page, "buyer@example.com"),
    shown: "[part=error]",
  },
  {
    name: "guest-checking",
    attributes: { viewer: "guest" },
    reply: ({ guestEmail }) =>
      guestEmail === null ? { data: { b2bOrderDocuments: null } } : undefined,
    act: async (page: Page): Promise<void> => {
      await submit(page, "buyer@example.com");
      await page.clock.runFor(20_000);
    },
    shown: "[part~=submit][aria-disabled=true]",
  },
  {
    name: "not-found",
    attributes: { viewer: "customer" },
    reply: unknownOrder,
    shown: "[part~=retry]",
  },
  { name: "signed-out", reply: () => refused("UNAUTHENTICATED"), shown: "[part~=status-warning]" },
  { name: "problem", reply: () => refused("BROKEN"), shown: "[part~=status-danger]" },
];
