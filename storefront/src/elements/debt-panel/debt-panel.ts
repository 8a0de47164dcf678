import { html, nothing } from "lit";
import type { PropertyDeclarations, TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { ApiError } from "../../api/client.ts";
import type { Contract } from "../../api/contracts.ts";
import { fetchDebtPanel } from "../../api/panel.ts";
import type { ContractPanel, DebtPanel, DebtTotals } from "../../api/panel.ts";
import { contractName, contractParties } from "../../localization/contract-label.ts";
import { Loader } from "../../polling/loader.ts";
import { safeUrl } from "../../security/safe-url.ts";
import { baseStyles } from "../../styles/base.ts";
import { accountStyles } from "../account/account.styles.ts";
import { AccountElement } from "../account/account-element.ts";
import type { Loading } from "../account/account-element.ts";
import { retryButton, statusRegion } from "../account/status.ts";
import {
  contractFigures,
  contractNotes,
  figureList,
  mainFigures,
  managerLine,
} from "./contract-figures.ts";
import { debtPanelStyles } from "./debt-panel.styles.ts";
import { debtChanged } from "./events.ts";
import { debtPanelTexts } from "./texts.ts";

/** The panel stands on every page, and a debt that was just paid should not stand there long. */
const MAX_AGE_MS = 60_000;

/**
 * Who has no account with the supplier gets no panel: a word of loading would only flicker on each
 * of their pages. It is said to those who wait longer than this.
 */
export const SLOW_MS = 1_000;

/** `panel` is `null` for nobody, and for somebody who may see no money. */
interface Loaded {
  readonly panel: DebtPanel | null;
}

/**
 * `<b2b-debt-panel>`: on every page, what the visitor's companies owe, by contract.
 *
 * @fires b2b-debt-changed - {@link DebtChangedDetail}
 */
export class B2BDebtPanel extends AccountElement {
  static override readonly styles = [baseStyles, accountStyles, debtPanelStyles];

  static override readonly properties: PropertyDeclarations = {
    balanceUrl: { attribute: "balance-url" },
  };

  /** The shop's page with Balance; the contract's id is added to it as `contract`. */
  declare balanceUrl: string | null;

  readonly #loader = new Loader<true, Loaded>({
    load: (_question, { signal }) => this.#load(signal),
    onChange: () => {
      this.#onChange();
    },
    maxAgeMs: MAX_AGE_MS,
  });
  #isSlow = false;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  /** What the page was told of last. */
  #told: string | undefined;

  constructor() {
    super();
    this.balanceUrl = null;
  }

  protected override get loadings(): readonly Loading[] {
    return [this.#loader];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener("visibilitychange", this.#onVisibilityChange);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener("visibilitychange", this.#onVisibilityChange);
    clearTimeout(this.#slowTimer);
  }

  protected override begin(): void {
    this.#isSlow = false;
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.#isSlow = true;
      this.requestUpdate();
    }, SLOW_MS);
    this.#loader.ask(true);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { answer, failure, isLoading } = this.#loader;
    const { locale } = this.localeController;
    if (!this.hasClient) return nothing;
    if (failure === null && answer !== null) {
      return answer.panel === null ? nothing : this.#renderPanel(answer.panel);
    }
    if (failure === null && !(isLoading && this.#isSlow)) return nothing;
    return this.#section(html`
      ${statusRegion({ locale, failure, isLoading, empty: null, count: null })}
      ${retryButton(failure, { language: locale.language, onRetry: this.#onRetry })}
    `);
  }

  #section(content: TemplateResult): TemplateResult {
    const { language } = this.localeController.locale;
    return html`<section
      class="panel"
      part="panel"
      lang=${language}
      aria-label=${debtPanelTexts[language].region}
    >
      ${content}
    </section>`;
  }

  #renderPanel({ totals, contracts }: DebtPanel): TemplateResult | typeof nothing {
    if (contracts.length === 0) return nothing;
    const all = contracts.map(({ contract }) => contract);
    return this.#section(html`
      ${contracts.length > 1 ? totals.map((total) => this.#renderTotals(total)) : nothing}
      <ul class="contracts" part="contracts">
        ${repeat(
          contracts,
          ({ contract }) => contract.id,
          (panel) => this.#renderContract(panel, all),
        )}
      </ul>
    `);
  }

  #renderTotals(totals: DebtTotals): TemplateResult {
    const { locale } = this.localeController;
    return html`<div class="contract totals" part="totals">
      <p class="who">
        <span class="contract-name"
          >${debtPanelTexts[locale.language].total}, ${totals.currency}</span
        >
      </p>
      ${figureList(mainFigures(totals, locale, null), locale)}
    </div>`;
  }

  #renderContract(panel: ContractPanel, all: readonly Contract[]): TemplateResult {
    const { locale } = this.localeController;
    const { contract, manager } = panel;
    return html`<li class="contract" part="contract">
      <p class="who" part="who">
        <span class="contract-name" part="contract-name"
          >${contractName(contract, locale.language)}</span
        >
        <span class="parties">${contractParties(contract, all)}</span>
      </p>
      ${figureList(contractFigures(panel, locale, this.#balanceOf(contract)), locale)}
      <div class="small-print">
        ${contractNotes(panel, locale)} ${manager === null ? nothing : managerLine(manager, locale)}
      </div>
    </li>`;
  }

  #balanceOf(contract: Contract): URL | null {
    const url = safeUrl(this.balanceUrl);
    url?.searchParams.set("contract", contract.id);
    return url;
  }

  async #load(signal: AbortSignal): Promise<Loaded> {
    try {
      return { panel: await fetchDebtPanel(this.client, signal) };
    } catch (error) {
      const isNobody =
        error instanceof ApiError &&
        (error.code === "UNAUTHENTICATED" || error.code === "PERMISSION_DENIED");
      if (isNobody) return { panel: null };
      throw error;
    }
  }

  #onChange(): void {
    this.requestUpdate();
    const { answer, failure } = this.#loader;
    if (answer === null || failure !== null) return;
    const told = JSON.stringify(answer.panel?.totals ?? null);
    if (told === this.#told) return;
    this.#told = told;
    // After the update, so that a listener that looks at the element sees what it was told of.
    void this.updateComplete.then(() => this.dispatchEvent(debtChanged(answer.panel)));
  }

  readonly #onVisibilityChange = (): void => {
    if (document.visibilityState === "visible") void this.#loader.refresh();
  };

  readonly #onRetry = (): void => {
    this.#loader.retry();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "b2b-debt-panel": B2BDebtPanel;
  }
}
