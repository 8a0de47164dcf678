import { html, nothing } from "lit";
import type { PropertyDeclarations, PropertyValues, TemplateResult } from "lit";

import { fetchBalanceExport, fetchOverview } from "../../api/balance.ts";
import type { BalanceOverview, BalanceTable, TableFormat } from "../../api/balance.ts";
import { fetchContracts } from "../../api/contracts.ts";
import type { Contract } from "../../api/contracts.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import {
  contractName,
  contractOption,
  contractParties,
} from "../../localization/contract-label.ts";
import { Loader } from "../../polling/loader.ts";
import { baseStyles } from "../../styles/base.ts";
import { icons } from "../../styles/icons.ts";
import { accountStyles } from "../account/account.styles.ts";
import { AccountElement } from "../account/account-element.ts";
import type { Loading } from "../account/account-element.ts";
import { choiceField } from "../account/fields.ts";
import { FileRequest } from "../account/file-request.ts";
import { formStyles } from "../account/form.styles.ts";
import { LINKS_FRESH_MS } from "../account/list-element.ts";
import { retryButton, statusRegion } from "../account/status.ts";
import { tableStyles } from "../account/table.styles.ts";
import {
  contractFigures,
  contractNotes,
  figureList,
  managerLine,
} from "../debt-panel/contract-figures.ts";
import { FreshLink } from "../fresh-link.ts";
import { agingChart } from "./aging.ts";
import { balanceStyles } from "./balance.styles.ts";
import { contractChanged } from "./events.ts";
import { MovementsTable } from "./movements.ts";
import { OpenDocumentsTable } from "./open-documents.ts";
import { tabList } from "./tabs.ts";
import { balanceTexts } from "./texts.ts";

/** `balance` is `null` for a contract whose money isn't the visitor's. */
interface Loaded {
  readonly balance: BalanceOverview | null;
}

/**
 * `<b2b-balance>`: what proves the debt of a contract, line by line.
 *
 * @fires b2b-contract-changed - {@link ContractChangedDetail}
 */
export class B2BBalance extends AccountElement {
  static override readonly styles = [
    baseStyles,
    accountStyles,
    formStyles,
    tableStyles,
    balanceStyles,
  ];

  static override readonly properties: PropertyDeclarations = {
    contractId: { attribute: "contract-id" },
  };

  /** The contract to begin with; else the main one. */
  declare contractId: string | null;

