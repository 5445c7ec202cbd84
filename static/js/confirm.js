/* data-confirm="sentence" on a button or link asks first; data-confirm-yes names the button that goes on. */
"use strict";

(() => {
  const dialog = document.getElementById("confirm");
  let waiting = null;

  const ask = (element) => {
    if (!dialog || !dialog.showModal) {
      if (window.confirm(element.dataset.confirm)) go(element);
      return;
    }
    waiting = element;
    dialog.querySelector("[data-confirm-text]").textContent = element.dataset.confirm;
    const yes = dialog.querySelector("[value=yes]");
    yes.textContent = element.dataset.confirmYes || "确定";
    yes.classList.toggle("btn-danger", element.classList.contains("btn-danger"));
    yes.classList.toggle("btn-primary", !element.classList.contains("btn-danger"));
    dialog.returnValue = "";
    dialog.showModal();
  };

  const go = (element) => {
    element.dataset.confirmed = "";
    element.click();
    delete element.dataset.confirmed;
  };

  document.addEventListener("click", (event) => {
    const element = event.target.closest("[data-confirm]");
    if (!element || "confirmed" in element.dataset) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(element);
  }, true);

  if (dialog) {
    dialog.addEventListener("close", () => {
      const element = waiting;
      waiting = null;
      if (element && dialog.returnValue === "yes") go(element);
    });
  }
})();
