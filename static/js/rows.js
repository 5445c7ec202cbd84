/* Forms with rows: data-rows="x" holds them, <template data-row="x"> is an empty one, data-add-row="x" adds it. Without
   script the server's spare rows do. */
"use strict";

(() => {
  const add = (name) => {
    const rows = document.querySelector(`[data-rows="${name}"]`);
    const row = document.querySelector(`template[data-row="${name}"]`).content.querySelector("tr, [data-one-row]").cloneNode(true);
    const total = document.querySelector(`[name="${name}-TOTAL_FORMS"]`);
    const place = total ? Number(total.value) : rows.children.length;
    row.querySelectorAll("[name], [id], [for]").forEach((element) => {
      ["name", "id", "for"].forEach((key) => {
        if (element.hasAttribute(key)) element.setAttribute(key, element.getAttribute(key).replace("__prefix__", place));
      });
    });
    rows.append(row);
    if (total) total.value = place + 1;
    const first = row.querySelector("input");
    if (first) first.focus();
  };

  document.querySelectorAll("[data-add-row]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => add(button.dataset.addRow));
  });
})();