  readonly #freshLink = new FreshLink({
    isStale: () => this.#tableLoader.isStale,
    refresh: async () => {
      await this.#tableLoader.refresh();
      await this.updateComplete;
    },
  });
  readonly #host = {
    client: () => this.client,
    onChange: () => {
      this.requestUpdate();
    },
    onClick: this.#freshLink.onClick,
  };
  readonly #contracts = new Loader<true, readonly Contract[]>({
    load: (_question, { signal }) => fetchContracts(this.client, signal),
    onChange: () => {
      if (this.#chosen === null) this.#choose(this.#firstChoice());
      this.requestUpdate();
    },
    maxAgeMs: LINKS_FRESH_MS,
  });
  readonly #overview = new Loader<string, Loaded>({
    load: async (contractId, { signal }) => ({
      balance: await fetchOverview(this.client, { contractId, signal }),
    }),
    onChange: this.#host.onChange,
    maxAgeMs: LINKS_FRESH_MS,
  });
  readonly #openDocuments = new OpenDocumentsTable(this.#host);
  readonly #movements = new MovementsTable(this.#host);
  readonly #file = new FileRequest(this.#host.onChange);
  #chosen: string | null = null;
  #table: BalanceTable = "OPEN_DOCUMENTS";

  constructor() {
    super();
    this.contractId = null;
  }

  protected override get loadings(): readonly Loading[] {
    const tables = [this.#openDocuments.loader, this.#movements.list.loader];
    return [this.#contracts, this.#overview, ...tables];
  }

  protected override begin(): void {
    this.#chosen = null;
    this.#contracts.ask(true);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    if (changed.has("contractId") && this.#contracts.answer !== null) {
      this.#choose(this.#firstChoice());
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.hasClient) return nothing;
    const { locale } = this.localeController;
    const isBusy = this.#overview.isLoading || this.#tableLoader.isLoading;
    return html`<section
      class="panel"
      part="panel"
      lang=${locale.language}
      aria-label=${balanceTexts[locale.language].region}
      aria-busy=${isBusy ? "true" : "false"}
    >
      ${this.#renderChooser()} ${this.#renderStatus()} ${this.#renderOverview()}
    </section>`;
  }

  #renderChooser(): TemplateResult | typeof nothing {
    const contracts = this.#payable;
    if (contracts.length < 2 && this.#chosen !== null) return nothing;
    if (contracts.length === 0) return nothing;
    const { language } = this.localeController.locale;
    const choices = contracts.map((contract) => ({
      value: contract.id,
      label: contractOption(contract, contracts, language),
    }));
    return html`<div class="chooser" @change=${this.#onChooser}>
      ${choiceField({
        name: "contract",
        label: accountTexts[language].contract,
        value: this.#chosen ?? "",
        choices: this.#chosen === null ? [{ value: "", label: "—" }, ...choices] : choices,
      })}
    </div>`;
  }

  #renderStatus(): TemplateResult {
    const { locale } = this.localeController;
    const contracts = this.#contracts;
    const overview = this.#overview;
    const isRefused = overview.answer !== null && overview.answer.balance === null;
    const isForeign = contracts.answer !== null && this.#payable.length === 0;
    const failure =
      contracts.failure ?? (isForeign ? ({ kind: "no-access" } as const) : overview.failure);
    const isUnknown = contracts.answer !== null && (this.#chosen === null || isRefused);
    return html`${statusRegion({
      locale,
      failure,
      isLoading: contracts.isLoading || (overview.isLoading && overview.answer === null),
      empty: isUnknown ? balanceTexts[locale.language].unknownContract : null,
      count: null,
    })}
    ${retryButton(failure, { language: locale.language, onRetry: this.#onRetry })}`;
  }

  #renderOverview(): TemplateResult | typeof nothing {
    const balance = this.#overview.answer?.balance ?? null;
    if (balance === null || this.#chosen === null || this.#overview.failure !== null) {
      return nothing;
    }
    const { locale } = this.localeController;
    const { panel, aging } = balance;
    const { manager, contract } = panel;
    return html`${this.#payable.length > 1 ? nothing : this.#renderOnlyContract(contract)}
      ${figureList(contractFigures(panel, locale, null), locale)}
      <div class="small-print">
        ${contractNotes(panel, locale)} ${manager === null ? nothing : managerLine(manager, locale)}
      </div>
      ${agingChart(aging, locale)} ${this.#renderTables()}`;
  }

  /** In place of the chooser where there is nothing to choose. */
  #renderOnlyContract(contract: Contract): TemplateResult {
    const { language } = this.localeController.locale;
    return html`<p class="who" part="who">
      <span class="contract-name">${contractName(contract, language)}</span>
      <span class="parties">${contractParties(contract, [contract])}</span>
    </p>`;
  }

  #renderTables(): TemplateResult {
    const { locale } = this.localeController;
    const texts = balanceTexts[locale.language];
    const table = this.#table === "OPEN_DOCUMENTS" ? this.#openDocuments : this.#movements;
    return html`${tabList<BalanceTable>({
        label: texts.tables,
        tabs: [
          { name: "OPEN_DOCUMENTS", label: texts.openDocuments },
          { name: "MOVEMENTS", label: texts.movements },
        ],
        chosen: this.#table,
        onChoose: this.#onTab,
      })}
      <div id="table" part="table-panel" role="tabpanel" aria-labelledby="tab-${this.#table}">
        ${table.render(locale)}
        <div class="toolbar" part="toolbar">
          ${this.#exportButton("XLSX", texts.xlsx)} ${this.#exportButton("CSV", texts.csv)}
        </div>
        ${this.#file.render(locale.language)}
      </div>`;
  }

  #exportButton(format: TableFormat, label: string): TemplateResult {
    return html`<button
      class="button"
      part="button export ${format.toLowerCase()}"
      type="button"
      aria-disabled=${this.#file.isPreparing ? "true" : "false"}
      @click=${() => {
        this.#export(format);
      }}
    >
      ${icons.download}${label}
    </button>`;
  }

  /** The contracts whose money the visitor may see. */
  get #payable(): readonly Contract[] {
    return (this.#contracts.answer ?? []).filter(({ maySeeMoney }) => maySeeMoney);
  }

  get #tableLoader(): Loading & { readonly isStale: boolean; readonly isLoading: boolean } {
    return this.#table === "OPEN_DOCUMENTS"
      ? this.#openDocuments.loader
      : this.#movements.list.loader;
  }

  /** The one that the page names, and no other in its place; else the main one. */
  #firstChoice(): string | null {
    const contracts = this.#payable;
    if (this.contractId) return contracts.find(({ id }) => id === this.contractId)?.id ?? null;
    const open = contracts.filter(({ isClosed }) => !isClosed);
    return (open.find(({ isMain }) => isMain) ?? open[0] ?? contracts[0])?.id ?? null;
  }

  #choose(contractId: string | null): void {
    if (contractId === this.#chosen) return;
    this.#chosen = contractId;
    this.#file.reset();
    // What stands there is another contract's: it must not be taken for this one's.
    this.#overview.reset();
    this.#openDocuments.loader.reset();
    this.#movements.list.loader.reset();
    if (contractId !== null) {
      this.#overview.ask(contractId);
      this.#showTable(contractId);
    }
    this.requestUpdate();
  }

  #showTable(contractId: string): void {
    if (this.#table === "OPEN_DOCUMENTS") this.#openDocuments.show(contractId);
    else this.#movements.show(contractId);
  }

  #export(format: TableFormat): void {
    const contractId = this.#chosen;
    const table = this.#table;
    if (contractId === null || (table === "MOVEMENTS" && !this.#movements.hasPeriod)) return;
    const period = table === "MOVEMENTS" ? this.#movements.period : null;
    const { language } = this.localeController.locale;
    const { client } = this;
    void this.#file.start((signal) =>
      fetchBalanceExport(client, { contractId, format, table, language, period, signal }),
    );
  }

  readonly #onTab = (table: BalanceTable): void => {
    this.#table = table;
    this.#file.reset();
    if (this.#chosen !== null) this.#showTable(this.#chosen);
    this.requestUpdate();
  };

  readonly #onChooser = (event: Event): void => {
    if (!(event.target instanceof HTMLSelectElement) || event.target.value === "") return;
    this.#choose(event.target.value);
    this.dispatchEvent(contractChanged(event.target.value));
  };

  readonly #onRetry = (): void => {
    if (this.#contracts.failure === null && this.#chosen !== null) this.#overview.retry();
    else this.begin();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "b2b-balance": B2BBalance;
  }
}
