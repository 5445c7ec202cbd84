/* A dispatch meeting: PgUp and PgDn turn over, inside a text field too; Ctrl+Enter notes what was typed. */
"use strict";

(() => {
  const form = document.querySelector("[data-hall-type]");
  const text = form && form.querySelector("textarea");
  const current = document.querySelector(".hall-strip [aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
  if (text) text.focus({ preventScroll: true });

  const turn = (way) => {
    const link = document.querySelector(`a[rel=${way}]`);
    if (!link) return;
    if (text && text.value.trim() && text.value !== text.defaultValue) {
      form.querySelector("[data-hall-told]").textContent = "这件事还没有记下：按 Ctrl+Enter 记下，或清空以后再翻页。";
      text.focus();
      return;
    }
    link.click();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "PageUp" || event.key === "PageDown") {
      event.preventDefault();
      if (!event.repeat) turn(event.key === "PageUp" ? "prev" : "next");
    } else if (event.key === "Enter" && event.ctrlKey && form) {
      event.preventDefault();
      if (!event.repeat) form.requestSubmit();
    }
  });
})();
