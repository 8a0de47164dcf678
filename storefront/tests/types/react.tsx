/** Never run: compiles only while the declarations for React say what the element really takes. */

import type { JSX } from "react";

import type {
  B2BAccountElement,
  B2BBalanceElement,
  B2BContractChangedEvent,
  B2BDebtChangedEvent,
  B2BDebtPanelElement,
  B2BDocumentsFailedEvent,
  B2BDocumentsReadyEvent,
  B2BThankYouElement,
} from "../../react.d.ts";
import type {
  B2BBalance,
  B2BDebtPanel,
  B2BJournal,
  B2BPayments,
  ContractChangedEvent,
  DebtChangedEvent,
} from "../../src/account.ts";
import type { B2BThankYou, DocumentsFailedEvent, DocumentsReadyEvent } from "../../src/index.ts";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

export const readyEventIsTheSame: Same<B2BDocumentsReadyEvent, DocumentsReadyEvent> = true;
export const failedEventIsTheSame: Same<B2BDocumentsFailedEvent, DocumentsFailedEvent> = true;

export const debtEventIsTheSame: Same<B2BDebtChangedEvent, DebtChangedEvent> = true;
export const contractEventIsTheSame: Same<B2BContractChangedEvent, ContractChangedEvent> = true;

type OwnProperty = Exclude<keyof B2BThankYouElement, keyof HTMLElement>;
export const propertiesAreTheSame: Same<
  Pick<B2BThankYouElement, OwnProperty>,
  Pick<B2BThankYou, OwnProperty>
> = true;

type Own<Declared extends HTMLElement> = Exclude<keyof Declared, keyof HTMLElement>;
type SameOwn<Declared extends HTMLElement, Real> = [Own<Declared>] extends [keyof Real]
  ? Same<Pick<Declared, Own<Declared>>, Pick<Real, Own<Declared>>>
  : never;
export const accountIsTheSame: readonly [
  SameOwn<B2BDebtPanelElement, B2BDebtPanel>,
  SameOwn<B2BBalanceElement, B2BBalance>,
  SameOwn<B2BAccountElement, B2BJournal>,
  SameOwn<B2BAccountElement, B2BPayments>,
] = [true, true, true, true];

export function ThankYouPage(): JSX.Element {
  return (
    <b2b-thank-you
      order-id="T3JkZXI6MQ=="
      endpoint="/api/b2b-documents"
      lang="uk"
      viewer="guest"
      guest-email="buyer@example.com"
      className="documents"
      getAccessToken={() => Promise.resolve("token")}
      onb2b-documents-ready={(event) => {
        document.title = event.detail.documents.map(({ number }) => number).join(", ");
      }}
      onb2b-documents-failed={(event) => {
        document.title = event.detail.reason;
      }}
    />
  );
}

export function AccountPage(): JSX.Element {
  const endpoint = "/api/b2b-documents";
  return (
    <>
      <b2b-debt-panel
        endpoint={endpoint}
        lang="uk"
        balance-url="/account/balance"
        onb2b-debt-changed={(event) => {
          document.title = String(event.detail.totals?.length ?? 0);
        }}
      />
      <b2b-journal endpoint={endpoint} getAccessToken={() => Promise.resolve(null)} />
      <b2b-payments endpoint={endpoint} saleor-api-url="https://shop.example/graphql/" />
      <b2b-balance
        endpoint={endpoint}
        contract-id="QjJCQ29udHJhY3Q6MQ=="
        onb2b-contract-changed={(event) => {
          document.title = event.detail.contractId;
        }}
      />
    </>
  );
}

// @ts-expect-error An order and an address are the least it needs.
export const incomplete = <b2b-thank-you />;

// @ts-expect-error So is an address for the account.
export const addressless = <b2b-journal />;
