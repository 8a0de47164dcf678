/** What the app answers about an account: as the API says it, with one of each thing to show. */

export type Fields = Readonly<Record<string, unknown>>;

export function uah(amount: number): Fields {
  return { amount, currency: "UAH" };
}

export function eur(amount: number): Fields {
  return { amount, currency: "EUR" };
}

export const CONTRACT = {
  id: "QjJCQ29udHJhY3Q6MQ==",
  number: "12/2025",
  name: "Supply of goods",
  currency: "UAH",
  signedOn: "2025-01-10",
  isMain: true,
  isClosed: false,
  supplier: { name: "ТОВ «Постачальник»" },
  counterparty: { name: "ТОВ «Ромашка»" },
  maySeeMoney: true,
  coverage: "FULL",
};

export const EURO_CONTRACT = {
  ...CONTRACT,
  id: "QjJCQ29udHJhY3Q6Mg==",
  number: "",
  name: "",
  currency: "EUR",
  isMain: false,
  supplier: { name: "Supplier GmbH" },
};

export const MANAGER = {
  name: "Олена Коваль",
  phone: "+380 67 123-45-67",
  email: "olena@supplier.example",
  messengers: [
    { kind: "telegram", address: "@olena_koval" },
    { kind: "viber", address: "+380 67 123-45-67" },
  ],
};

export const CONTRACT_PANEL = {
  contract: CONTRACT,
  debt: uah(125_430.5),
  advance: uah(0),
  reserved: uah(0),
  overdue: uah(38_200),
  nextDueOn: "2025-07-18",
  nextDueAmount: uah(27_230.5),
  creditLimit: uah(200_000),
  available: uah(74_569.5),
  openOrders: uah(0),
  asOf: "2025-07-15T09:30:00Z",
  isStale: false,
  isBeingChecked: false,
  statedAsOf: null,
  manager: MANAGER,
};

export const EURO_PANEL = {
  ...CONTRACT_PANEL,
  contract: { ...EURO_CONTRACT, coverage: "SITE_ORDERS" },
  debt: eur(0),
  advance: eur(1_500),
  overdue: eur(0),
  nextDueOn: null,
  nextDueAmount: null,
  creditLimit: null,
  available: null,
  openOrders: eur(0),
  manager: null,
};

export function panelAnswer(...contracts: readonly (typeof CONTRACT_PANEL | Fields)[]): Fields {
  return {
    b2bDebtPanel: {
      totals: [
        { currency: "UAH", debt: uah(125_430.5), advance: uah(0), overdue: uah(38_200) },
        { currency: "EUR", debt: eur(0), advance: eur(1_500), overdue: eur(0) },
      ],
      contracts,
    },
  };
}

export const NO_PANEL: Fields = { b2bDebtPanel: null };

export function contractsAnswer(...contracts: readonly Fields[]): Fields {
  return { b2bContracts: contracts };
}

export const JOURNAL_ROWS = [
  {
    id: "1",
    kind: "INVOICE",
    number: "SF-1024",
    twinNumber: "УТ-000000317",
    issuedOn: "2025-07-05",
    isVoid: false,
    orders: [{ number: "1024" }],
    contract: { currency: "UAH" },
    total: uah(12_345.6),
    url: "/documents/1",
    pdfUrl: "/documents/1.pdf",
  },
  {
    id: "2",
    kind: "WAYBILL",
    number: "РН-0000412",
    twinNumber: null,
    issuedOn: "2025-07-04",
    isVoid: false,
    orders: [{ number: "1020" }, { number: "1021" }],
    contract: { currency: "UAH" },
    total: uah(98_000),
    url: "/documents/2",
    pdfUrl: "/documents/2.pdf",
  },
  {
    id: "3",
    kind: "TAX_INVOICE",
    number: "218",
    twinNumber: null,
    issuedOn: "2025-07-04",
    isVoid: false,
    orders: [{ number: "1020" }],
    contract: { currency: "UAH" },
    total: null,
    url: "/documents/3",
    pdfUrl: null,
  },
  {
    id: "4",
    kind: "RETURN",
    number: "ВП-17",
    twinNumber: null,
    issuedOn: "2025-07-02",
    isVoid: false,
    orders: [],
    contract: { currency: "UAH" },
    total: uah(-1_250),
    url: "/documents/4",
    pdfUrl: "/documents/4.pdf",
  },
  {
    id: "5",
    kind: "INVOICE",
    number: "SF-1019",
    twinNumber: null,
    issuedOn: "2025-06-30",
    isVoid: true,
    orders: [{ number: "1019" }],
    contract: { currency: "UAH" },
    total: uah(4_000),
    url: "/documents/5",
    pdfUrl: "/documents/5.pdf",
  },
] as const;

interface PageFields {
  readonly endCursor?: string | null;
  readonly totalCount?: number | null;
}

function connection(
  rows: readonly object[],
  { endCursor = null, totalCount = null }: PageFields,
): Fields {
  return {
    edges: rows.map((node) => ({ node })),
    pageInfo: { hasNextPage: endCursor !== null, endCursor },
    totalCount,
  };
}

export function journalAnswer(rows: readonly object[], page: PageFields = {}): Fields {
  return { b2bJournal: connection(rows, page) };
}

