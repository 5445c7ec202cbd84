/* The second window of signing in again: it closes itself when the first one opened it. */
"use strict";

(() => {
  const button = document.querySelector("[data-close]");
  if (!window.opener) return;
  button.hidden = false;
  button.addEventListener("click", () => window.close());
  setTimeout(() => window.close(), 1500);
})();
