import type { FailureText } from "../../localization/account-texts.ts";
import type { Dictionary } from "../../localization/language.ts";
import type { PeriodName } from "./periods.ts";

export interface BalanceTexts {
  /** Name of the region for a screen reader. */
  readonly region: string;
  /** Name of the list of tabs. */
  readonly tables: string;
  readonly openDocuments: string;
  readonly movements: string;
  /** The contract that the page names isn't one whose money the visitor may see. */
  readonly unknownContract: FailureText;
  readonly aging: {
    readonly title: string;
    readonly buckets: Readonly<Record<string, string>>;
  };
  readonly open: {
    readonly searchLabel: string;
    readonly onlyOverdue: string;
    readonly empty: FailureText;
    readonly isCut: (count: string) => string;
    readonly amount: string;
    readonly returned: string;
    readonly paid: string;
    readonly residual: string;
    readonly deferral: string;
    readonly deferralDays: (days: string) => string;
    readonly payBy: string;
    readonly daysOverdue: string;
    readonly overdue: string;
    readonly advance: string;
    readonly reserved: string;
    readonly total: string;
  };
  readonly period: {
    readonly label: string;
    readonly names: Readonly<Record<PeriodName, string>>;
  };
  readonly moves: {
    readonly empty: FailureText;
    readonly debit: string;
    readonly credit: string;
    readonly balance: string;
    readonly opening: string;
    readonly closing: string;
    readonly storno: string;
    /** What the sign of a balance means. */
    readonly hint: string;
  };
  readonly xlsx: string;
  readonly csv: string;
}

