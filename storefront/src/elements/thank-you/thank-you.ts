import { LitElement, html, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { keyed } from "lit/directives/keyed.js";

import { ApiClient } from "../../api/client.ts";
import type { GetAccessToken } from "../../api/client.ts";
import { LocaleController } from "../../localization/locale-controller.ts";
import { baseStyles } from "../../styles/base.ts";
import { icons } from "../../styles/icons.ts";
import { FreshLink } from "../fresh-link.ts";
import { documentCard } from "./document-card.ts";
import { eventOf } from "./events.ts";
import { guestForm } from "./guest-form.ts";
import { statusNotice } from "./notice.ts";
import type { StatusNotice } from "./notice.ts";
import { OrderDocumentsWatch } from "./order-documents-watch.ts";
import type { Viewer } from "./order-documents-watch.ts";
import { thankYouStyles } from "./thank-you.styles.ts";
import { thankYouTexts } from "./texts.ts";

/** Loose on purpose: whether an address exists, the order knows; this only catches slips. */
const EMAIL = /^[^\s@]+@[^\s@]+$/;

/**
 * `<b2b-thank-you>`: waits on the thank-you page for the documents of the order that was just
 * placed, and offers them to download, print and open.
 *
 * @fires b2b-documents-ready - {@link DocumentsReadyDetail}
 * @fires b2b-documents-failed - {@link DocumentsFailedDetail}
 */
export class B2BThankYou extends LitElement {
  static override readonly styles = [baseStyles, thankYouStyles];

  static override readonly properties = {
    orderId: { attribute: "order-id" },
    endpoint: {},
    saleorApiUrl: { attribute: "saleor-api-url" },
    guestEmail: { attribute: "guest-email" },
    viewer: {},
    getAccessToken: { attribute: false },
  };

  /** Saleor's global id of the order. */
  declare orderId: string | null;
  /** Where to ask: the shop's proxy, or the app's `/graphql/`. */
  declare endpoint: string | null;
  /** API address of the shop's Saleor, where one app serves several. */
  declare saleorApiUrl: string | null;
  /** Fills the guest's form in; is sent only when the guest presses the button. */
  declare guestEmail: string | null;
  /** Who looks, if the shop knows: `customer` or `guest`. */
  declare viewer: string | null;
  /** For a shop without a proxy: answers a fresh token, asked before each request. */
  declare getAccessToken: GetAccessToken | undefined;

  readonly #localeController = new LocaleController(this);
  readonly #freshLink = new FreshLink({
    isStale: () => this.#watch?.hasStaleLinks ?? false,
    refresh: async () => {
      await this.#watch?.refreshLinks();
      await this.updateComplete;
    },
  });
  #watch: OrderDocumentsWatch | null = null;
  #isEmailInvalid = false;
  #hadFocus = false;

  constructor() {
    super();
    this.orderId = null;
    this.endpoint = null;
    this.saleorApiUrl = null;
    this.guestEmail = null;
    this.viewer = null;
    this.getAccessToken = undefined;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch?.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch?.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const isOtherQuestion =
      changed.has("orderId") || changed.has("endpoint") || changed.has("saleorApiUrl");
    // A framework may hand over the function after the element began to ask without it. Another
    // function in its place (a new one with each render) changes nothing.
    const gotToken =
      changed.has("getAccessToken") &&
      changed.get("getAccessToken") === undefined &&
      this.getAccessToken !== undefined;
    if (isOtherQuestion || gotToken) this.#startWatch();
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(): void {
    // Whoever pressed a button that is gone now would start again at the top of the page. Only a
    // focus that was in here is kept in here; none is ever taken from elsewhere.
    if (this.#hadFocus && this.shadowRoot?.activeElement == null) {
      this.shadowRoot?.querySelector<HTMLElement>("#status")?.focus();
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const watch = this.#watch;
    if (watch === null) return nothing;
    const { locale } = this.#localeController;
    const texts = thankYouTexts[locale.language];
    const { state, documents, isGuest, isRequesting } = watch;
    const notice = statusNotice(state, { documents, isGuest, isRequesting, texts });
    return html`
      <section
        class="panel"
        part="panel"
        lang=${locale.language}
        aria-label=${texts.region}
        aria-busy=${notice.tone === "busy" ? "true" : "false"}
      >
        ${this.#renderStatus(notice)} ${this.#renderAction(notice)}
        ${
          state.kind === "guest"
            ? guestForm({
                state,
                locale,
                prefilled: this.guestEmail ?? "",
                isInvalid: this.#isEmailInvalid,
                onSubmit: this.#onSubmit,
              })
            : nothing
        }
        ${
          documents.length === 0
            ? nothing
            : html`<ul class="documents" part="documents" @click=${this.#freshLink.onClick}>
                ${documents.map((document) => keyed(document.id, documentCard(document, locale)))}
              </ul>`
        }
      </section>
    `;
  }

  /** One node through all states: a screen reader announces what changes within it. */
  #renderStatus({ icon, tone, title, detail }: StatusNotice): TemplateResult {
    return html`
      <div class="status" part="status status-${tone}">
        <span class="mark ${tone}"
          ><span class=${tone === "busy" ? "spinner" : ""}>${icons[icon]}</span></span
        >
        <div class="status-text" id="status" role="status" aria-live="polite" tabindex="-1">
          <p class="title" part="title">${title}</p>
          ${detail === null ? nothing : html`<p class="detail" part="detail">${detail}</p>`}
        </div>
      </div>
    `;
  }

  #renderAction({ retry, request }: StatusNotice): TemplateResult | typeof nothing {
    if (request !== undefined) {
      return html`<div class="actions" part="actions">
        <button
          class="button primary"
          part="button request"
          type="button"
          @click=${this.#onRequest}
        >
          ${request}
        </button>
      </div>`;
    }
    if (retry === null) return nothing;
    return html`<div class="actions" part="actions">
      <button class="button" part="button retry" type="button" @click=${this.#onRetry}>
        ${retry}
      </button>
    </div>`;
  }

  #startWatch(): void {
    this.#watch?.pause();
    this.#watch = null;
    this.#isEmailInvalid = false;
    if (!this.orderId || !this.endpoint) return;
    const watch = new OrderDocumentsWatch({
      client: new ApiClient({
        endpoint: this.endpoint,
        saleorApiUrl: this.saleorApiUrl ?? undefined,
        getAccessToken: () => this.getAccessToken,
      }),
      orderId: this.orderId,
      viewer: () => viewerOf(this.viewer),
      onChange: () => {
        this.#onChange(watch);
      },
      onRenewal: () => {
        this.requestUpdate();
      },
    });
    this.#watch = watch;
    if (this.isConnected) watch.resume();
  }

  #onChange(watch: OrderDocumentsWatch): void {
    if (watch !== this.#watch) return;
    this.requestUpdate();
    const { state, documents } = watch;
    const event = eventOf(state, { orderId: this.orderId ?? "", documents });
    // After the update, so that a listener that looks at the element sees what it was told of.
    if (event !== null) void this.updateComplete.then(() => this.dispatchEvent(event));
  }

  readonly #onRetry = (): void => {
    this.#watch?.retry();
  };

  readonly #onRequest = (): void => {
    this.#watch?.requestInvoice();
  };

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    const state = this.#watch?.state;
    if (state?.kind !== "guest" || state.phase === "checking" || state.phase === "limited") return;
    const input = this.shadowRoot?.querySelector("input");
    const email = input?.value.trim() ?? "";
    this.#isEmailInvalid = !EMAIL.test(email);
    if (this.#isEmailInvalid) {
      this.requestUpdate();
      input?.focus();
      return;
    }
    this.#watch?.submitGuestEmail(email);
  };
}

function viewerOf(attribute: string | null): Viewer {
  return attribute === "customer" || attribute === "guest" ? attribute : "unknown";
}

declare global {
  interface HTMLElementTagNameMap {
    "b2b-thank-you": B2BThankYou;
  }
}
