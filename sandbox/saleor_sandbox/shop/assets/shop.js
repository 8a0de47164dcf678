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
