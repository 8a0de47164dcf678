import type { FailureText } from "../../localization/account-texts.ts";
import type { Dictionary } from "../../localization/language.ts";

export interface JournalTexts {
  /** Name of the region, and of the table. */
  readonly region: string;
  readonly searchLabel: string;
  readonly kind: string;
  readonly allKinds: string;
  readonly sort: string;
  readonly sorts: Readonly<Record<string, string>>;
  readonly empty: FailureText;
  /** @param number of the accounting system's paper for the same thing */
  readonly twin: (number: string) => string;
  readonly void: string;
  readonly noTotal: string;
  readonly file: string;
  readonly select: (name: string) => string;
  readonly selectAll: string;
  readonly selected: (count: string) => string;
  readonly tooMany: (limit: string) => string;
  readonly zip: string;
  readonly onePdf: string;
}

export const journalTexts: Dictionary<JournalTexts> = {
  en: {
    region: "Documents",
    searchLabel: "Search by number",
    kind: "Kind",
    allKinds: "All kinds",
    sort: "Sort by",
    sorts: {
      DATE_DESC: "Date, newest first",
      DATE_ASC: "Date, oldest first",
      NUMBER_ASC: "Number, ascending",
      NUMBER_DESC: "Number, descending",
      TOTAL_DESC: "Total, largest first",
      TOTAL_ASC: "Total, smallest first",
    },
    empty: {
      title: "No documents yet",
      detail: "Invoices, delivery notes and other documents of your orders will be here.",
    },
    twin: (number) => `in the accounting system: No.\u00a0${number}`,
    void: "Void",
    noTotal: "The total isn’t known",
    file: "File",
    select: (name) => `Select ${name}`,
    selectAll: "Select all shown",
    selected: (count) => `Selected: ${count}`,
    tooMany: (limit) => `At most ${limit} documents fit into one file.`,
    zip: "Download ZIP",
    onePdf: "Download as one PDF",
  },
  ru: {
    region: "Журнал документов",
    searchLabel: "Поиск по номеру",
    kind: "Вид документа",
    allKinds: "Все виды",
    sort: "Сортировать",
    sorts: {
      DATE_DESC: "По дате, сначала новые",
      DATE_ASC: "По дате, сначала старые",
      NUMBER_ASC: "По номеру, по возрастанию",
      NUMBER_DESC: "По номеру, по убыванию",
      TOTAL_DESC: "По сумме, сначала большие",
      TOTAL_ASC: "По сумме, сначала меньшие",
    },
    empty: {
      title: "Документов пока нет",
      detail: "Здесь появятся счета, накладные и другие документы по вашим заказам.",
    },
    twin: (number) => `в учётной системе: №\u00a0${number}`,
    void: "Аннулировано",
    noTotal: "Сумма неизвестна",
    file: "Файл",
    select: (name) => `Выбрать: ${name}`,
    selectAll: "Выбрать все показанные",
    selected: (count) => `Выбрано: ${count}`,
    tooMany: (limit) => `В один файл помещается не больше ${limit} документов.`,
    zip: "Скачать ZIP",
    onePdf: "Скачать одним PDF",
  },
  uk: {
    region: "Журнал документів",
    searchLabel: "Пошук за номером",
    kind: "Вид документа",
    allKinds: "Усі види",
    sort: "Сортувати",
    sorts: {
      DATE_DESC: "За датою, спочатку нові",
      DATE_ASC: "За датою, спочатку старі",
      NUMBER_ASC: "За номером, за зростанням",
      NUMBER_DESC: "За номером, за спаданням",
      TOTAL_DESC: "За сумою, спочатку більші",
      TOTAL_ASC: "За сумою, спочатку менші",
    },
    empty: {
      title: "Документів поки немає",
      detail: "Тут з’являться рахунки, накладні та інші документи за вашими замовленнями.",
    },
    twin: (number) => `в обліковій системі: №\u00a0${number}`,
    void: "Анульовано",
    noTotal: "Сума невідома",
    file: "Файл",
    select: (name) => `Вибрати: ${name}`,
    selectAll: "Вибрати всі показані",
    selected: (count) => `Вибрано: ${count}`,
    tooMany: (limit) => `В один файл вміщується не більше ${limit} документів.`,
    zip: "Завантажити ZIP",
    onePdf: "Завантажити одним PDF",
  },
};
