// What every page shares: marks that scripts run, files dropped on an upload field, selects that send their form.
"use strict";
document.documentElement.classList.add("js");

// A page that comes back from the browser's memory tells what was true before: ask again.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const names = document.getElementById(zone.dataset.drop);
  const list = () => {
    if (names) names.textContent = Array.from(input.files, (file) => file.name).join(" · ");
  };
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (event.dataTransfer.files.length) { input.files = event.dataTransfer.files; list(); }
  });
  input.addEventListener("change", list);
}
