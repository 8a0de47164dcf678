import type { Dictionary } from "./language.ts";

/** What stands where figures or rows can't: what is the matter, and what may be done. */
export interface FailureText {
  readonly title: string;
  readonly detail: string;
}

/** Words that the elements of the account share. */
export interface AccountTexts {
  readonly loading: string;
  readonly failures: {
    readonly signedOut: FailureText;
    readonly noAccess: FailureText;
    readonly trouble: FailureText;
    readonly problem: FailureText;
    readonly limited: {
      readonly title: string;
      /** @param wait such as "in 30 seconds" */
      readonly detail: (wait: string) => string;
    };
  };
  readonly retry: string;
  readonly more: string;
  readonly moreFailed: string;
  readonly nothingFound: FailureText;
  /** @param count in figures */
  readonly found: (count: string) => string;
  /** @param count in figures, where nobody counted how many there are in all */
  readonly shown: (count: string) => string;
  readonly contract: string;
  readonly allContracts: string;
  /** A contract by its number. */
  readonly contractNumber: (number: string) => string;
  /** One that has neither number nor name. */
  readonly mainContract: string;
  readonly search: string;
  readonly dateFrom: string;
  readonly dateTo: string;
  readonly wrongPeriod: string;
  readonly clear: string;
  readonly date: string;
  readonly document: string;
  readonly order: string;
  readonly number: string;
  readonly sum: string;
  readonly pdf: string;
  readonly export: {
    readonly preparing: string;
    readonly failed: string;
    /** The word on the link to a file that took so long that the browser would block it. */
    readonly ready: string;
  };
}

export const accountTexts: Dictionary<AccountTexts> = {
  en: {
    loading: "Loading…",
    failures: {
      signedOut: {
        title: "Please sign in",
        detail: "This is shown to signed-in customers. Sign in, then try again.",
      },
      noAccess: {
        title: "This isn’t open to you",
        detail: "Your company’s owner can give you access to its figures.",
      },
      trouble: {
        title: "We can’t get an answer at the moment",
        detail: "Please check your connection and try again.",
      },
      problem: {
        title: "Something went wrong",
        detail: "Please try again. If it stays like this, contact the supplier.",
      },
      limited: {
        title: "Too many questions at once",
        detail: (wait) => `This goes on by itself ${wait}.`,
      },
    },
    retry: "Try again",
    more: "Show more",
    moreFailed: "The next rows couldn’t be loaded.",
    nothingFound: { title: "Nothing found", detail: "Change or clear the filters to see more." },
    found: (count) => `Found: ${count}`,
    shown: (count) => `Shown: ${count}`,
    contract: "Contract",
    allContracts: "All contracts",
    contractNumber: (number) => `Contract No.\u00a0${number}`,
    mainContract: "Main contract",
    search: "Search",
    dateFrom: "From",
    dateTo: "To",
    wrongPeriod: "The first day is after the last one.",
    clear: "Clear filters",
    date: "Date",
    document: "Document",
    order: "Order",
    number: "Number",
    sum: "Total",
    pdf: "PDF",
    export: {
      preparing: "The file is being prepared…",
      failed: "The file couldn’t be prepared. Please try again.",
      ready: "The file is ready: download",
    },
  },
  ru: {
    loading: "Загружаем…",
    failures: {
      signedOut: {
        title: "Пожалуйста, войдите",
        detail: "Это видно тем, кто вошёл в личный кабинет. Войдите и попробуйте ещё раз.",
      },
      noAccess: {
        title: "Этот раздел для вас закрыт",
        detail: "Доступ к расчётам может дать владелец вашей компании.",
      },
      trouble: {
        title: "Пока не удаётся получить ответ",
        detail: "Пожалуйста, проверьте соединение и попробуйте ещё раз.",
      },
      problem: {
        title: "Что-то пошло не так",
        detail: "Пожалуйста, попробуйте ещё раз. Если не поможет, обратитесь к поставщику.",
      },
      limited: {
        title: "Слишком много запросов подряд",
        detail: (wait) => `Продолжим автоматически ${wait}.`,
      },
    },
    retry: "Попробовать ещё раз",
    more: "Показать ещё",
    moreFailed: "Не удалось загрузить следующие строки.",
    nothingFound: {
      title: "Ничего не найдено",
      detail: "Измените или сбросьте фильтры, чтобы увидеть больше.",
    },
    found: (count) => `Найдено: ${count}`,
    shown: (count) => `Показано: ${count}`,
    contract: "Договор",
    allContracts: "Все договоры",
    contractNumber: (number) => `Договор №\u00a0${number}`,
    mainContract: "Основной договор",
    search: "Поиск",
    dateFrom: "С",
    dateTo: "По",
    wrongPeriod: "Первый день позже последнего.",
    clear: "Сбросить фильтры",
    date: "Дата",
    document: "Документ",
    order: "Заказ",
    number: "Номер",
    sum: "Сумма",
    pdf: "PDF",
    export: {
      preparing: "Готовим файл…",
      failed: "Не удалось подготовить файл. Пожалуйста, попробуйте ещё раз.",
      ready: "Файл готов: скачать",
    },
  },
  uk: {
    loading: "Завантажуємо…",
    failures: {
      signedOut: {
        title: "Будь ласка, увійдіть",
        detail: "Це бачать ті, хто увійшов до кабінету. Увійдіть і спробуйте ще раз.",
      },
      noAccess: {
        title: "Цей розділ для вас закритий",
        detail: "Доступ до розрахунків може надати власник вашої компанії.",
      },
      trouble: {
        title: "Поки не вдається отримати відповідь",
        detail: "Будь ласка, перевірте з’єднання і спробуйте ще раз.",
      },
      problem: {
        title: "Щось пішло не так",
        detail: "Будь ласка, спробуйте ще раз. Якщо не допоможе, зверніться до постачальника.",
      },
      limited: {
        title: "Забагато запитів поспіль",
        detail: (wait) => `Продовжимо автоматично ${wait}.`,
      },
    },
    retry: "Спробувати ще раз",
    more: "Показати ще",
    moreFailed: "Не вдалося завантажити наступні рядки.",
    nothingFound: {
      title: "Нічого не знайдено",
      detail: "Змініть або скиньте фільтри, щоб побачити більше.",
    },
    found: (count) => `Знайдено: ${count}`,
    shown: (count) => `Показано: ${count}`,
    contract: "Договір",
    allContracts: "Усі договори",
    contractNumber: (number) => `Договір №\u00a0${number}`,
    mainContract: "Основний договір",
    search: "Пошук",
    dateFrom: "З",
    dateTo: "До",
    wrongPeriod: "Перший день пізніший за останній.",
    clear: "Скинути фільтри",
    date: "Дата",
    document: "Документ",
    order: "Замовлення",
    number: "Номер",
    sum: "Сума",
    pdf: "PDF",
    export: {
      preparing: "Готуємо файл…",
      failed: "Не вдалося підготувати файл. Будь ласка, спробуйте ще раз.",
      ready: "Файл готовий: завантажити",
    },
  },
};
