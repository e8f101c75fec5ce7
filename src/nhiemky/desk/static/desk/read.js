// The Read screen by keyboard and mouse: select, accept, edit, reject, link, undo. Every action is also a form in the page.
"use strict";
(() => {
  const list = () => document.querySelector(".props"); // another one with each page of proposals
  if (!list()) return;
  const cards = () => Array.from(list().querySelectorAll(".prop"));
  const current = () => list().querySelector(".prop.on");
  const marksOf = (key) => document.querySelectorAll(`.doc .m[data-keys~="${key}"]`);
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  function select(card, { text = true, panel = true } = {}) {
    if (!card) return;
    for (const old of list().querySelectorAll(".prop.on")) { old.classList.remove("on"); old.removeAttribute("aria-current"); }
    for (const old of document.querySelectorAll(".doc .m.on")) old.classList.remove("on");
    card.classList.add("on");
    card.setAttribute("aria-current", "true");
    const marks = marksOf(card.id);
    for (const mark of marks) mark.classList.add("on");
    if (panel) inList(card);
    if (text && marks.length && wide()) inPage(marks[0]);
    say(card.dataset.said || "");
  }
  const wide = () => window.matchMedia("(min-width: 1041px)").matches;
  function inList(card) {
    if (!wide()) return card.scrollIntoView({ block: "nearest", behavior: calm });
    const box = list().getBoundingClientRect(), at = card.getBoundingClientRect();
    const above = Math.min(box.height / 3, Math.max(8, box.height - at.height - 8));
    if (at.top < box.top + 8 || at.bottom > box.bottom - 8) list().scrollBy({ top: at.top - box.top - above, behavior: calm });
  }
  function inPage(mark) {
    const wideTable = mark.closest(".scroll");
    if (wideTable) {
      const box = wideTable.getBoundingClientRect(), cell = mark.getBoundingClientRect();
      if (cell.left < box.left || cell.right > box.right) wideTable.scrollBy({ left: cell.left - box.left - box.width / 3, behavior: calm });
    }
    const at = mark.getBoundingClientRect();
    if (at.top < 110 || at.bottom > window.innerHeight - 90) window.scrollBy({ top: at.top - window.innerHeight / 3, behavior: calm });
  }
  function say(words) {
    const live = document.getElementById("live");
    if (live) live.textContent = words;
  }
  // Pages of proposals: the links below the list fetch text and cards; `want` says which card is selected then.
  let want = "";
  function turn(way) {
    const link = document.querySelector(`.pager a[data-go="${way}"]`);
    if (link) link.click();
    return Boolean(link);
  }
  function move(step, from = current()) {
    const all = cards(), to = all.indexOf(from) + step;
    if (all[to]) select(all[to]);
    else if (!turn(step > 0 ? "after" : "before")) select(all[Math.min(Math.max(to, 0), all.length - 1)]);
  }
  function goOn(card) {
    const all = cards(), at = all.indexOf(card), open = (one) => one.dataset.state === "pending";
    const next = all.slice(at + 1).find(open);
    if (next || !turn("past")) select(next || all.slice(0, at + 1).find(open) || card);
  }
  function press(card, name) {
    const button = card && card.querySelector(`[data-act="${name}"]`);
    if (button) button.click();
    return Boolean(button);
  }
  window.onKeys({
    j: () => move(1), k: () => move(-1),
    a: () => press(current(), "accept"), e: () => press(current(), "edit"), r: () => press(current(), "reject"),
    l: () => { const pick = current() && current().querySelector(".pick select"); if (pick) pick.focus(); },
    u: () => { const toast = document.querySelector(".toast [data-act=undo]"); if (toast) toast.click(); else press(current(), "undo"); },
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest(".doc .m");
    if (mark) {
      const card = document.getElementById(mark.dataset.key);
      if (card && card.classList.contains("prop")) { event.preventDefault(); select(card, { text: false }); }
      return; // a mark of another page's proposal is a link to it
    }
    const jump = event.target.closest("a[data-mark]");
    if (jump) {
      const [first] = marksOf(jump.dataset.mark);
      if (first) { event.preventDefault(); inPage(first); first.focus({ preventScroll: true }); }
      return;
    }
    const card = event.target.closest(".prop");
    if (card && !event.target.closest("button, select, input, textarea, summary, label, .edit")) {
      if (event.target.closest("a.pickme")) event.preventDefault();
      if (!card.classList.contains("on")) select(card, { panel: false });
    }
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest(".prop");
    if (card && !card.classList.contains("on") && event.target.matches("a.pickme, select, .more *, .edit *")) select(card, { panel: false });
  });

  // After a swap: colour the marks anew, keep the selection, go on to the next open proposal when one was decided.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status === 422 || xhr.status === 409) { event.detail.shouldSwap = true; event.detail.isError = false; }
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    const card = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest(".prop");
    if (!card) return;
    for (const mark of marksOf(card.id)) mark.classList.toggle("done", card.dataset.state !== "pending");
    const form = card.querySelector(".edit");
    if (form || card.dataset.state === "pending") select(card); else goOn(card);
    if (form) { const field = form.querySelector(".bad input, .bad select") || form.querySelector("[name=value], [name=low]") || form.querySelector("input:not([type=hidden]), select"); if (field) { field.focus({ preventScroll: true }); if (field.select) field.select(); } form.scrollIntoView({ block: "nearest", behavior: calm }); }
    else focusTitle();
  });
  function focusTitle() { const title = current() && current().querySelector("a.pickme"); if (title) title.focus({ preventScroll: true }); }

  // Another page of proposals, or more text: more text above must not push away what is being read.
  let below = null;
  document.body.addEventListener("htmx:beforeRequest", (event) => {
    const { go, wider } = event.detail.elt.dataset;
    if (go) want = go;
    below = wider === "before" ? document.documentElement.scrollHeight - window.scrollY : null;
  });
  document.body.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.target.id !== "text" || !event.detail.successful) return;
    const all = cards(), asked = want;
    want = "";
    if (!asked) {
      if (current()) for (const mark of marksOf(current().id)) mark.classList.add("on");
      if (below !== null) window.scrollTo({ top: document.documentElement.scrollHeight - below, behavior: "instant" });
      return;
    }
    select(asked === "before" ? all[all.length - 1] : list().querySelector(".prop.on") || all[0]);
    focusTitle();
  });
  // The card of the step to be undone stands on another page: the whole page answers.
  document.body.addEventListener("htmx:targetError", (event) => {
    const form = event.detail.elt && event.detail.elt.closest && event.detail.elt.closest(".toast form");
    if (form) form.submit();
  });
  document.body.addEventListener("htmx:sendError", () => say(list().dataset.offline || ""));
  document.addEventListener("click", (event) => { const close = event.target.closest("[data-close]"); if (close) document.getElementById(close.dataset.close).replaceChildren(); });

  const wanted = document.getElementById(location.hash.slice(1));
  select(wanted && wanted.classList.contains("prop") ? wanted : list().querySelector(".prop.on") || cards().find((card) => card.dataset.state === "pending") || cards()[0], { text: Boolean(wanted), panel: Boolean(wanted) || wide() });
  const span = document.querySelector(".doc .m.target-span");
  if (span) span.scrollIntoView({ block: "center" });
})();
