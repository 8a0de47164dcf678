/** A page of the account in miniature: one element in a document, and an app behind it. */

import type { B2BBalance, B2BDebtPanel, B2BJournal, B2BPayments } from "../../src/account.ts";
import "../../src/account.ts";
import { refusal } from "../account-answers.ts";
import type { Fields } from "../account-answers.ts";
import type { Answer } from "./stand-in-app.ts";
import { all, one, pass, textOf } from "./thank-you-page.ts";

export const ENDPOINT = "/api/b2b-documents";

interface Elements {
  readonly "b2b-balance": B2BBalance;
  readonly "b2b-debt-panel": B2BDebtPanel;
  readonly "b2b-journal": B2BJournal;
  readonly "b2b-payments": B2BPayments;
}

/** Puts the element in the page; attributes that are `null` are left out. */
export async function openAccount<Name extends keyof Elements>(
  name: Name,
  attributes: Readonly<Record<string, string | null>> = {},
  prepare: (element: Elements[Name]) => void = () => undefined,
): Promise<Elements[Name]> {
  const element = document.createElement(name) as unknown as Elements[Name];
  const given: Record<string, string | null> = { endpoint: ENDPOINT, lang: "en", ...attributes };
  for (const [key, value] of Object.entries(given)) {
    if (value !== null) element.setAttribute(key, value);
  }
  prepare(element);
  document.body.append(element);
  await settle();
  return element;
}

/** Lets answers arrive that wait for nothing, each of which may ask the next question. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await pass(0);
}

export function ok(data: Fields): Answer {
  return { json: { data } };
}

export function no(code: string, extensions: Fields = {}): Answer {
  return { json: refusal(code, extensions) };
}

/** Texts of all elements that match, with plain spaces. */
export function textsOf(element: Element, selector: string): string[] {
  return all(element, selector).map((each) => each.textContent.replaceAll(/\s+/g, " ").trim());
}

/** The cells of a row by the name of their column. */
export function rowOf(element: Element, index: number): Record<string, string> {
  const row = all(element, "tbody [part~=row]:not(.lead)")[index];
  if (row === undefined) throw new Error(`No row ${String(index)}`);
  return cellsOf(row);
}

export function footerOf(element: Element): Record<string, string> {
  return cellsOf(one(element, "[part~=row-footer]"));
}

function cellsOf(row: Element): Record<string, string> {
  const cells: Record<string, string> = {};
  for (const cell of row.querySelectorAll("td")) {
    const name = cell.getAttribute("part")?.replace("cell ", "") ?? "";
    const text = cell.textContent.replaceAll(/\s+/g, " ").trim();
    if (text !== "") cells[name] = text;
  }
  return cells;
}

export async function click(element: Element, selector: string): Promise<void> {
  one(element, selector).click();
  await settle();
}

/** Writes into a field as a person does: the field, then what listens to it. */
export async function fill(element: Element, name: string, value: string): Promise<void> {
  const field = one(element, `[name=${name}]`) as HTMLInputElement | HTMLSelectElement;
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  if (name !== "search") {
    field.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
  }
  await settle();
}

export function statusOf(element: Element): string {
  return textOf(element, "#status");
}
