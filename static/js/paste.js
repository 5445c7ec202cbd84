/* What is copied from a sheet fills boxes: <table data-paste> takes rows and columns from the box they are pasted into. */
"use strict";

(() => {
  const boxes = (row) => [...row.querySelectorAll("input")];

  const paste = (event) => {
    const lines = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (lines.length === 1 && lines[0].length === 1) return;
    event.preventDefault();
    const first = event.target.closest("tr");
    const rows = [...first.parentElement.children];
    const down = rows.indexOf(first);
    const across = boxes(first).indexOf(event.target);
    lines.forEach((cells, line) => {
      const row = rows[down + line];
      if (!row) return;
      cells.forEach((text, column) => {
        const box = boxes(row)[across + column];
        if (box) box.value = text.trim().replace(/,/g, "");
      });
    });
  };

  document.querySelectorAll("[data-paste]").forEach((table) => table.addEventListener("paste", paste));
})();
