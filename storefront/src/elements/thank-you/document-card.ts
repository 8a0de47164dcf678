import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { OrderDocument } from "../../api/order-documents.ts";
import { documentTexts } from "../../localization/document-texts.ts";
import type { DocumentTexts } from "../../localization/document-texts.ts";
import { formatDay, formatMoney } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import { safeUrl } from "../../security/safe-url.ts";
import { icons } from "../../styles/icons.ts";
import { pdfName, targetOf } from "../file-links.ts";

/** One paper: what it is, from when, over how much, and the links to it that are safe. */
export function documentCard(document: OrderDocument, { language, tag }: Locale): TemplateResult {
  const texts = documentTexts[language];
  const { kind, number, issuedOn, revision, isVoid, total } = document;
  const kindName = texts.kinds[kind] ?? texts.anyKind;
  const signedNumber = `${texts.numberSign}\u00a0${number}`;
  return html`
    <li
      class="document ${isVoid ? "is-void" : ""}"
      part="document ${isVoid ? "document-void" : ""}"
    >
      <div class="document-head">
        <div>
          <p class="document-name" part="document-name">
            ${kindName} <span class="number">${signedNumber}</span>
          </p>
          <p class="document-facts" part="document-facts">
            ${issuedOn === null ? nothing : html`<span>${texts.issued(formatDay(issuedOn, tag))}</span>`}
            ${revision > 1 ? html`<span>${texts.revision(revision)}</span>` : nothing}
          </p>
        </div>
        ${
          total === null
            ? nothing
            : html`<p class="total" part="total">
                <span class="visually-hidden">${texts.total}: </span>${formatMoney(total, tag)}
              </p>`
        }
      </div>
      ${isVoid ? html`<p class="badge" part="void">${texts.void}</p>` : nothing}
      ${links(document, { name: `${kindName} ${signedNumber}`, texts })}
    </li>
  `;
}

function links(
  { number, isVoid, url, pdfUrl }: OrderDocument,
  { name, texts }: { name: string; texts: DocumentTexts },
): TemplateResult {
  const web = safeUrl(url);
  const pdf = safeUrl(pdfUrl);
  const printed = printable(web) ?? pdf;
  if (printed === null) return html`<p class="detail">${texts.noLinks}</p>`;
  return html`
    <div class="actions" part="actions">
      ${
        pdf === null
          ? nothing
          : html`<a
              class="button ${isVoid ? "" : "primary"}"
              part="button download"
              href=${pdf.href}
              download=${pdfName(number)}
              target=${targetOf(pdf) ?? nothing}
              rel="noopener"
              >${icons.download}${texts.download}<span class="visually-hidden">: ${name}</span></a
            >`
      }
      <a class="button" part="button print" href=${printed.href} target="_blank" rel="noopener"
        >${icons.print}${texts.print}${linkEnding(name, texts)}</a
      >
      ${
        web === null
          ? nothing
          : html`<a
              class="button"
              part="button open"
              href=${web.href}
              target="_blank"
              rel="noopener"
              >${icons.newTab}${texts.open}${linkEnding(name, texts)}</a
            >`
      }
    </div>
  `;
}

function linkEnding(name: string, texts: DocumentTexts): TemplateResult {
  return html`<span class="visually-hidden">: ${name} (${texts.inNewTab})</span>`;
}

/**
 * The web document with `#print`, by which it knows to open the print dialogue. It must do so
 * itself: a page opened with `noopener`, or from another origin, can't be told to.
 */
function printable(web: URL | null): URL | null {
  if (web === null) return null;
  const url = new URL(web);
  url.hash = "print";
  return url;
}
