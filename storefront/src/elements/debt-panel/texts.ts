import type { Dictionary } from "../../localization/language.ts";

export interface DebtPanelTexts {
  /** Name of the region for a screen reader. */
  readonly region: string;
  /** Stands before the currency. */
  readonly total: string;
  readonly debt: string;
  readonly noDebt: string;
  readonly advance: string;
  readonly overdue: string;
  readonly payBy: (day: string) => string;
  readonly creditLimit: string;
  readonly available: string;
  readonly availableOf: (limit: string) => string;
  readonly asOf: (moment: string) => string;
  readonly stale: (moment: string) => string;
  /**
   * @param day of the balance that is shown meanwhile, where it was said; in Russian and Ukrainian
   *   it brings its full stop along
   */
  readonly beingChecked: (day: string | null) => string;
  readonly siteOrders: string;
  readonly incomplete: string;
  readonly manager: string;
  /** Read out after figures that are a link. */
  readonly toBalance: string;
}

export const debtPanelTexts: Dictionary<DebtPanelTexts> = {
  en: {
    region: "Your account with the supplier",
    total: "In all",
    debt: "Debt",
    noDebt: "No debt",
    advance: "Advance",
    overdue: "Overdue",
    payBy: (day) => `Pay by ${day}`,
    creditLimit: "Credit limit",
    available: "Available",
    availableOf: (limit) => `of a credit limit of ${limit}`,
    asOf: (moment) => `As of ${moment}`,
    stale: (moment) =>
      `The accounting system has been silent since ${moment}: newer payments and documents may be missing.`,
    beingChecked: (day) =>
      day === null
        ? "The figures are being checked. Shown are those of the accounting system."
        : `The figures are being checked. Shown are those of the accounting system as of ${day}.`,
    siteOrders: "Orders of this shop only.",
    incomplete: "Some documents or payments of this contract may be missing here.",
    manager: "Your manager",
    toBalance: "open Balance",
  },
  ru: {
    region: "Ваши расчёты с поставщиком",
    total: "Всего",
    debt: "Задолженность",
    noDebt: "Задолженности нет",
    advance: "Аванс",
    overdue: "Просрочено",
    payBy: (day) => `Оплатить до ${day}`,
    creditLimit: "Кредитный лимит",
    available: "Доступно",
    availableOf: (limit) => `из кредитного лимита ${limit}`,
    asOf: (moment) => `По состоянию на ${moment}`,
    stale: (moment) =>
      `Учётная система молчит с ${moment}: новых оплат и документов здесь может не быть.`,
    beingChecked: (day) =>
      day === null
        ? "Данные сверяются. Показаны суммы учётной системы."
        : `Данные сверяются. Показаны суммы учётной системы на ${day}`,
    siteOrders: "Только заказы этого магазина.",
    incomplete: "Часть документов или оплат по этому договору здесь может отсутствовать.",
    manager: "Ваш менеджер",
    toBalance: "открыть Баланс",
  },
  uk: {
    region: "Ваші розрахунки з постачальником",
    total: "Разом",
    debt: "Заборгованість",
    noDebt: "Заборгованості немає",
    advance: "Аванс",
    overdue: "Прострочено",
    payBy: (day) => `Сплатити до ${day}`,
    creditLimit: "Кредитний ліміт",
    available: "Доступно",
    availableOf: (limit) => `з кредитного ліміту ${limit}`,
    asOf: (moment) => `Станом на ${moment}`,
    stale: (moment) =>
      `Облікова система мовчить з ${moment}: нових оплат і документів тут може не бути.`,
    beingChecked: (day) =>
      day === null
        ? "Дані звіряються. Показано суми облікової системи."
        : `Дані звіряються. Показано суми облікової системи на ${day}`,
    siteOrders: "Лише замовлення цього магазину.",
    incomplete: "Частини документів або оплат за цим договором тут може не бути.",
    manager: "Ваш менеджер",
    toBalance: "відкрити Баланс",
  },
};
