import { LitElement } from "lit";
import type { PropertyDeclarations, PropertyValues } from "lit";

import type { ApiClient, GetAccessToken } from "../../api/client.ts";
import { LocaleController } from "../../localization/locale-controller.ts";
import { AccountClient } from "./account-client.ts";

/** A page sends it to the window after something changed: a payment, an order, who is signed in. */
export const REFRESH_EVENT = "b2b-docs:refresh";

/** Something that is asked for while the element is in the page. */
export interface Loading {
  resume(): void;
  pause(): void;
  reset(): void;
  refresh(): Promise<void>;
  refreshAfterChange(): Promise<void>;
}

/** What the elements of the account have in common: whom they ask, and when anew. */
export abstract class AccountElement extends LitElement {
  static override readonly properties: PropertyDeclarations = {
    endpoint: {},
    saleorApiUrl: { attribute: "saleor-api-url" },
    getAccessToken: { attribute: false },
  };

  /** Where to ask: the shop's proxy, or the app's `/graphql/`. */
  declare endpoint: string | null;
  /** API address of the shop's Saleor, where one app serves several. */
  declare saleorApiUrl: string | null;
  /** For a shop without a proxy: answers a fresh token, asked before each request. */
  declare getAccessToken: GetAccessToken | undefined;

  protected readonly localeController = new LocaleController(this);
  #client: ApiClient | null = null;
  #hadFocus = false;

  constructor() {
    super();
    this.endpoint = null;
    this.saleorApiUrl = null;
    this.getAccessToken = undefined;
  }

  /** Everything that it asks for. */
  protected abstract readonly loadings: readonly Loading[];

  /** Asks the first questions: there is somebody to ask, or another one than before. */
  protected abstract begin(): void;

  protected get hasClient(): boolean {
    return this.#client !== null;
  }

  protected get client(): ApiClient {
    if (this.#client === null) throw new Error("Nobody to ask");
    return this.#client;
  }

  /**
   * Asks for everything anew, since something changed: quietly, unless the first answer is still
   * awaited. Resolves when that came to an end, good or bad.
   */
  async refresh(): Promise<void> {
    await Promise.all(this.loadings.map((loading) => loading.refreshAfterChange()));
    await this.updateComplete;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener(REFRESH_EVENT, this.#onRefresh);
    for (const loading of this.loadings) loading.resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener(REFRESH_EVENT, this.#onRefresh);
    for (const loading of this.loadings) loading.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // A framework may hand over the function after the element began to ask without it. Another
    // function in its place (a new one with each render) changes nothing.
    const gotToken =
      changed.has("getAccessToken") &&
      changed.get("getAccessToken") === undefined &&
      this.getAccessToken !== undefined;
    if (changed.has("endpoint") || changed.has("saleorApiUrl") || gotToken) this.#connect();
    this.#hadFocus = this.shadowRoot?.activeElement != null;
  }

  protected override updated(): void {
    // Whoever pressed a button that is gone now would start again at the top of the page. Only a
    // focus that was in here is kept in here; none is ever taken from elsewhere.
    if (this.#hadFocus && this.shadowRoot?.activeElement == null) {
      this.shadowRoot?.querySelector<HTMLElement>("#status")?.focus();
    }
  }

  #connect(): void {
    for (const loading of this.loadings) loading.reset();
    this.#client = this.endpoint
      ? new AccountClient({
          endpoint: this.endpoint,
          saleorApiUrl: this.saleorApiUrl ?? undefined,
          getAccessToken: () => this.getAccessToken,
        })
      : null;
    if (this.#client !== null) this.begin();
  }

  readonly #onRefresh = (): void => {
    void this.refresh();
  };
}
