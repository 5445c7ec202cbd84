/* Two people, or two windows, at one task: both texts side by side, nothing saved until a choice is made. */
"use strict";

const MonthConflict = (() => {
  const theirs = (side) => side.querySelector("template").content.textContent;

  const use = (entry, side, way) => {
    const name = side.dataset.side;
    const own = entry.get(name);
    entry.set(name, way === "both" && own ? `${own}\n${theirs(side)}` : theirs(side));
    side.querySelector("[data-take]").textContent = way === "both" ? "已接在您的文字后面" : "已用这一份";
  };

  const settle = (entry, box, data, way) => {
    if (way === "theirs") box.querySelectorAll("[data-side]").forEach((side) => use(entry, side, "theirs"));
    box.remove();
    entry.seen.value = data.seen;
    entry.blocked = false;
    entry.dirty = true;
    entry.touch(0);
  };

  const open = (entry, data) => {
    entry.take(data.take);
    const place = entry.section.querySelector("[data-conflict]");
    place.innerHTML = data.html;
    const box = place.firstElementChild;
    box.querySelectorAll("[data-take]").forEach((row) => { row.hidden = false; });
    box.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.use) use(entry, button.closest("[data-side]"), button.dataset.use);
      if (button.dataset.settle) settle(entry, box, data, button.dataset.settle);
    });
    entry.tell("没有保存：别处改过，请选择用哪一份", true);
    box.focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
  };

  return { open };
})();
