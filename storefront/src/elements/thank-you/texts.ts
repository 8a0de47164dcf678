import type { Dictionary } from "../../localization/language.ts";

/** What the buyer reads first, and the sentence under it. */
export interface Notice {
  readonly title: string;
  readonly detail: string;
}

export interface ThankYouTexts {
  /** Name of the region for a screen reader. */
  readonly region: string;
  readonly preparing: Notice;
  /** In place of the detail while no answer comes. */
  readonly trouble: string;
  readonly stalled: Notice;
  /** In place of the detail for a guest, who has no account to look in. */
  readonly stalledForGuest: string;
  readonly invoiceReady: string;
  readonly documentReady: string;
  readonly documentsReady: string;
  readonly allVoid: Notice;
  readonly failures: Readonly<Record<string, Notice>>;
  readonly anyFailure: Notice;
  readonly notRequested: Notice & { readonly request: string };
  /** The app couldn't be told that an invoice is wanted. */
  readonly requestFailed: Notice;
  readonly notFound: Notice;
  readonly signedOut: Notice;
  readonly problem: Notice;
  readonly retry: string;
  readonly checkAgain: string;
  readonly guest: {
    readonly notice: Notice;
    readonly label: string;
    readonly submit: string;
    readonly checking: string;
    readonly invalid: string;
    readonly notFound: string;
    /** @param wait such as "in 30 seconds" */
    readonly limited: (wait: string) => string;
  };
}

