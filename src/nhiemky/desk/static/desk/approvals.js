// The Approve screen by keyboard: walk, approve, return with a reason, pick several. Every action is also a form in the page.
"use strict";
(() => {
  const items = () => Array.from(document.querySelectorAll(".queue .wait:not(.shut)"));
  const current = () => document.querySelector(".wait.on");
  const picks = () => Array.from(document.querySelectorAll("input.pick"));
  const bulk = document.getElementById("bulk");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  function select(item, { move = true } = {}) {
    if (!item) return;
    for (const old of document.querySelectorAll(".wait.on")) { old.classList.remove("on"); old.removeAttribute("aria-current"); }
    item.classList.add("on");
    item.setAttribute("aria-current", "true");
    if (move) item.scrollIntoView({ block: "nearest", behavior: calm });
    const live = document.getElementById("live");
    if (live) live.textContent = item.dataset.said || "";
  }
  function step(way) {
    const all = items(), to = all[all.indexOf(current()) + way];
    select(to || current());
    const head = current() && current().querySelector("h3");
    if (head) head.focus({ preventScroll: true });
  }
  function reason(item) {
    const form = item && item.querySelector(".back");
    if (!form) return;
    const open = form.classList.toggle("open");
    item.querySelector("[data-act=return]").setAttribute("aria-expanded", String(open));
    if (open) form.querySelector(".input").focus();
  }
  function count() {
    if (!bulk) return;
    const n = picks().filter((one) => one.checked).length, said = bulk.querySelector("[data-count]");
    bulk.classList.toggle("some", n > 0);
    said.textContent = said.dataset.count.replace("#", n);
  }
  const picked = () => bulk && bulk.classList.contains("some");
  window.onKeys({
    j: () => step(1), k: () => step(-1),
    a: () => { const button = picked() ? bulk.querySelector("[value=approve]") : current() && current().querySelector("[data-act=approve]"); if (button) button.click(); },
    r: () => { if (picked()) bulk.querySelector("[name=reason]").focus(); else reason(current()); },
    x: () => { const box = current() && current().querySelector("input.pick"); if (box) box.click(); },
    u: () => { const toast = document.querySelector(".toast [data-act=undo]"); if (toast) toast.click(); },
  });
  document.addEventListener("change", (event) => { if (event.target.matches("input.pick")) count(); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act=return]");
    if (button) { select(button.closest(".wait"), { move: false }); reason(button.closest(".wait")); return; }
    const which = event.target.closest("[data-pick]");
    if (which) {
      for (const box of picks()) box.checked = which.dataset.pick === "all" || (which.dataset.pick === "plain" && "plain" in box.closest(".wait").dataset);
      count();
      return;
    }
    const item = event.target.closest(".queue .wait:not(.shut)");
    if (item && !event.target.closest("a, button")) select(item, { move: false });
  });
  document.addEventListener("focusin", (event) => {
    const item = event.target.closest(".queue .wait:not(.shut)");
    if (item && item !== current()) select(item, { move: false });
  });
  // A form is sent once: a second press would tell that the item is decided already.
  document.addEventListener("submit", (event) => {
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });

  const wanted = document.getElementById(location.hash.slice(1));
  const failed = document.querySelector(".wait:has(> .warn)");
  select(failed || (wanted && wanted.matches(".queue .wait:not(.shut)") ? wanted : items()[0]), { move: Boolean(failed || wanted) });
  count();
})();
