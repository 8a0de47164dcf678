/** Everything the bundle brings: importing it registers the elements. */

import { defineElement } from "./elements/define.ts";
import { B2BThankYou } from "./elements/thank-you/thank-you.ts";

export { B2BThankYou };
export type { GetAccessToken } from "./api/client.ts";
export type { Money } from "./api/money.ts";
export type { OrderDocument } from "./api/order-documents.ts";
export type {
  DocumentsFailedDetail,
  DocumentsFailedEvent,
  DocumentsReadyDetail,
  DocumentsReadyEvent,
  FailureReason,
} from "./elements/thank-you/events.ts";

defineElement("b2b-thank-you", B2BThankYou);
