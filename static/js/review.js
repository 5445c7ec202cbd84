/* The review page: save remarks while typing, act by keys. */
"use strict";

(() => {
  const form = document.getElementById("review");
  if (!form) return;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const post = (address, body) =>
    fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, Accept: "application/json" }, credentials: "same-origin", redirect: "manual" });

  const say = (place, text, failed) => {
    place.textContent = text;
    place.classList.toggle("is-failed", Boolean(failed));
  };

  const save = async (box) => {
    const body = new FormData();
    box.querySelectorAll("textarea, select, input").forEach((field) => {
      if (field.type !== "checkbox" || field.checked) body.append(field.name, field.value);
    });
    const place = box.querySelector("[data-saved]");
    try {
      const response = await post(box.dataset.remark, body);
      const data = response.type === "opaqueredirect" ? { error: "登录已结束，请在新窗口登录后再试" } : await response.json();
      say(place, response.ok ? `${data.saved_at} 已保存` : data.error || "没有保存", !response.ok);
    } catch (error) {
      say(place, "连不上服务器，没有保存", true);
    }
  };

  form.querySelectorAll("[data-remark]").forEach((box) => {
    let timer = 0;
    const soon = (pause) => { clearTimeout(timer); timer = setTimeout(() => save(box), pause); };
    box.addEventListener("input", () => soon(1500));
    box.addEventListener("change", () => soon(0));
  });

  /* A reason begun means a return: R goes to the reason first, and presses the button once there is one. */
  const reason = form.querySelector("textarea[name=reason]");
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const target = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.value === "return" && reason && !reason.value.trim()) reason.focus();
    else target.click();
  });
})();
