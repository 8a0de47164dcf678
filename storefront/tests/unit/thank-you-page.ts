/** A thank-you page in miniature: the element in a document, and ways to look at it. */

import { vi } from "vitest";

import type { B2BThankYou } from "../../src/index.ts";
import "../../src/index.ts";

export const ORDER_ID = "T3JkZXI6MQ==";
export const ENDPOINT = "/api/b2b-documents";

/** Puts the element in the page; attributes that are `null` are left out. */
export async function openPage(
  attributes: Readonly<Record<string, string | null>> = {},
  prepare: (element: B2BThankYou) => void = () => undefined,
): Promise<B2BThankYou> {
  const element = document.createElement("b2b-thank-you");
  const all: Record<string, string | null> = {
    "order-id": ORDER_ID,
    endpoint: ENDPOINT,
    lang: "en",
    ...attributes,
  };
  for (const [name, value] of Object.entries(all)) {
    if (value !== null) element.setAttribute(name, value);
  }
  prepare(element);
  document.body.append(element);
  await pass(0);
  return element;
}

/** Lets that much time pass, with all that comes due in it. */
export async function pass(milliseconds: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

export function setVisibility(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

export function one(element: Element, selector: string): HTMLElement {
  const found = element.shadowRoot?.querySelector<HTMLElement>(selector);
  if (found == null) throw new Error(`Nothing is ${selector}`);
  return found;
}

export function all(element: Element, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function textOf(element: Element, selector: string): string {
  return one(element, selector).textContent.replaceAll(/\s+/g, " ").trim();
}

export function titleOf(element: Element): string {
  return textOf(element, "[part=title]");
}

export function detailOf(element: Element): string {
  return textOf(element, "[part=detail]");
}

/** The links of a document by their part: download, print, open. */
export function link(element: Element, part: string): HTMLAnchorElement {
  return one(element, `a[part~=${part}]`) as HTMLAnchorElement;
}

export async function press(element: Element, part: string): Promise<void> {
  one(element, `button[part~=${part}]`).click();
  await pass(0);
}

export async function submitEmail(element: Element, email: string): Promise<void> {
  (one(element, "input") as HTMLInputElement).value = email;
  one(element, "form").dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
  await pass(0);
}
