// What every page shares: marks that scripts run, files dropped on an upload field, forms that take long, selects that
// send their form.
"use strict";
document.documentElement.classList.add("js");

// A page that comes back from the browser's memory tells what was true before: ask again.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

// On a phone the menu is wider than the screen: the screen that is open is to be seen in it.
for (const open of document.querySelectorAll(".nav [aria-current]")) open.parentElement.scrollLeft = open.offsetLeft - 40;

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-send-on-change]");
  if (form) form.requestSubmit();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});

// Single letters as commands: onKeys({a: act}). Telex and other input methods send keydown for half-typed letters, so
// nothing acts on keydown: it only notes that a key went down alone and outside a field; the action waits for that same
// key to come up.
window.onKeys = (actions) => {
  const typing = (node) => node instanceof Element && Boolean(node.closest("input:not([type=checkbox]), textarea, select, [contenteditable]"));
  let armed = "";
  document.addEventListener("keydown", (event) => {
    const plain = !event.isComposing && event.keyCode !== 229 && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey && !event.repeat;
    armed = plain && !typing(event.target) ? event.key : "";
  });
  document.addEventListener("compositionstart", () => { armed = ""; });
  document.addEventListener("keyup", (event) => {
    const key = event.key, wasArmed = armed === key;
    armed = "";
    if (!wasArmed || event.isComposing || typing(event.target)) return;
    if (Object.hasOwn(actions, key)) actions[key]();
  });
};

// A step that the store could not keep (full, busy, away): htmx shows no failed page, so the words are shown here.
document.addEventListener("nhiemky:trouble", (event) => {
  let place = document.getElementById("toast");
  if (!place) { place = document.createElement("div"); place.id = "toast"; place.setAttribute("role", "status"); document.body.append(place); }
  const toast = document.createElement("div"), words = document.createElement("span");
  toast.className = "toast bad";
  words.textContent = event.detail.value;
  toast.append(words);
  place.replaceChildren(toast);
});

const size = (bytes) => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1).replace(".", ",")} MB`;

for (const zone of document.querySelectorAll("[data-drop]")) {
  const input = zone.querySelector("input[type=file]");
  const names = document.getElementById(zone.dataset.drop);
  const list = () => {
    if (!names) return;
    names.replaceChildren(...Array.from(input.files, (file) => {
      const line = document.createElement("li");
      line.textContent = `${file.name} · ${size(file.size)}`;
      return line;
    }));
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

// A form whose answer may take a minute says what it is at, and is sent once.
for (const form of document.querySelectorAll("form[data-busy]")) {
  const busy = document.getElementById(form.dataset.busy);
  form.addEventListener("submit", (event) => {
    if (!busy.hidden) { event.preventDefault(); return; }
    const names = busy.querySelector("[data-names]"), seconds = busy.querySelector("[data-seconds]");
    const files = Array.from(form.querySelectorAll("input[type=file]"), (input) => Array.from(input.files, (file) => file.name)).flat();
    names.textContent = files.join(" · ") || names.dataset.else;
    busy.hidden = false;
    form.setAttribute("aria-busy", "true");
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
    const began = Date.now();
    setInterval(() => { seconds.textContent = `${Math.round((Date.now() - began) / 1000)} ${seconds.dataset.unit}`; }, 1000);
    busy.scrollIntoView({ block: "nearest" });
  });
}