export const balanceTexts: Dictionary<BalanceTexts> = {
  en: {
    region: "Balance",
    tables: "What the balance is made of",
    openDocuments: "Open documents",
    movements: "Movements",
    unknownContract: {
      title: "There is no such contract for you",
      detail: "Choose another contract, or sign in with another account.",
    },
    aging: {
      title: "Debt by age",
      buckets: {
        NOT_DUE: "Not due yet",
        D1_7: "1–7 days overdue",
        D8_14: "8–14 days overdue",
        D15_30: "15–30 days overdue",
        D31_60: "31–60 days overdue",
        D61_90: "61–90 days overdue",
        OVER_90: "Over 90 days overdue",
      },
    },
    open: {
      searchLabel: "Search by number or order",
      onlyOverdue: "Only overdue",
      empty: {
        title: "Nothing is open",
        detail: "Everything is paid, and there is no advance.",
      },
      isCut: (count) => `Only the first ${count} are shown. Search to see the others.`,
      amount: "Amount",
      returned: "Returned",
      paid: "Paid",
      residual: "Left to pay",
      deferral: "Payment term",
      deferralDays: (days) => `${days} d.`,
      payBy: "Pay by",
      daysOverdue: "Days overdue",
      overdue: "Overdue",
      advance: "Advance",
      reserved: "Kept for its order",
      total: "Total",
    },
    period: {
      label: "Period",
      names: {
        THIS_MONTH: "This month",
        LAST_MONTH: "Last month",
        THIS_QUARTER: "This quarter",
        THIS_YEAR: "This year",
      },
    },
    moves: {
      empty: {
        title: "No movements in this period",
        detail: "Choose another period to see more.",
      },
      debit: "Charged (debit)",
      credit: "Paid (credit)",
      balance: "Balance",
      opening: "Opening balance",
      closing: "Closing balance",
      storno: "Reversal",
      hint: "Above zero you owe the supplier; below zero you have paid in advance.",
    },
    xlsx: "Download XLSX",
    csv: "CSV",
  },
  ru: {
    region: "Баланс",
    tables: "Из чего складывается баланс",
    openDocuments: "Открытые документы",
    movements: "Операции",
    unknownContract: {
      title: "Такого договора у вас нет",
      detail: "Выберите другой договор или войдите с другим аккаунтом.",
    },
    aging: {
      title: "Задолженность по срокам",
      buckets: {
        NOT_DUE: "Срок не наступил",
        D1_7: "Просрочено 1–7 дней",
        D8_14: "Просрочено 8–14 дней",
        D15_30: "Просрочено 15–30 дней",
        D31_60: "Просрочено 31–60 дней",
        D61_90: "Просрочено 61–90 дней",
        OVER_90: "Просрочено более 90 дней",
      },
    },
    open: {
      searchLabel: "Поиск по номеру или заказу",
      onlyOverdue: "Только просроченные",
      empty: {
        title: "Открытых документов нет",
        detail: "Всё оплачено, авансов тоже нет.",
      },
      isCut: (count) => `Показаны только первые ${count}. Остальные можно найти поиском.`,
      amount: "Сумма",
      returned: "Возвращено",
      paid: "Оплачено",
      residual: "Остаток",
      deferral: "Отсрочка платежа",
      deferralDays: (days) => `${days} дн.`,
      payBy: "Оплатить до",
      daysOverdue: "Дней просрочки",
      overdue: "Просрочено",
      advance: "Аванс",
      reserved: "Отложен для заказа",
      total: "Итого",
    },
    period: {
      label: "Период",
      names: {
        THIS_MONTH: "Этот месяц",
        LAST_MONTH: "Прошлый месяц",
        THIS_QUARTER: "Этот квартал",
        THIS_YEAR: "Этот год",
      },
    },
    moves: {
      empty: {
        title: "За этот период операций нет",
        detail: "Выберите другой период, чтобы увидеть больше.",
      },
      debit: "Начислено (дебет)",
      credit: "Оплачено (кредит)",
      balance: "Сальдо",
      opening: "Сальдо на начало",
      closing: "Сальдо на конец",
      storno: "Сторно",
      hint: "Больше нуля: вы должны поставщику; меньше нуля: вы заплатили вперёд.",
    },
    xlsx: "Скачать XLSX",
    csv: "CSV",
  },
  uk: {
    region: "Баланс",
    tables: "З чого складається баланс",
    openDocuments: "Відкриті документи",
    movements: "Операції",
    unknownContract: {
      title: "Такого договору у вас немає",
      detail: "Виберіть інший договір або увійдіть з іншим акаунтом.",
    },
    aging: {
      title: "Заборгованість за строками",
      buckets: {
        NOT_DUE: "Строк не настав",
        D1_7: "Прострочено 1–7 днів",
        D8_14: "Прострочено 8–14 днів",
        D15_30: "Прострочено 15–30 днів",
        D31_60: "Прострочено 31–60 днів",
        D61_90: "Прострочено 61–90 днів",
        OVER_90: "Прострочено понад 90 днів",
      },
    },
    open: {
      searchLabel: "Пошук за номером або замовленням",
      onlyOverdue: "Лише прострочені",
      empty: {
        title: "Відкритих документів немає",
        detail: "Усе сплачено, авансів теж немає.",
      },
      isCut: (count) => `Показано лише перші ${count}. Решту можна знайти пошуком.`,
      amount: "Сума",
      returned: "Повернено",
      paid: "Сплачено",
      residual: "Залишок",
      deferral: "Відстрочка платежу",
      deferralDays: (days) => `${days} дн.`,
      payBy: "Сплатити до",
      daysOverdue: "Днів прострочення",
      overdue: "Прострочено",
      advance: "Аванс",
      reserved: "Відкладено для замовлення",
      total: "Разом",
    },
    period: {
      label: "Період",
      names: {
        THIS_MONTH: "Цей місяць",
        LAST_MONTH: "Минулий місяць",
        THIS_QUARTER: "Цей квартал",
        THIS_YEAR: "Цей рік",
      },
    },
    moves: {
      empty: {
        title: "За цей період операцій немає",
        detail: "Виберіть інший період, щоб побачити більше.",
      },
      debit: "Нараховано (дебет)",
      credit: "Сплачено (кредит)",
      balance: "Сальдо",
      opening: "Сальдо на початок",
      closing: "Сальдо на кінець",
      storno: "Сторно",
      hint: "Більше нуля: ви винні постачальнику; менше нуля: ви сплатили наперед.",
    },
    xlsx: "Завантажити XLSX",
    csv: "CSV",
  },
};
