/**
 * The elements in JSX, for React 18 and 19. Needs nothing but React's own types, so the file may be
 * copied into a shop next to its other declarations.
 */

import type { DetailedHTMLProps, HTMLAttributes } from "react";

export interface B2BDocument {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly issuedOn: string | null;
  readonly revision: number;
  readonly isVoid: boolean;
  readonly total: { readonly amount: number | string; readonly currency: string } | null;
  readonly url: string | null;
  readonly pdfUrl: string | null;
}

export type B2BDocumentsReadyEvent = CustomEvent<{
  readonly orderId: string;
  readonly documents: readonly B2BDocument[];
}>;

export type B2BDocumentsFailedEvent = CustomEvent<{
  readonly orderId: string;
  readonly reason: "FAILED" | "TIMEOUT" | "UNAUTHENTICATED" | "NOT_FOUND" | "UNEXPECTED";
  readonly code: string | null;
}>;

export interface B2BThankYouElement extends HTMLElement {
  orderId: string | null;
  endpoint: string | null;
  saleorApiUrl: string | null;
  guestEmail: string | null;
  viewer: string | null;
  getAccessToken: (() => Promise<string | null>) | undefined;
}

export interface B2BThankYouProps extends DetailedHTMLProps<
  HTMLAttributes<B2BThankYouElement>,
  B2BThankYouElement
> {
  "order-id": string;
  endpoint: string;
  "saleor-api-url"?: string | undefined;
  "guest-email"?: string | undefined;
  viewer?: "customer" | "guest" | undefined;
  /** React 19 hands a function over as a property; in React 18 set it through a ref. */
  getAccessToken?: (() => Promise<string | null>) | undefined;
  /** React 19; in React 18 add the listener through a ref. */
  "onb2b-documents-ready"?: ((event: B2BDocumentsReadyEvent) => void) | undefined;
  "onb2b-documents-failed"?: ((event: B2BDocumentsFailedEvent) => void) | undefined;
}

interface B2BMoney {
  readonly amount: number | string;
  readonly currency: string;
}

export type B2BDebtChangedEvent = CustomEvent<{
  /** By currency; `null` where there is nothing to show. */
  readonly totals:
    | readonly {
        readonly currency: string;
        readonly debt: B2BMoney;
        readonly advance: B2BMoney;
        readonly overdue: B2BMoney;
      }[]
    | null;
}>;

export type B2BContractChangedEvent = CustomEvent<{ readonly contractId: string }>;

/** What all elements of the account take. */
export interface B2BAccountElement extends HTMLElement {
  endpoint: string | null;
  saleorApiUrl: string | null;
  getAccessToken: (() => Promise<string | null>) | undefined;
  refresh(): Promise<void>;
}

export interface B2BDebtPanelElement extends B2BAccountElement {
  balanceUrl: string | null;
}

export interface B2BBalanceElement extends B2BAccountElement {
  contractId: string | null;
}

export interface B2BAccountProps<
  Element extends B2BAccountElement = B2BAccountElement,
> extends DetailedHTMLProps<HTMLAttributes<Element>, Element> {
  endpoint: string;
  "saleor-api-url"?: string | undefined;
  /** React 19 hands a function over as a property; in React 18 set it through a ref. */
  getAccessToken?: (() => Promise<string | null>) | undefined;
}

export interface B2BDebtPanelProps extends B2BAccountProps<B2BDebtPanelElement> {
  "balance-url"?: string | undefined;
  /** React 19; in React 18 add the listener through a ref. */
  "onb2b-debt-changed"?: ((event: B2BDebtChangedEvent) => void) | undefined;
}

export interface B2BBalanceProps extends B2BAccountProps<B2BBalanceElement> {
  "contract-id"?: string | undefined;
  /** React 19; in React 18 add the listener through a ref. */
  "onb2b-contract-changed"?: ((event: B2BContractChangedEvent) => void) | undefined;
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "b2b-thank-you": B2BThankYouProps;
      "b2b-debt-panel": B2BDebtPanelProps;
      "b2b-journal": B2BAccountProps;
      "b2b-payments": B2BAccountProps;
      "b2b-balance": B2BBalanceProps;
    }
  }
}
