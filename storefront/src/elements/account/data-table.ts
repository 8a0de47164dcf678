/** A table that becomes a stack of cards where the place is narrow. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";

export interface Column<Row> {
  /** In the part's name. */
  readonly name: string;
  readonly label: string;
  /** In place of the label at the head of the table. */
  readonly header?: TemplateResult;
  readonly sorted?: "ascending" | "descending" | "none" | undefined;
  /** Figures stand at the end, one under the other. */
  readonly isFigure?: boolean;
  /** On a card it stands alone, without its label. */
  readonly isBare?: boolean;
  /** `nothing` for an empty cell, which a card leaves out. */
  readonly cell: (row: Row) => unknown;
  readonly footer?: unknown;
}

export interface TableOptions<Row> {
  /** Says to who can't see it what the table is. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => unknown;
  readonly classOf?: (row: Row) => string;
  /** A line above all rows, cell by cell as they stand in the columns. */
  readonly lead?: readonly unknown[];
  readonly onClick?: (event: MouseEvent) => void;
}

/**
 * The roles are written out: a browser drops those of a table whose parts are laid out as blocks.
 * A wide table scrolls in its box, which the keyboard reaches for that.
 */
export function dataTable<Row>(options: TableOptions<Row>): TemplateResult {
  const { caption, columns, rows, keyOf, classOf, lead, onClick } = options;
  const hasFooter = columns.some(({ footer }) => footer !== undefined);
  return html`<div
    class="table-box"
    part="table-box"
    role="group"
    aria-label=${caption}
    tabindex="0"
  >
    <table part="table" role="table" @click=${onClick ?? nothing}>
      <caption class="visually-hidden">
        ${caption}
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(headerCell)}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${
          lead === undefined
            ? nothing
            : html`<tr class="lead" part="row row-lead" role="row">
                ${columns.map((column, index) => bodyCell(column, lead[index] ?? nothing))}
              </tr>`
        }
        ${repeat(
          rows,
          keyOf,
          (row) =>
            html`<tr class=${classOf?.(row) ?? ""} part="row" role="row">
              ${columns.map((column) => bodyCell(column, column.cell(row)))}
            </tr>`,
        )}
      </tbody>
      ${
        hasFooter
          ? html`<tfoot role="rowgroup">
              <tr part="row row-footer" role="row">
                ${columns.map((column) => bodyCell(column, column.footer ?? nothing))}
              </tr>
            </tfoot>`
          : nothing
      }
    </table>
  </div>`;
}

function headerCell<Row>({ label, header, sorted, isFigure }: Column<Row>): TemplateResult {
  return html`<th
    class=${isFigure === true ? "figure" : ""}
    scope="col"
    role="columnheader"
    aria-sort=${sorted ?? nothing}
  >
    ${header ?? label}
  </th>`;
}

function bodyCell<Row>(
  { name, label, isFigure, isBare }: Column<Row>,
  content: unknown,
): TemplateResult {
  const classes = [
    `cell-${name}`,
    isFigure === true ? "figure" : "",
    isBare === true ? "bare" : "",
    content === nothing ? "empty" : "",
  ];
  return html`<td
    class=${classes.filter((each) => each !== "").join(" ")}
    part="cell ${name}"
    role="cell"
    data-label=${label}
  >
    ${content}
  </td>`;
}
