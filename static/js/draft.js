/* A plan document in work: a number brings its place in the text into sight and back, and of a name's fields only those of
   the chosen way are shown. Without script anchors lead both ways and all fields stand there. */
"use strict";

(() => {
  const source = document.getElementById("source");
  let current = [];

  const light = (key) => {
    current.forEach((mark) => mark.classList.remove("is-current"));
    current = Array.from(source.querySelectorAll(`mark[data-task="${key}"]`));
    current.forEach((mark) => mark.classList.add("is-current"));
  };

  const bring = (place) => {
    if (window.getComputedStyle(source.parentElement).position !== "sticky") place.scrollIntoView({ block: "center" });
    source.scrollTop = place.offsetTop - source.clientHeight / 3;
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#s-"], a[href^="#spot-"]');
    const place = link && document.getElementById(link.hash.slice(1));
    if (place) {
      event.preventDefault();
      bring(place);
      if (link.hash.startsWith("#s-")) light(link.hash.slice(3));
      return;
    }
    const mark = event.target.closest("mark[data-task]");
    if (!mark) return;
    const row = document.getElementById(mark.dataset.task);
    light(mark.dataset.task);
    if (row) { row.scrollIntoView({ block: "center" }); window.history.replaceState(null, "", `#${row.id}`); }
  });

  const show = (choice) => {
    const way = choice.querySelector("[data-way]").value;
    choice.querySelectorAll("[data-for]").forEach((part) => { part.hidden = part.dataset.for !== way; });
  };
  const dress = () => document.querySelectorAll("[data-ways]").forEach(show);

  document.addEventListener("change", (event) => {
    const choice = event.target.closest("[data-ways]");
    if (choice) show(choice);
  });
  document.addEventListener("htmx:oobAfterSwap", dress);
  /* A form opened in its row comes into sight; after saving the keyboard stands at the row again. */
  document.addEventListener("htmx:load", (event) => {
    const row = event.detail.elt;
    if (!row.matches || !row.matches(".draft-task")) return;
    const editing = row.matches(".is-editing");
    if (editing) {
      const text = document.getElementById(`s-${row.id}`);
      if (text) { source.scrollTop = text.offsetTop - source.clientHeight / 3; light(row.id); }
      row.scrollIntoView({ block: "start" });
    }
    const place = row.querySelector(editing ? "[data-focus], [name=short_title]" : ".draft-edit");
    if (place) place.focus({ preventScroll: true });
  });
  dress();
})();
