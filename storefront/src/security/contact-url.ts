/** Addresses of people, made from what somebody typed; `null` where there is nothing to go by. */

import { safeUrl } from "./safe-url.ts";

/** Only digits and a plus in front come into the link, whatever stands in the field. */
export function phoneUrl(phone: string): string | null {
  const digits = digitsOf(phone);
  if (digits.length < 3) return null;
  return `tel:${phone.trim().startsWith("+") ? "+" : ""}${digits}`;
}

export function mailUrl(email: string): string | null {
  const [name, host, ...more] = email.split("@").map(encodeURIComponent);
  return name && host && more.length === 0 ? `mailto:${name}@${host}` : null;
}

/** An address that is one already is linked to as it is; a name or number where it is known how. */
export function messengerUrl(kind: string, address: string): string | null {
  const url = safeUrl(address);
  if (url?.protocol === "https:") return url.href;
  const digits = digitsOf(address);
  const isNumber = digits.length >= 7 && /^[+\d\s().-]+$/.test(address);
  switch (kind.toLowerCase()) {
    case "telegram":
      if (isNumber) return `https://t.me/+${digits}`;
      return /^@?\w{3,32}$/.test(address) ? `https://t.me/${address.replace("@", "")}` : null;
    case "whatsapp":
      return isNumber ? `https://wa.me/${digits}` : null;
    case "viber":
      return isNumber ? `viber://chat?number=%2B${digits}` : null;
    default:
      return null;
  }
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, "");
}
