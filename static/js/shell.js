/* What every page does with script on: theme, menus, messages, the key list, short notices. Nothing here is needed to work. */
"use strict";

(() => {
  const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;
  const show = (selector) => document.querySelectorAll(selector).forEach((element) => { element.hidden = false; });

  const toggleTheme = () => {
    const dark = document.documentElement.dataset.theme !== "dark";
    if (dark) document.documentElement.dataset.theme = "dark";
    else delete document.documentElement.dataset.theme;
    document.cookie = `theme=${dark ? "dark" : "light"}; path=/; max-age=31536000; samesite=lax`;
  };

  const closeMenus = (except) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  };

  const openKeys = () => {
    const keys = document.getElementById("keys");
    if (keys && keys.showModal && !keys.open) keys.showModal();
  };

  const say = (text, tone = "plain", seconds = 6) => {
    const toast = document.createElement("div");
    toast.className = `toast tone-${tone}`;
    toast.textContent = text;
    document.getElementById("toasts").append(toast);
    setTimeout(() => toast.remove(), seconds * 1000);
  };

  document.addEventListener("click", (event) => {
    const target = event.target;
    closeMenus(target.closest("details.menu"));
    if (target.closest("[data-theme-toggle]")) toggleTheme();
    if (target.closest("[data-keys-open]")) { closeMenus(); openKeys(); }
    if (target.closest("[data-print]")) window.print();
    const dismissed = target.closest("[data-dismiss]");
    if (dismissed) dismissed.closest(".notice").remove();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeMenus();
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const search = document.querySelector("[data-search]");
    if (event.key === "/" && search) { event.preventDefault(); search.focus(); search.select(); }
    if (event.key === "?") openKeys();
  });

  document.querySelectorAll(".scroll").forEach((box) => {
    const now = box.querySelector(".is-now");
    if (now) box.scrollLeft = now.offsetLeft + 3 * now.offsetWidth - box.clientWidth;
  });

  document.addEventListener("say", (event) => say(event.detail.text, event.detail.tone, event.detail.seconds));
  document.addEventListener("htmx:sendError", () => say("连不上服务器，页面上的内容还在，请稍后再试。", "danger"));
  document.addEventListener("htmx:responseError", (event) => {
    const code = event.detail.xhr.status;
    if (code !== 409 && code !== 422) say(`这一步没有办成（${code}），页面上的内容还在。`, "danger");
  });
  document.addEventListener("htmx:afterSwap", () => show("[data-dismiss], [data-print]"));
  show("[data-theme-toggle], [data-keys-open], [data-dismiss], [data-print]");
})();
