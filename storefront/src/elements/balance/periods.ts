/** Periods that are chosen at one press, by the reader's calendar. */

import type { Period } from "../../api/balance.ts";

export const PERIOD_NAMES = ["THIS_MONTH", "LAST_MONTH", "THIS_QUARTER", "THIS_YEAR"] as const;

export type PeriodName = (typeof PERIOD_NAMES)[number];

/** @param today in the reader's time zone; a period that isn't over ends today */
export function periodOf(name: PeriodName, today: Date): Period {
  const year = today.getFullYear();
  const month = today.getMonth();
  const dateTo = dayOf(today);
  switch (name) {
    case "THIS_MONTH":
      return { dateFrom: dayOf(new Date(year, month, 1)), dateTo };
    case "LAST_MONTH":
      return {
        dateFrom: dayOf(new Date(year, month - 1, 1)),
        dateTo: dayOf(new Date(year, month, 0)),
      };
    case "THIS_QUARTER":
      return { dateFrom: dayOf(new Date(year, month - (month % 3), 1)), dateTo };
    case "THIS_YEAR":
      return { dateFrom: dayOf(new Date(year, 0, 1)), dateTo };
  }
}

function dayOf(date: Date): string {
  const figures = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return figures
    .map((figure, index) => String(figure).padStart(index === 0 ? 4 : 2, "0"))
    .join("-");
}
