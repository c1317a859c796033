// The keys of whoever spends the day here; the dialog of templates/admin/keys.html lists them.
"use strict";

{
  const OFF = "solos-single-keys-off";
  const SEQUENCE = 1500; // milliseconds between « g » and « a »
  // Where letters are text, or have a meaning of their own.
  const TYPED_IN = `textarea, select, [contenteditable]:not([contenteditable="false"]),
    input:not([type="checkbox"], [type="radio"], [type="submit"], [type="button"]),
    [role="combobox"], [role="searchbox"], [role="textbox"], .leaflet-container`;

  const dialog = document.getElementById("keys");
  const opener = document.getElementById("keys-open");
  const single = document.getElementById("keys-single");
  const rows = [...document.querySelectorAll("#result_list tbody tr")];
  let row = null; // where one is in the list
  let wentAt = -SEQUENCE; // when « g » was last pressed

  // A browser may keep nothing: then the choice lasts as long as the page.
  const memory = {
    get off() { try { return localStorage.getItem(OFF) !== null; } catch { return false; } },
    set off(yes) { try { yes ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* as said */ } },
  };

  const linkOf = (where) => where?.querySelector("th a[href], td:not(.action-checkbox) a[href]");

  function move(step) {
    if (!rows.length) return;
    const to = row ? rows.indexOf(row) + step : 0;
    const next = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    const target = linkOf(next) ?? next;
    if (target === next) next.tabIndex = -1;
    target.focus();
  }

  function search() {
    const box = document.getElementById("searchbar");
    box?.focus();
    box?.select();
  }

  function show() {
    single.checked = !memory.off;
    dialog.showModal();
  }

  const KEYS = {
    "?": show,
    "/": search,
    n: () => document.querySelector(".object-tools .addlink")?.click(),
    j: () => move(1),
    k: () => move(-1),
    o: () => linkOf(row)?.click(),
    x: () => row?.querySelector("input.action-select")?.click(),
    g: () => { wentAt = performance.now(); },
  };

  function save(event) {
    const button = document.querySelector("#content-main [name='_save']");
    if (!button) return;
    event.preventDefault();
    if (!event.repeat) button.click();
  }

  function pressed(event) {
    const key = event.key.toLowerCase();
    const isSave = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key === "s";
    if (event.defaultPrevented || event.isComposing || dialog.open) return;
    if (isSave) save(event);
    if (event.ctrlKey || event.metaKey || event.altKey || !single.checked) return;
    if (event.target instanceof Element && event.target.closest(TYPED_IN)) return;
    const isSecond = performance.now() - wentAt < SEQUENCE;
    wentAt = -SEQUENCE;
    const act = isSecond && key === "a" ? () => document.querySelector("#site-name a").click() : KEYS[key];
    if (!act || (event.repeat && key !== "j" && key !== "k")) return;
    event.preventDefault();
    act();
  }

  if (dialog && opener) {
    single.checked = !memory.off;
    single.addEventListener("change", () => { memory.off = !single.checked; });
    opener.hidden = false;
    opener.addEventListener("click", show);
    document.addEventListener("keydown", pressed);
    document.getElementById("result_list")?.addEventListener("focusin", ({ target }) => {
      row?.classList.remove("is-here");
      row = target.closest("tbody tr");
      row?.classList.add("is-here");
    });
  }
}
