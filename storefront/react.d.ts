/**
 * `<b2b-thank-you>` in JSX, for React 18 and 19. Needs nothing but React's own types, so the file
 * may be copied into a shop next to its other declarations.
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

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "b2b-thank-you": B2BThankYouProps;
    }
  }
}
