import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";

import type { AgingBucket } from "../../api/balance.ts";
import { signOf } from "../../api/money.ts";
import { formatMoney } from "../../localization/formats.ts";
import type { Locale } from "../../localization/language.ts";
import { balanceTexts } from "./texts.ts";

/** The debt by how late it is: a bar to see at a glance, and what its parts come to. */
export function agingChart(
  buckets: readonly AgingBucket[],
  { language, tag }: Locale,
): TemplateResult | typeof nothing {
  const texts = balanceTexts[language].aging;
  const parts = buckets.filter(({ amount }) => signOf(amount) > 0);
  if (parts.length === 0) return nothing;
  return html`<figure class="aging" part="aging">
    <figcaption>${texts.title}</figcaption>
    <svg class="aging-bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      ${slices(parts).map(
        ({ code, start, width }) =>
          svg`<rect class=${code} x=${start} y="0" width=${width} height="1"></rect>`,
      )}
    </svg>
    <dl class="aging-parts">
      ${parts.map(
        ({ code, amount }) =>
          html`<div class="aging-part" part="aging-part">
            <dt><span class="swatch ${code}"></span>${texts.buckets[code] ?? code}</dt>
            <dd>${formatMoney(amount, tag)}</dd>
          </div>`,
      )}
    </dl>
  </figure>`;
}

/** Where each part begins and how wide it is, in hundredths; only a picture, so rounding is fine. */
function slices(
  parts: readonly AgingBucket[],
): readonly { readonly code: string; readonly start: string; readonly width: string }[] {
  const total = parts.reduce((sum, { amount }) => sum + Number(amount.amount), 0);
  let start = 0;
  return parts.map(({ code, amount }) => {
    const width = (Number(amount.amount) / total) * 100;
    const slice = { code, start: start.toFixed(2), width: width.toFixed(2) };
    start += width;
    return slice;
  });
}
