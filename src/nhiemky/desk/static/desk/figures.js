// The grid of figures: columns pasted from a sheet run down the rows, Enter and arrows walk as in a sheet. Sent as it is
// without this: every input is part of one form.
"use strict";
(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const rows = () => Array.from(form.querySelectorAll("tbody.one"));
  const cell = (row) => row && row.querySelector(".val .input");
  const plain = (text) => text.normalize("NFC").toLocaleLowerCase("vi").replace(/\s+/g, " ").trim();
  let dirty = false;

  function walk(from, way) {
    const all = rows(), next = cell(all[all.indexOf(from.closest("tbody.one")) + way]);
    if (next) { next.focus(); next.select(); }
    return Boolean(next);
  }
  form.addEventListener("keydown", (event) => {
    const here = event.target;
    if (!here.matches(".entry-table .input") || event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter") { event.preventDefault(); walk(here, event.shiftKey ? -1 : 1); }
    else if (here.matches(".val .input") && (event.key === "ArrowDown" || event.key === "ArrowUp") && walk(here, event.key === "ArrowDown" ? 1 : -1)) event.preventDefault();
  });

  // A block from a sheet: one column of figures, or figures and notes; where its first column holds the targets' names,
  // each figure goes to its own row, whatever the order.
  form.addEventListener("paste", (event) => {
    const here = event.target, text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    if (!here.matches(".val .input") || !/[\t\n]/.test(text.replace(/\s+$/, ""))) return;
    event.preventDefault();
    const lines = text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").map((line) => line.split("\t").map((one) => one.trim()));
    const all = rows(), named = new Map(all.map((row) => [plain(row.dataset.name), row]));
    const byName = lines.filter((line) => named.has(plain(line[0]))).length > lines.length / 2;
    const start = all.indexOf(here.closest("tbody.one"));
    let put = 0, left = 0;
    for (const row of all) row.classList.remove("pasted");
    lines.forEach((line, at) => {
      const row = byName ? named.get(plain(line[0])) : all[start + at];
      const [value, note] = byName ? line.slice(1) : line;
      if (!row || value === undefined) { if (line.some(Boolean)) left += 1; return; }
      cell(row).value = value;
      if (note) row.querySelector(".note-in .input").value = note;
      row.classList.add("pasted");
      put += 1;
    });
    dirty = true;
    const said = form.querySelector(".hint-line");
    said.textContent = (left ? said.dataset.some : said.dataset.all).replace("#", put).replace("#", left);
    form.dispatchEvent(new Event("pasted"));
  });

  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
})();
