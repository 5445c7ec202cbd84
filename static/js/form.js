/* Courtesies of forms: letters left, a slider beside the number, select all, filters that apply at once, focus on errors, progress. */
"use strict";

(() => {
  const count = (area) => {
    const counter = document.getElementById(`${area.id}_count`);
    if (!counter) return;
    const letters = Array.from(area.value).length;
    counter.textContent = `${letters} / ${area.dataset.count} 字`;
    counter.classList.toggle("is-over", letters > Number(area.dataset.count));
  };

  const addSlider = (box) => {
    const number = box.querySelector("input:not([type=range])");
    if (!number || box.querySelector("input[type=range]")) return;
    const slider = document.createElement("input");
    Object.assign(slider, { type: "range", min: number.min || 0, max: number.max || 100, step: 5, disabled: number.disabled });
    slider.setAttribute("aria-label", "拖动选择进度");
    slider.value = number.value || 0;
    slider.addEventListener("input", () => {
      number.value = slider.value;
      number.dispatchEvent(new Event("input", { bubbles: true }));
    });
    number.addEventListener("input", () => { slider.value = number.value || 0; });
    box.prepend(slider);
  };

  const countChosen = (form) => {
    const boxes = Array.from(document.querySelectorAll(`input[type=checkbox][data-choose="${form}"]`));
    const chosen = boxes.filter((box) => box.checked).length;
    boxes.forEach((box) => box.closest("tr")?.classList.toggle("is-selected", box.checked));
    document.querySelectorAll(`[data-chosen="${form}"]`).forEach((place) => { place.textContent = chosen; });
    document.querySelectorAll(`[data-choose-all="${form}"]`).forEach((all) => {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    });
  };

  const dress = (root) => {
    root.querySelectorAll("textarea[data-count]").forEach(count);
    root.querySelectorAll(".progress-input").forEach(addSlider);
    root.querySelectorAll("[data-choose-all]").forEach((all) => { all.hidden = false; countChosen(all.dataset.chooseAll); });
    root.querySelectorAll("form[data-apply] [data-apply-button], [data-without-script]").forEach((button) => { button.hidden = true; });
    const summary = root.querySelector("[data-focus]");
    if (summary) summary.focus();
  };

  document.addEventListener("input", (event) => {
    if (event.target.matches("textarea[data-count]")) count(event.target);
  });
  document.addEventListener("change", (event) => {
    const { chooseAll, choose } = event.target.dataset;
    if (chooseAll) {
      document.querySelectorAll(`input[data-choose="${chooseAll}"]`).forEach((box) => { box.checked = event.target.checked; });
      countChosen(chooseAll);
    }
    if (choose) countChosen(choose);
    if (event.target.matches("form[data-apply] select, form[data-apply] input[type=month]")) event.target.form.submit();
  });
  /* data-busy="words" on a form that takes long: they show, with a moving bar, from the press to the answer. */
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.busy || event.defaultPrevented) return;
    const line = document.createElement("span");
    line.className = "busy-line";
    line.setAttribute("role", "status");
    line.append(Object.assign(document.createElement("progress"), { ariaLabel: form.dataset.busy }), form.dataset.busy);
    (form.querySelector(".form-foot, .card-foot") || form).append(line);
    setTimeout(() => form.querySelectorAll("button").forEach((button) => { button.disabled = true; }));
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.querySelectorAll(".busy-line").forEach((line) => line.remove());
    document.querySelectorAll("form[data-busy] button").forEach((button) => { button.disabled = false; });
  });

  document.addEventListener("htmx:afterSwap", (event) => dress(event.target));
  dress(document);
})();
