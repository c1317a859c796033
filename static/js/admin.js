// What the officer has typed is not lost by a stray click: leaving asks first.
"use strict";

{
  const form = document.querySelector("#content-main form[id$='_form']");
  if (form && document.body.classList.contains("change-form")) {
    let typed = false;
    form.addEventListener("input", () => { typed = true; });
    form.addEventListener("submit", () => { typed = false; });
    window.addEventListener("beforeunload", (event) => {
      if (typed) event.preventDefault();
    });
  }
}

// How much of a text is typed, and of how much: said beside it, not at each key to who listens.
{
  const french = new Intl.NumberFormat("fr");
  for (const field of document.querySelectorAll(".side-by-side :is(input[type='text'], textarea)")) {
    const count = document.createElement("span");
    count.className = "typed";
    const tell = () => {
      const words = field.value.trim().split(/\s+/).filter(Boolean).length;
      const most = field.maxLength > 0 ? ` / ${french.format(field.maxLength)}` : "";
      count.textContent = `${french.format(field.value.length)}${most} caractères, ${french.format(words)} ${words > 1 ? "mots" : "mot"}`;
    };
    field.addEventListener("input", tell);
    field.after(count);
    tell();
  }
}

// Filters are a bar of menus that say what they are set to. Without this script all stay open.
{
  const filters = [...document.querySelectorAll("#changelist-filter details")];
  for (const filter of filters) {
    const chosen = filter.querySelector("li.selected:not(:first-child)");
    filter.open = false;
    filter.classList.toggle("is-set", Boolean(chosen));
    const words = filter.dataset.filterTitle;
    const title = words.charAt(0).toUpperCase() + words.slice(1);
    filter.querySelector("summary").textContent = chosen ? `${title} : ${chosen.textContent.trim()}` : title;
    filter.addEventListener("toggle", () => {
      if (filter.open) for (const other of filters) if (other !== filter) other.open = false;
    });
  }
  document.addEventListener("click", (event) => {
    for (const filter of filters) if (!filter.contains(event.target)) filter.open = false;
  });
  document.addEventListener("keydown", (event) => {
    const open = filters.find((filter) => filter.open);
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
}

// The library of choices with a search names none of its boxes: each takes the name of its field.
{
  const named = (node, name) => node?.setAttribute("aria-label", name);

  function nameChoices() {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const heading = select.closest("td")?.className.match(/field-\w+/)?.[0].replace("field-", "column-");
      const name = (label ?? select.closest("table")?.querySelector(`th.${heading}`))?.textContent.replace(":", "").trim();
      const box = select.nextElementSibling;
      if (!name || !box) continue;
      for (const part of box.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
        named(part, name);
      }
      // Named by what is chosen in it, a box would lose its own name once something is.
      box.querySelector(".select2-selection")?.removeAttribute("aria-labelledby");
    }
  }

  // The boxes come, and come again with each choice made, whenever the library pleases.
  const form = document.querySelector("select.admin-autocomplete")?.form;
  if (form) new MutationObserver(nameChoices).observe(form, { childList: true, subtree: true });
  nameChoices();
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(".select2-search__field") || target.hasAttribute("aria-label")) return;
    named(target, document.querySelector(".select2-container--open [aria-label]")?.getAttribute("aria-label") ?? "…");
  });
}

// What is to be printed says so, where a browser can be asked to.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A table of rows that are only read has nothing to focus: it takes it, to be scrolled by keys.
for (const table of document.querySelectorAll(".inline-group .tabular")) {
  if (!table.querySelector("a, button, select, textarea, input:not([type='hidden'])")) {
    table.tabIndex = 0;
    table.setAttribute("role", "region");
    table.setAttribute("aria-label", table.querySelector("h2")?.textContent.trim() ?? "");
  }
}
