import { expect, test } from "vitest";

import { mailUrl, messengerUrl, phoneUrl } from "../../src/security/contact-url.ts";

test.each([
  ["+380 (67) 123-45-67", "tel:+380671234567"],
  ["8 800 555 35 35", "tel:88005553535"],
  ["javascript:1", null],
  ["", null],
])("the phone %j is %j", (phone, url) => {
  expect(phoneUrl(phone)).toBe(url);
});

test.each([
  ["buyer@example.com", "mailto:buyer@example.com"],
  ["a?subject=x@example.com", "mailto:a%3Fsubject%3Dx@example.com"],
  ["a@b@c", null],
  ["nobody", null],
  ["@example.com", null],
])("the mail address %j is %j", (email, url) => {
  expect(mailUrl(email)).toBe(url);
});

test.each([
  ["telegram", "@ivan_k", "https://t.me/ivan_k"],
  ["telegram", "+380671234567", "https://t.me/+380671234567"],
  ["Telegram", "https://t.me/ivan_k", "https://t.me/ivan_k"],
  ["telegram", "ivan/../evil", null],
  ["viber", "+380 67 123 45 67", "viber://chat?number=%2B380671234567"],
  ["whatsapp", "380671234567", "https://wa.me/380671234567"],
  ["signal", "+380671234567", null],
  ["pigeon", "javascript:alert(1)", null],
  ["pigeon", "http://evil.example", null],
])("the address in %s, %j, is %j", (kind, address, url) => {
  expect(messengerUrl(kind, address)).toBe(url);
});
