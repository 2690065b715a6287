// Small helps. Every page works without them.
"use strict";

const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function count(field) {
  const counter = document.getElementById(`${field.id}_counter`);
  if (!counter) return;
  const used = [...field.value].length;
  counter.textContent = counter.dataset.words.replace("{n}", used).replace("{limit}", field.dataset.limit);
  counter.classList.toggle("error", used > Number(field.dataset.limit));
}

function begin(button) {
  const field = document.getElementById(button.dataset.startFor);
  const start = button.textContent.trim().replace(/…$/, " ");
  field.value = field.value.trim() ? `${field.value.trimEnd()} ${start}` : start;
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function prepare(root) {
  all("[data-starts], [data-close]", root).forEach((part) => { part.hidden = false; });
  all("[data-limit]", root).forEach(count);
  if (innerWidth < 960) all("[data-fold-narrow]", root).forEach((part) => { part.open = false; });
  const errors = all(".errors[role=alert]", root)[0];
  if (errors) errors.focus();
}

document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:load", (event) => { if (event.target !== document.body) prepare(event.target); });
document.addEventListener("input", (event) => { if (event.target.dataset.limit) count(event.target); });
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-start-for], [data-close]");
  if (!button) return;
  if (button.dataset.startFor) begin(button);
  else button.parentElement.remove();
});
document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-submit-on-change]");
  if (form) (form.form || form).requestSubmit();
});
// A second click on a button that is already sending does nothing. htmx forms look after themselves.
function release(form) {
  delete form.dataset.sent;
  all("[aria-busy]", form).forEach((button) => button.removeAttribute("aria-busy"));
}
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(release, 8000, form);
});
window.addEventListener("pageshow", () => all("[data-sent]").forEach(release));
