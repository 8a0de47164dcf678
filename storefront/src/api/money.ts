import { isRecord } from "./client.ts";

export interface Money {
  /** In units of the currency, as the app wrote it: only ever formatted, never counted with. */
  readonly amount: number | string;
  readonly currency: string;
}

/** The money in an answer, or `null` where the sum isn't known. */
export function readMoney(money: unknown): Money | null {
  if (!isRecord(money)) return null;
  const { amount, currency } = money;
  if (typeof currency !== "string") return null;
  return typeof amount === "number" || typeof amount === "string" ? { amount, currency } : null;
}

/** Whether a sum is below, at or above zero: -1, 0 or 1. */
export function signOf({ amount }: Money): number {
  return Math.sign(Number(amount)) || 0;
}
