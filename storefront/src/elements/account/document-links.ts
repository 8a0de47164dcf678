import { html, nothing } from "lit";
import type { TemplateResult } from "lit";

import type { LinkedDocument } from "../../api/journal.ts";
import { accountTexts } from "../../localization/account-texts.ts";
import { documentTexts } from "../../localization/document-texts.ts";
import type { Language } from "../../localization/language.ts";
import { safeUrl } from "../../security/safe-url.ts";
import { icons } from "../../styles/icons.ts";
import { pdfName, targetOf } from "../file-links.ts";

/**
 * A paper's name as the link to its page, or plain where it has none that is safe.
 *
 * @param name such as "Invoice No. 7"
 */
export function documentName(
  document: LinkedDocument | null,
  name: string,
  language: Language,
): TemplateResult {
  const page = safeUrl(document?.url ?? null);
  if (page === null) return html`<span class="name" part="name">${name}</span>`;
  return html`<a class="name" part="name open" href=${page.href} target="_blank" rel="noopener"
    >${name}<span class="visually-hidden"> (${documentTexts[language].inNewTab})</span></a
  >`;
}

/** The file of a paper, where there is one. */
export function pdfLink(
  document: LinkedDocument | null,
  { name, number }: { readonly name: string; readonly number: string },
  language: Language,
): TemplateResult | typeof nothing {
  const pdf = safeUrl(document?.pdfUrl ?? null);
  if (pdf === null) return nothing;
  return html`<a
    class="pdf"
    part="pdf"
    href=${pdf.href}
    download=${pdfName(number)}
    target=${targetOf(pdf) ?? nothing}
    rel="noopener"
    >${icons.download}${accountTexts[language].pdf}<span class="visually-hidden">: ${name}</span></a
  >`;
}
