/** Figures and dates as the reader's language writes them. */

import type { Money } from "../api/money.ts";

/**
 * A calendar day (`YYYY-MM-DD`) in words, e.g. "5 липня 2025 р."; what is no such day comes back
 * as it was. The day is the supplier's and is not moved to the reader's time zone.
 */
export function formatDay(day: string, tag: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "UTC" }).format(date);
}

/** An amount with its currency, e.g. "12 345,60 ₴". */
export function formatMoney({ amount, currency }: Money, tag: string): string {
  const text = String(amount);
  if (!isDecimal(text)) return `${text} ${currency}`;
  try {
    // A decimal string is formatted digit by digit, never by way of a binary fraction.
    return new Intl.NumberFormat(tag, { style: "currency", currency }).format(text);
  } catch (error) {
    if (error instanceof RangeError) return `${text} ${currency}`; // No such currency code.
    throw error;
  }
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** "in 30 seconds", in whole seconds up to two minutes, then in whole minutes; rounded up. */
export function formatWait(milliseconds: number, tag: string): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: "always" });
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 1);
  return seconds <= 120
    ? format.format(seconds, "second")
    : format.format(Math.ceil(seconds / 60), "minute");
}
