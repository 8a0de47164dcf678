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

/** A calendar day in figures, for tables, e.g. "05.07.2025"; otherwise as `formatDay`. */
export function formatShortDay(day: string, tag: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  const figures = { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" } as const;
  return new Intl.DateTimeFormat(tag, figures).format(date);
}

/** A moment, in the reader's time zone; what is no moment comes back as it was. */
export function formatMoment(moment: string, tag: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeStyle: "short" }).format(date);
}

/** An amount with its currency and, below zero, a minus: "12 345,60 ₴", "−5,00 ₴". */
export function formatMoney({ amount, currency }: Money, tag: string): string {
  const text = String(amount);
  if (!isDecimal(text)) return `${text} ${currency}`;
  try {
    // A decimal string is formatted digit by digit, never by way of a binary fraction.
    const format = new Intl.NumberFormat(tag, { style: "currency", currency });
    return format.format(text).replace("-", "\u2212");
  } catch (error) {
    if (error instanceof RangeError) return `${text} ${currency}`; // No such currency code.
    throw error;
  }
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** A whole number, e.g. "1 234". */
export function formatCount(count: number, tag: string): string {
  return new Intl.NumberFormat(tag).format(count);
}

/** "in 30 seconds", in whole seconds up to two minutes, then in whole minutes; rounded up. */
export function formatWait(milliseconds: number, tag: string): string {
  const format = new Intl.RelativeTimeFormat(tag, { numeric: "always" });
  const seconds = Math.max(Math.ceil(milliseconds / 1000), 1);
  return seconds <= 120
    ? format.format(seconds, "second")
    : format.format(Math.ceil(seconds / 60), "minute");
}