export const PAYMENT_ROWS = [
  {
    id: "p1",
    number: "",
    receivedOn: "2025-07-14",
    amount: uah(27_230.5),
    isRefund: false,
    method: "BANK",
    purpose: "Оплата згідно рахунку SF-1024 від 05.07.2025",
    isProvisional: true,
    document: null,
    settled: [],
    unallocated: uah(0),
  },
  {
    id: "p2",
    number: "000000088",
    receivedOn: "2025-07-10",
    amount: uah(60_000),
    isRefund: false,
    method: "BANK",
    purpose: null,
    isProvisional: false,
    document: null,
    settled: [
      { kind: "WAYBILL", number: "РН-0000398", date: "2025-06-12", amount: uah(41_800) },
      { kind: "WAYBILL", number: "РН-0000401", date: "2025-06-20", amount: uah(8_200) },
    ],
    unallocated: uah(10_000),
  },
  {
    id: "p3",
    number: "ПКО-12",
    receivedOn: "2025-07-01",
    amount: uah(9_000),
    isRefund: false,
    method: "CASH",
    purpose: null,
    isProvisional: false,
    document: { id: "9", url: "/documents/9", pdfUrl: "/documents/9.pdf" },
    settled: ["390", "391", "392", "393"].map((number) => ({
      kind: "WAYBILL",
      number: `РН-0000${number}`,
      date: "2025-06-01",
      amount: uah(2_250),
    })),
    unallocated: uah(0),
  },
  {
    id: "p4",
    number: "15",
    receivedOn: "2025-06-28",
    amount: uah(-3_000),
    isRefund: true,
    method: "BANK",
    purpose: "Повернення надлишково сплачених коштів",
    isProvisional: false,
    document: null,
    settled: [],
    unallocated: uah(0),
  },
];

export function paymentsAnswer(rows: readonly object[], page: PageFields = {}): Fields {
  return { b2bPayments: connection(rows, page) };
}

export const AGING = [
  { code: "NOT_DUE", amount: uah(87_230.5) },
  { code: "D1_7", amount: uah(12_000) },
  { code: "D8_14", amount: uah(6_200) },
  { code: "D15_30", amount: uah(0) },
  { code: "D31_60", amount: uah(15_000) },
  { code: "D61_90", amount: uah(0) },
  { code: "OVER_90", amount: uah(5_000) },
];

export function overviewAnswer(panel: Fields = CONTRACT_PANEL): Fields {
  return { b2bBalance: { panel, aging: { buckets: AGING } } };
}

const WAYBILL_ROW = {
  kind: "WAYBILL",
  number: "РН-0000401",
  date: "2025-06-20",
  document: { id: "2", url: "/documents/2", pdfUrl: "/documents/2.pdf" },
  orderNumber: "1020",
  amount: uah(98_000),
  returned: uah(1_250),
  paid: uah(58_550),
  residual: uah(38_200),
  deferralDays: 14,
  payBy: "2025-07-04",
  daysOverdue: 11,
  overdue: uah(38_200),
  isAdvance: false,
  isReserved: false,
};

export const OPEN_ROWS = [
  WAYBILL_ROW,
  {
    ...WAYBILL_ROW,
    number: "РН-0000412",
    date: "2025-07-04",
    orderNumber: "1024",
    amount: uah(87_230.5),
    returned: uah(0),
    paid: uah(0),
    residual: uah(87_230.5),
    payBy: "2025-07-18",
    daysOverdue: 0,
    overdue: uah(0),
  },
  {
    ...WAYBILL_ROW,
    kind: "PAYMENT",
    number: "000000088",
    date: "2025-07-10",
    document: null,
    orderNumber: "1031",
    amount: uah(-60_000),
    returned: uah(0),
    paid: uah(0),
    residual: uah(-10_000),
    deferralDays: null,
    payBy: null,
    daysOverdue: 0,
    overdue: uah(0),
    isAdvance: true,
    isReserved: true,
  },
];

export function openDocumentsAnswer(rows: readonly object[] = OPEN_ROWS, isCut = false): Fields {
  const total = {
    amount: uah(185_230.5),
    residual: uah(115_430.5),
    overdue: uah(38_200),
    debt: uah(125_430.5),
    advance: uah(10_000),
  };
  return { b2bBalance: { openDocuments: { rows, total, isCut } } };
}

export const MOVEMENT_ROWS = [
  {
    date: "2025-07-04",
    kind: "WAYBILL",
    number: "РН-0000412",
    document: { id: "2", url: "/documents/2", pdfUrl: "/documents/2.pdf" },
    debit: uah(87_230.5),
    credit: null,
    balance: uah(185_430.5),
    isStorno: false,
    comment: "",
  },
  {
    date: "2025-07-10",
    kind: "PAYMENT",
    number: "000000088",
    document: null,
    debit: null,
    credit: uah(60_000),
    balance: uah(125_430.5),
    isStorno: false,
    comment: "",
  },
  {
    date: "2025-07-11",
    kind: "WAYBILL",
    number: "РН-0000390",
    document: null,
    debit: uah(-130_000),
    credit: null,
    balance: uah(-4_569.5),
    isStorno: true,
    comment: "Помилково проведено",
  },
];

export function movementsAnswer(
  rows: readonly object[] = MOVEMENT_ROWS,
  page: PageFields = {},
): Fields {
  return {
    b2bBalance: {
      movements: {
        opening: uah(98_200),
        closing: uah(-4_569.5),
        debit: uah(-42_769.5),
        credit: uah(60_000),
        ...connection(rows, page),
      },
    },
  };
}

export function exportAnswer(field: "b2bJournal" | "b2bBalance", exportUrl: string): Fields {
  return { [field]: { exportUrl } };
}

export function refusal(code: string, extensions: Fields = {}): Fields {
  return { data: null, errors: [{ message: code, extensions: { code, ...extensions } }] };
}
