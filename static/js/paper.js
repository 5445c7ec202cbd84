/* The editor of a paper: figures are chips that nobody types over, and each paragraph saves itself. Without script there are text boxes. */
"use strict";

(() => {
  const WAIT = 2500;
  const written = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.dataset && node.dataset.key) return `⟦${node.dataset.key}⟧`;
    return node.nodeName === "BR" ? "\n" : Array.from(node.childNodes, written).join("");
  };
  const state = document.querySelector("[data-save-state]");
  const tell = (words, failed = false) => { state.textContent = words; state.classList.toggle("is-failed", failed); };
  class Block {
    constructor(form) {
      Object.assign(this, { form, box: form.elements.text, place: form.querySelector("[data-text]") });
      this.sent = this.box.value;
      this.saving = Promise.resolve(true);
      this.box.hidden = true;
      this.place.hidden = false;
      try { this.place.contentEditable = "plaintext-only"; } catch (error) { this.place.contentEditable = "true"; }
      this.place.addEventListener("input", () => this.touch());
      this.place.addEventListener("focusout", () => { this.mark(); this.save(); });
      form.querySelectorAll("[data-plain], .no-script").forEach((each) => each.remove());
      form.querySelectorAll("[data-insert]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => this.insert(button)); });
      form.addEventListener("submit", (event) => holdBack(event, [this]));
    }
    get dirty() { return this.box.value !== this.sent; }
    touch() {
      this.box.value = written(this.place);
      tell(this.dirty ? "有改动，还没保存" : "");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), WAIT);
    }
    /* How many letters stand before the caret: a figure chosen on the other page goes there. */
    mark() {
      const chosen = getSelection();
      if (!chosen.rangeCount || !this.place.contains(chosen.focusNode)) return;
      const before = document.createRange();
      before.selectNodeContents(this.place);
      before.setEnd(chosen.focusNode, chosen.focusOffset);
      this.form.elements.at.value = written(before.cloneContents()).length;
    }
    insert(button) {
      const chip = Object.assign(document.createElement("span"), { className: "fig", textContent: button.dataset.value, contentEditable: "false" });
      chip.dataset.key = button.dataset.insert;
      this.place.append(chip);
      button.remove();
      this.touch();
    }
    save() { this.saving = this.saving.then(() => (this.dirty && !this.blocked ? this.send() : !this.dirty)); return this.saving; }
    async send() {
      clearTimeout(this.timer);
      const text = this.box.value;
      const { kind, data } = await MonthServer.post(this.form.action, new FormData(this.form));
      if (kind === "ok") {
        this.sent = text;
        this.form.elements.version.value = data.version;
        document.querySelector("[data-checks]").innerHTML = data.checks;
      } else if (kind === "conflict") this.quarrel(data);
      else if (kind !== "refused") this.timer = setTimeout(() => this.save(), MonthServer.pause() * 1000);
      tell(kind === "ok" ? `${data.saved_at} 已保存` : `没有保存，文字还在本页：${data.error || "请在新窗口登录后再改一下"}`, kind !== "ok");
      this.form.classList.toggle("is-failed", kind !== "ok");
      return kind === "ok";
    }
    quarrel(data) {
      const place = this.form.querySelector("[data-quarrel]");
      this.blocked = true;
      place.innerHTML = data.html;
      place.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; button.addEventListener("click", () => {
        this.blocked = false;
        place.textContent = "";
        this.form.elements.version.value = data.version;
        if (button.dataset.use === "mine") this.save(); else { this.sent = this.box.value; location.reload(); }
      }); });
    }
  }
  /* A press that leads away waits until everything typed is on record. */
  async function holdBack(event, some) {
    if (event.target.dataset.saved) return;
    event.preventDefault();
    const { submitter } = event;
    if (!(await Promise.all(some.map((each) => each.save()))).every(Boolean)) return;
    event.target.dataset.saved = "yes";
    /* Within the event itself a second one would be swallowed. */
    setTimeout(() => event.target.requestSubmit(submitter));
  }
  const blocks = Array.from(document.querySelectorAll("form[data-block]"), (form) => new Block(form));
  document.querySelectorAll("form:not([data-block])").forEach((form) => { if (form.method === "post") form.addEventListener("submit", (event) => holdBack(event, blocks)); });
  window.addEventListener("beforeunload", (event) => { if (blocks.some((each) => each.dirty)) { event.preventDefault(); event.returnValue = ""; } });
})();
