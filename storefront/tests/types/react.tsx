/** Never run: compiles only while the declarations for React say what the element really takes. */

import type { JSX } from "react";

import type {
  B2BDocumentsFailedEvent,
  B2BDocumentsReadyEvent,
  B2BThankYouElement,
} from "../../react.d.ts";
import type { B2BThankYou, DocumentsFailedEvent, DocumentsReadyEvent } from "../../src/index.ts";

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : never) : never;

export const readyEventIsTheSame: Same<B2BDocumentsReadyEvent, DocumentsReadyEvent> = true;
export const failedEventIsTheSame: Same<B2BDocumentsFailedEvent, DocumentsFailedEvent> = true;

type OwnProperty = Exclude<keyof B2BThankYouElement, keyof HTMLElement>;
export const propertiesAreTheSame: Same<
  Pick<B2BThankYouElement, OwnProperty>,
  Pick<B2BThankYou, OwnProperty>
> = true;

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

// @ts-expect-error An order and an address are the least it needs.
export const incomplete = <b2b-thank-you />;
