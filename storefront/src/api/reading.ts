/** Reads what the app answers, piece by piece: what has another shape than asked for is refused. */

import { ApiError, isRecord } from "./client.ts";
import { readMoney } from "./money.ts";
import type { Money } from "./money.ts";

export type Fields = Readonly<Record<string, unknown>>;

/** The error for an answer that isn't what was asked for. */
export function malformed(what: string): ApiError {
  return new ApiError("UNEXPECTED", `The answer's ${what} is not what was asked for`);
}

/** The text, or `null` where there is none. */
export function readText(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** An object of the answer. @throws {ApiError} */
export function requireFields(value: unknown, what: string): Fields {
  if (!isRecord(value)) throw malformed(what);
  return value;
}

/** A text that may be empty, but not missing. @throws {ApiError} */
export function requireText(value: unknown, what: string): string {
  if (typeof value !== "string") throw malformed(what);
  return value;
}

/** A sum that is always known. @throws {ApiError} */
export function requireMoney(value: unknown, what: string): Money {
  const money = readMoney(value);
  if (money === null) throw malformed(what);
  return money;
}

/** Each item of a list. @throws {ApiError} */
export function readList<Item>(
  value: unknown,
  { what, read }: { readonly what: string; readonly read: (item: Fields) => Item },
): readonly Item[] {
  if (!Array.isArray(value)) throw malformed(what);
  return value.map((item) => read(requireFields(item, what)));
}

/** A whole number, or `null` where it isn't known. */
export function readCount(value: unknown): number | null {
  return typeof value === "number" && Number.isInteger(value) ? value : null;
}