export const thankYouTexts: Dictionary<ThankYouTexts> = {
  en: {
    region: "Documents of the order",
    preparing: {
      title: "Your invoice is being prepared",
      detail: "This usually takes a few seconds. It will appear here by itself.",
    },
    trouble: "We can’t get an answer at the moment. We keep trying, please leave this page open.",
    stalled: {
      title: "Your invoice is still being prepared",
      detail: "It will be in your account as soon as it is ready. You can also check again now.",
    },
    stalledForGuest: "Your order is safe. Please check again a little later.",
    invoiceReady: "Your invoice is ready",
    documentReady: "Your document is ready",
    documentsReady: "Your documents are ready",
    allVoid: {
      title: "This document is no longer valid",
      detail: "Please don’t pay it. If you have questions, contact the supplier.",
    },
    failures: {
      SUPPLIER_NOT_READY: {
        title: "The invoice can’t be issued yet",
        detail:
          "Your order has been received, but the supplier hasn’t finished setting up invoicing. " +
          "Please contact the supplier.",
      },
      RENDERING_FAILED: {
        title: "The invoice couldn’t be prepared",
        detail: "Your order is safe. Please try again or contact the supplier.",
      },
      ORDER_CANCELLED: {
        title: "The order has been cancelled",
        detail: "Please don’t pay any invoice issued for it.",
      },
      NOT_INVOICEABLE: {
        title: "No invoice is issued for this order",
        detail: "If you need one, please contact the supplier.",
      },
    },
    anyFailure: {
      title: "The invoice couldn’t be prepared",
      detail: "Your order is safe. Please contact the supplier.",
    },
    notRequested: {
      title: "There is no invoice for this order yet",
      detail: "Press the button and it will be here in a few seconds.",
      request: "Get the invoice",
    },
    requestFailed: {
      title: "We couldn’t ask for the invoice",
      detail: "Your order isn’t affected. Please try again in a moment.",
    },
    notFound: {
      title: "We found no document for this order",
      detail: "Please check that you are signed in with the account that placed the order.",
    },
    signedOut: {
      title: "Please sign in again",
      detail: "Your session has ended. Sign in, then try again.",
    },
    problem: {
      title: "Something went wrong",
      detail: "Your order isn’t affected. Please try again.",
    },
    retry: "Try again",
    checkAgain: "Check again",
    guest: {
      notice: {
        title: "Enter the e-mail you ordered with",
        detail: "We’ll use it to find the documents of this order.",
      },
      label: "E-mail",
      submit: "Show documents",
      checking: "Looking…",
      invalid: "Enter a full address, for example name@example.com",
      notFound: "We found no document for this order and address",
      limited: (wait) => `Too many attempts. Please try again ${wait}.`,
    },
  },
  ru: {
    region: "Документы заказа",
    preparing: {
      title: "Готовим ваш счёт на оплату",
      detail: "Обычно это занимает несколько секунд. Счёт появится здесь сам.",
    },
    trouble: "Пока не удаётся получить ответ. Мы продолжаем пробовать, не закрывайте страницу.",
    stalled: {
      title: "Счёт на оплату ещё готовится",
      detail:
        "Как только он будет готов, вы найдёте его в личном кабинете. Можно проверить и сейчас.",
    },
    stalledForGuest: "С вашим заказом всё в порядке. Пожалуйста, проверьте немного позже.",
    invoiceReady: "Счёт на оплату готов",
    documentReady: "Документ готов",
    documentsReady: "Документы готовы",
    allVoid: {
      title: "Документ больше не действует",
      detail: "Пожалуйста, не оплачивайте его. Если есть вопросы, обратитесь к поставщику.",
    },
    failures: {
      SUPPLIER_NOT_READY: {
        title: "Счёт пока не может быть выставлен",
        detail:
          "Заказ принят, но поставщик ещё не закончил настройку счетов. " +
          "Пожалуйста, обратитесь к поставщику.",
      },
      RENDERING_FAILED: {
        title: "Не удалось подготовить счёт",
        detail: "С вашим заказом всё в порядке. Попробуйте ещё раз или обратитесь к поставщику.",
      },
      ORDER_CANCELLED: {
        title: "Заказ отменён",
        detail: "Пожалуйста, не оплачивайте счета, выставленные по этому заказу.",
      },
      NOT_INVOICEABLE: {
        title: "По этому заказу счёт не выставляется",
        detail: "Если он вам нужен, обратитесь, пожалуйста, к поставщику.",
      },
    },
    anyFailure: {
      title: "Не удалось подготовить счёт",
      detail: "С вашим заказом всё в порядке. Пожалуйста, обратитесь к поставщику.",
    },
    notRequested: {
      title: "По этому заказу ещё нет счёта на оплату",
      detail: "Нажмите кнопку, и через несколько секунд он появится здесь.",
      request: "Получить счёт",
    },
    requestFailed: {
      title: "Не удалось запросить счёт",
      detail: "На ваш заказ это не влияет. Пожалуйста, попробуйте ещё раз чуть позже.",
    },
    notFound: {
      title: "Мы не нашли документов по этому заказу",
      detail: "Проверьте, пожалуйста, что вы вошли под той учётной записью, с которой заказывали.",
    },
    signedOut: {
      title: "Пожалуйста, войдите снова",
      detail: "Сеанс завершился. Войдите и попробуйте ещё раз.",
    },
    problem: {
      title: "Что-то пошло не так",
      detail: "На ваш заказ это не влияет. Пожалуйста, попробуйте ещё раз.",
    },
    retry: "Попробовать ещё раз",
    checkAgain: "Проверить ещё раз",
    guest: {
      notice: {
        title: "Введите электронную почту, указанную в заказе",
        detail: "По ней мы найдём документы этого заказа.",
      },
      label: "Электронная почта",
      submit: "Показать документы",
      checking: "Ищем…",
      invalid: "Введите адрес полностью, например name@example.com",
      notFound: "Мы не нашли документов по этому заказу и адресу",
      limited: (wait) => `Слишком много попыток. Попробуйте ${wait}.`,
    },
  },
  uk: {
    region: "Документи замовлення",
    preparing: {
      title: "Готуємо ваш рахунок на оплату",
      detail: "Зазвичай це триває кілька секунд. Рахунок з’явиться тут сам.",
    },
    trouble: "Поки не вдається отримати відповідь. Ми продовжуємо спроби, не закривайте сторінку.",
    stalled: {
      title: "Рахунок на оплату ще готується",
      detail:
        "Щойно він буде готовий, ви знайдете його в особистому кабінеті. Можна перевірити й зараз.",
    },
    stalledForGuest: "Із вашим замовленням усе гаразд. Будь ласка, перевірте трохи згодом.",
    invoiceReady: "Рахунок на оплату готовий",
    documentReady: "Документ готовий",
    documentsReady: "Документи готові",
    allVoid: {
      title: "Документ більше не чинний",
      detail: "Будь ласка, не сплачуйте його. Якщо є запитання, зверніться до постачальника.",
    },
    failures: {
      SUPPLIER_NOT_READY: {
        title: "Рахунок поки не можна виставити",
        detail:
          "Замовлення прийнято, але постачальник ще не завершив налаштування рахунків. " +
          "Будь ласка, зверніться до постачальника.",
      },
      RENDERING_FAILED: {
        title: "Не вдалося підготувати рахунок",
        detail:
          "Із вашим замовленням усе гаразд. Спробуйте ще раз або зверніться до постачальника.",
      },
      ORDER_CANCELLED: {
        title: "Замовлення скасовано",
        detail: "Будь ласка, не сплачуйте рахунків, виставлених за цим замовленням.",
      },
      NOT_INVOICEABLE: {
        title: "За цим замовленням рахунок не виставляється",
        detail: "Якщо він вам потрібен, зверніться, будь ласка, до постачальника.",
      },
    },
    anyFailure: {
      title: "Не вдалося підготувати рахунок",
      detail: "Із вашим замовленням усе гаразд. Будь ласка, зверніться до постачальника.",
    },
    notRequested: {
      title: "За цим замовленням ще немає рахунку на оплату",
      detail: "Натисніть кнопку, і за кілька секунд він з’явиться тут.",
      request: "Отримати рахунок",
    },
    requestFailed: {
      title: "Не вдалося надіслати запит на рахунок",
      detail: "На ваше замовлення це не впливає. Будь ласка, спробуйте ще раз трохи згодом.",
    },
    notFound: {
      title: "Ми не знайшли документів за цим замовленням",
      detail: "Перевірте, будь ласка, що ви ввійшли з тим обліковим записом, з якого замовляли.",
    },
    signedOut: {
      title: "Будь ласка, увійдіть знову",
      detail: "Сеанс завершився. Увійдіть і спробуйте ще раз.",
    },
    problem: {
      title: "Щось пішло не так",
      detail: "На ваше замовлення це не впливає. Будь ласка, спробуйте ще раз.",
    },
    retry: "Спробувати ще раз",
    checkAgain: "Перевірити ще раз",
    guest: {
      notice: {
        title: "Введіть електронну пошту, вказану в замовленні",
        detail: "За нею ми знайдемо документи цього замовлення.",
      },
      label: "Електронна пошта",
      submit: "Показати документи",
      checking: "Шукаємо…",
      invalid: "Введіть адресу повністю, наприклад name@example.com",
      notFound: "Ми не знайшли документів за цим замовленням і адресою",
      limited: (wait) => `Забагато спроб. Спробуйте ${wait}.`,
    },
  },
};
