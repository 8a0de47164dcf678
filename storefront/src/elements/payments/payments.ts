import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { PageRequest, Page } from "../../api/pages.ts";
import { fetchPayments } from "../../api/payments.ts";
import type { Payment } from "../../api/payments.ts";
import { baseStyles } from "../../styles/base.ts";
import { accountStyles } from "../account/account.styles.ts";
import { dataTable } from "../account/data-table.ts";
import { formStyles } from "../account/form.styles.ts";
import { ListElement } from "../account/list-element.ts";
import type { FilterValues } from "../account/list-element.ts";
import { statusRegion } from "../account/status.ts";
import { tableStyles } from "../account/table.styles.ts";
import { paymentColumns } from "./columns.ts";
import { paymentsStyles } from "./payments.styles.ts";
import { paymentsTexts } from "./texts.ts";

const NO_FILTERS: FilterValues = {
  search: "",
  kind: "",
  contractId: "",
  dateFrom: "",
  dateTo: "",
  sort: "",
};

/** `<b2b-payments>`: money that came from the visitor's companies, and what it paid. */
export class B2BPayments extends ListElement<Payment> {
  static override readonly styles = [
    baseStyles,
    accountStyles,
    formStyles,
    tableStyles,
    paymentsStyles,
  ];

  protected override readonly noFilters = NO_FILTERS;

  protected override fetchPage(
    filters: FilterValues,
    request: PageRequest,
  ): Promise<Page<Payment>> {
    return fetchPayments(this.client, { filters, request });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.hasClient) return nothing;
    const { language } = this.localeController.locale;
    const texts = paymentsTexts[language];
    return html`<section
      class="panel"
      part="panel"
      lang=${language}
      aria-label=${texts.region}
      aria-busy=${this.isBusy ? "true" : "false"}
    >
      ${this.#mayNot ? this.#renderNoAccess() : this.#renderList()}
    </section>`;
  }

  /** Who may see the money of no company, or has none: an empty list would be a riddle. */
  get #mayNot(): boolean {
    const contracts = this.contracts.answer;
    return (
      contracts !== null &&
      contracts.every(({ maySeeMoney }) => !maySeeMoney) &&
      this.list.page?.rows.length === 0 &&
      this.list.loader.failure === null &&
      !this.isFiltered
    );
  }

  #renderNoAccess(): TemplateResult {
    return statusRegion({
      locale: this.localeController.locale,
      failure: { kind: "no-access" },
      isLoading: false,
      empty: null,
      count: null,
    });
  }

  #renderList(): TemplateResult {
    const { locale } = this.localeController;
    const texts = paymentsTexts[locale.language];
    return html`${this.renderFilters({
        searchLabel: texts.searchLabel,
        choices: nothing,
        contracts: (this.contracts.answer ?? []).filter(({ maySeeMoney }) => maySeeMoney),
      })}
      <div class="toolbar" part="toolbar">${this.renderStatus(texts.empty)}</div>
      ${this.renderRemedy()}
      ${
        this.hasRows
          ? dataTable({
              caption: texts.region,
              columns: paymentColumns(locale),
              rows: this.rows,
              keyOf: ({ id }) => id,
              classOf: rowClass,
              onClick: this.freshLink.onClick,
            })
          : nothing
      }
      ${this.renderMore()}`;
  }
}

function rowClass({ isRefund, isProvisional }: Payment): string {
  return [isRefund ? "is-refund" : "", isProvisional ? "is-provisional" : ""].join(" ").trim();
}

declare global {
  interface HTMLElementTagNameMap {
    "b2b-payments": B2BPayments;
  }
}
