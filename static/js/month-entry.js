/* One task's part of the month: what is typed is sent a few seconds later, one request at a time, and the answer shown. */
"use strict";

const WAIT = 2500;
const LONGEST_WAIT = 10000;

class MonthEntry {
  constructor(section) {
    this.section = section;
    this.key = section.dataset.entry;
    this.seen = section.querySelector("[data-seen]");
    this.dirty = false;
    this.blocked = false;
    this.saving = null;
    this.timer = null;
    this.names = [...new Set(Array.from(section.querySelectorAll("[name]")).filter((field) => this.owns(field)).map((field) => field.name.split("-")[1]))];
    section.addEventListener("input", (event) => { if (this.owns(event.target)) this.touch(); });
    section.addEventListener("change", (event) => {
      if (this.owns(event.target)) this.touch(0);
      /* The server takes over last month; what is left to write is the reason. */
      if (event.target === this.field("no_change") && event.target.checked) this.field("no_change_reason").focus();
    });
    section.addEventListener("focusout", () => { if (this.dirty) this.plan(0); });
  }

  owns(field) {
    return Boolean(field.name) && field.name.startsWith(`e${this.key}-`) && field.type !== "file" && field.type !== "hidden";
  }

  radios(name) {
    return Array.from(this.section.querySelectorAll(`[name="e${this.key}-${name}"][type=radio]`));
  }

  field(name) {
    return this.section.querySelector(`[name="e${this.key}-${name}"]:not([type=radio])`);
  }

  get(name) {
    const field = this.field(name) || this.radios(name).find((radio) => radio.checked);
    if (!field) return "";
    return field.type === "checkbox" ? field.checked : field.value;
  }

  set(name, value) {
    this.radios(name).forEach((radio) => { radio.checked = radio.value === value; });
    const field = this.field(name);
    if (!field) return;
    if (field.type === "checkbox") field.checked = value === true || value === "true" || value === "True";
    else field.value = value === null ? "" : value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  touch(wait = WAIT) {
    if (!this.dirty) this.since = Date.now();
    this.dirty = true;
    this.refusal = "";
    this.changes = (this.changes || 0) + 1;
    this.tell("有改动，还没保存");
    if (!this.blocked) this.plan(Math.min(wait, Math.max(0, this.since + LONGEST_WAIT - Date.now())));
  }

  plan(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  body() {
    const all = new FormData(document.getElementById("month"));
    const body = new FormData();
    for (const [name, value] of all.entries()) {
      if (name.startsWith(`e${this.key}-`) && typeof value === "string") body.append(name, value);
    }
    return body;
  }

  /* Returns the answer's kind; what is typed while it is under way is sent by the next one. */
  async save({ even = false, options = {} } = {}) {
    clearTimeout(this.timer);
    while (this.saving) await this.saving;
    if (this.blocked) return "conflict";
    if (!this.dirty && !even) return "ok";
    this.saving = this.send(options);
    try { return await this.saving; } finally {
      this.saving = null;
      document.dispatchEvent(new CustomEvent("month:state"));
    }
  }

  async send(options) {
    const { changes, dirty } = this;
    this.sent = new Map(this.names.map((name) => [name, this.get(name)]));
    this.tell("正在保存…");
    const answer = await MonthServer.post(this.section.dataset.save, this.body(), options);
    if (answer.kind === "ok") {
      this.dirty = this.changes !== changes;
      if (this.dirty) { this.since = Date.now(); this.plan(WAIT); }
      if (dirty) MonthEntry.savedAt = answer.data.saved_at;
      this.show(answer.data);
    } else if (answer.kind === "conflict") {
      this.blocked = true;
      MonthConflict.open(this, answer.data);
    } else if (answer.kind === "refused") {
      this.refusal = answer.data.error;
      this.tell(`没有保存：${answer.data.error}`, true);
    } else {
      this.tell("没有保存，文字还在本页，正在重试", true);
      this.plan(MonthServer.pause() * 1000);
    }
    return answer.kind;
  }

  tell(text, failed = false) {
    const place = this.section.querySelector("[data-entry-state]");
    place.textContent = text;
    place.classList.toggle("is-failed", failed);
    document.dispatchEvent(new CustomEvent("month:state"));
  }

  /* What others wrote in fields not touched here. A field typed in since keeps its text, and the page its old version. */
  take(values) {
    const names = Object.keys(values);
    if (!names.every((name) => this.get(name) === this.sent.get(name))) return false;
    const { dirty, changes } = this;
    names.forEach((name) => this.set(name, values[name]));
    Object.assign(this, { dirty, changes });
    if (!dirty) clearTimeout(this.timer);
    return true;
  }

  show(data) {
    if (this.take(data.take)) this.seen.value = data.seen;
    this.showState(data);
    this.showSentences(data);
    this.section.querySelector("[data-near]").hidden = !data.near_copy;
    if (data.falls) this.section.querySelector("[data-fall]").hidden = false;
    const judged = this.section.querySelector("[data-judged]");
    const [light, reason] = judged.querySelectorAll("span");
    light.className = `light tone-${data.judged.tone}`;
    light.textContent = data.judged.word;
    reason.textContent = data.judged.reason;
    const sums = this.section.querySelector("[data-sums]");
    if (sums) {
      sums.textContent = "";
      data.sums.forEach((sentence) => sums.append(Object.assign(document.createElement("li"), { textContent: sentence })));
      data.odd.forEach((sentence) => sums.append(Object.assign(document.createElement("li"), { textContent: sentence, className: "is-odd" })));
      if (data.odd.length) this.section.querySelector("[data-odd]").hidden = false;
    }
    this.wrong = Object.keys(data.errors).length > 0;
    this.tell(this.wrong ? "有一栏没有保存，其余已保存" : data.saved_at ? `${data.saved_at} 已保存` : "", this.wrong);
  }

  showState({ state, problems }) {
    [this.section.querySelector("[data-state]"), document.querySelector(`[data-state-of="${this.key}"]`)].forEach((tag) => {
      tag.className = `tag tone-${state.tone}`;
      tag.textContent = state.word;
    });
    const missing = this.section.querySelector("[data-missing]");
    const sentences = Object.values(problems).reduce((all, some) => all.concat(some), []);
    missing.textContent = sentences.length ? `还差：${sentences.join("")}` : "";
    missing.hidden = !sentences.length;
    this.full = state.key === "full";
    document.dispatchEvent(new CustomEvent("month:filled"));
  }

  /* A malformed value is told at once; what is only missing is told beside its field once submitting was tried. */
  showSentences({ errors, problems }) {
    this.section.querySelectorAll("[data-field]").forEach((box) => {
      const name = box.dataset.field;
      const list = box.querySelector(".field-error");
      const told = list.children.length > 0;
      const sentences = (errors[name] || []).concat(told ? problems[name] || [] : []);
      list.textContent = "";
      sentences.forEach((sentence) => list.append(Object.assign(document.createElement("li"), { textContent: sentence })));
      box.classList.toggle("has-error", sentences.length > 0);
      const field = this.field(name);
      if (field) sentences.length ? field.setAttribute("aria-invalid", "true") : field.removeAttribute("aria-invalid");
    });
  }
}
