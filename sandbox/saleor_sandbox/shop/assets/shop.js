// What the pages do without waiting for a button; each works without this script, too.

for (const field of document.querySelectorAll("[data-autosubmit]")) {
  field.addEventListener("change", () => field.form.requestSubmit());
}

for (const field of document.querySelectorAll("[data-recalculate]")) {
  field.addEventListener("change", () => {
    field.form.requestSubmit(field.form.querySelector('button[name="recalculate"]'));
  });
}

for (const order of document.querySelectorAll("details.order")) {
  order.addEventListener("toggle", () => {
    const element = order.querySelector("[data-order-id]");
    if (!order.open || !element) return;
    element.setAttribute("order-id", element.dataset.orderId);
    element.removeAttribute("data-order-id");
  });
}

// The accounting base's page tells the shop's other tabs when it posted something, as a real shop
// would do after a payment: the buyer's elements ask anew at once, not within their minute.
const posted = "BroadcastChannel" in globalThis ? new BroadcastChannel("sandbox-posted") : null;
posted?.addEventListener("message", () => dispatchEvent(new Event("b2b-docs:refresh")));
if (document.querySelector("[data-posted]")) posted?.postMessage("posted");
