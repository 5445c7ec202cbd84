/* Several cells copied in Excel or WPS: shown first, then filled across the fields of a task and down the tasks; undoable. */
"use strict";

const MonthCells = (() => {
  const COLUMNS = document.getElementById("month").dataset.cells.split(" ");
  const dialog = document.getElementById("cells");

  /* A sheet's clipboard text: cells by tab, rows by line end, a cell with either in quotes, quotes doubled. */
  const parse = (text) => {
    const rows = [[]];
    const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
    while (cell.lastIndex < text.length) {
      const found = cell.exec(text);
      if (!found) return null;
      rows[rows.length - 1].push(found[1] === undefined ? found[2] : found[1].replace(/""/g, '"').replace(/\r\n?/g, "\n"));
      if (found[3] !== "\t" && found[3] !== "" && cell.lastIndex < text.length) rows.push([]);
      if (found[0] === "") break;
    }
    return rows;
  };

  /* Text with a tab is cells; without one only when the clipboard says so itself: a column of a sheet, not a letter. */
  const cellsOf = (clipboard) => {
    const text = clipboard.getData("text/plain");
    const html = clipboard.getData("text/html");
    const drawn = (html.match(/<td[\s>]/gi) || []).length;
    if (!text.includes("\t") && drawn < 2) return null;
    const rows = parse(text);
    return rows && (rows.length > 1 || rows[0].length > 1) ? rows : null;
  };

  const placed = (entries, entry, name, rows) => {
    const first = entries.indexOf(entry);
    /* A task and a project's line ask different things. */
    const own = COLUMNS.filter((each) => entry.field(each));
    const column = own.indexOf(name);
    const fills = [];
    let left = 0;
    rows.forEach((cells, down) => {
      const target = entries[first + down];
      cells.forEach((value, across) => {
        const field = own[column + across];
        if (!target || !field || !target.field(field)) { left += value.trim() ? 1 : 0; return; }
        fills.push({ entry: target, name: field, value: target.field(field).closest(".percent") ? value.trim().replace(/[%％]$/, "") : value.trim() });
      });
    });
    return { fills, left };
  };

  const preview = (fills, left) => {
    const table = document.createElement("table");
    table.className = "table table-top";
    const names = COLUMNS.filter((name) => fills.some((fill) => fill.name === name));
    const head = table.createTHead().insertRow();
    const labels = names.map((name) => fills[0].entry.section.querySelector(`[data-field="${name}"] .field-label`).textContent);
    ["编号", ...labels].forEach((text) => head.append(Object.assign(document.createElement("th"), { textContent: text, scope: "col" })));
    const body = table.createTBody();
    new Set(fills.map((fill) => fill.entry)).forEach((entry) => {
      const line = body.insertRow();
      line.insertCell().textContent = entry.section.dataset.number;
      names.forEach((name) => {
        const fill = fills.find((each) => each.entry === entry && each.name === name);
        line.insertCell().textContent = fill ? fill.value : "";
      });
    });
    dialog.querySelector("[data-cells-table]").replaceChildren(table);
    dialog.querySelector("[data-cells-note]").textContent = `将填入${fills.length}格，原有内容会被替换，填入后可以撤销。${left ? `右边或下面多出的${left}格不填。` : ""}`;
  };

  const fill = (fills) => {
    const before = fills.map(({ entry, name }) => ({ entry, name, value: entry.get(name) }));
    fills.forEach(({ entry, name, value }) => entry.set(name, value));
    offerUndo(before);
  };

  const offerUndo = (before) => {
    const toast = document.createElement("div");
    toast.className = "toast";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "link-btn", textContent: "撤销" });
    button.addEventListener("click", () => {
      before.forEach(({ entry, name, value }) => entry.set(name, value));
      toast.remove();
    });
    toast.append(`已填入${before.length}格。 `, button);
    document.getElementById("toasts").append(toast);
    setTimeout(() => toast.remove(), 30000);
  };

  const insertText = (field, text) => {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const listen = (entries) => {
    document.addEventListener("paste", (event) => {
      const entry = entries.find((each) => each.section.contains(event.target));
      const name = entry && event.target.name ? event.target.name.split("-").pop() : "";
      if (!COLUMNS.includes(name) || !dialog.showModal) return;
      const rows = cellsOf(event.clipboardData);
      if (!rows) return;
      event.preventDefault();
      const field = event.target;
      const text = event.clipboardData.getData("text/plain");
      const { fills, left } = placed(entries, entry, name, rows);
      preview(fills, left);
      dialog.onclose = () => {
        if (dialog.returnValue === "yes") fill(fills);
        if (dialog.returnValue === "text") insertText(field, text);
        field.focus();
      };
      dialog.returnValue = "no";
      dialog.showModal();
    });
  };

  return { listen, parse, offerUndo };
})();
