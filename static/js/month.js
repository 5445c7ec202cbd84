/* The month's page as a whole: state of saving, keys, submitting only what is saved, signing in again without loss. */
"use strict";

(() => {
  const form = document.getElementById("month");
  const entries = Array.from(form.querySelectorAll("[data-entry]"), (section) => new MonthEntry(section));
  const state = form.querySelector("[data-save-state]");
  const loginLine = document.getElementById("login-line");
  let leaving = false;
  let trouble = "";

  const unsaved = () => entries.filter((entry) => entry.dirty || entry.saving || entry.blocked);

  const showState = () => {
    const open = unsaved();
    const refused = open.find((entry) => entry.refusal);
    state.classList.toggle("is-failed", (open.length > 0 && Boolean(trouble || refused)) || entries.some((entry) => entry.wrong));
    if (trouble && open.length) state.textContent = `${trouble}，文字还在本页，${MonthServer.pause()}秒后再试`;
    else if (refused) state.textContent = `没有保存，文字还在本页：${refused.refusal}`;
    else if (open.some((entry) => entry.blocked)) state.textContent = "有一项在别处改过，请选择用哪一份";
    else if (open.some((entry) => entry.saving)) state.textContent = "正在保存…";
    else if (open.length) state.textContent = "有改动，几秒后自动保存";
    else if (entries.some((entry) => entry.wrong)) state.textContent = "有一栏没有保存，请改正标红的一栏";
    else state.textContent = MonthEntry.savedAt ? `${MonthEntry.savedAt} 已自动保存，尚未提交` : "停笔几秒后自动保存";
  };

  const showFilled = () => {
    document.querySelectorAll("[data-filled-of]").forEach((place) => {
      const sheet = document.querySelector(`[data-sheet="${place.dataset.filledOf}"]`);
      place.textContent = Array.from(sheet.querySelectorAll("[data-state]")).filter((tag) => tag.textContent === "已填").length;
    });
    const all = document.querySelector("[data-filled]");
    const closed = Number(all.dataset.closed || 0);
    all.textContent = closed + Array.from(form.querySelectorAll("[data-state]")).filter((tag) => tag.textContent === "已填").length;
  };

  const flush = (even = false) => Promise.all((unsaved().length || !even ? unsaved() : entries.slice(0, 1)).map((entry) => entry.save({ even })));

  /* The answer to a return belongs to a whole report; it waits on the server until the report is filed. */
  const notes = Array.from(form.querySelectorAll("input[name^=note-]:not([type=hidden])"));
  const seenOf = (note) => form.elements[`${note.name}-seen`];
  let notesTouched = false;
  let notesTimer = 0;
  const saveNotes = async () => {
    if (!notesTouched) return "ok";
    notesTouched = false;
    const body = new FormData();
    const sent = notes.map((note) => note.value.trim());
    notes.forEach((note, n) => { body.append(note.name, sent[n]); body.append(`${note.name}-seen`, seenOf(note).value); });
    const { kind, data } = await MonthServer.post(form.action, body);
    notesTouched = kind !== "ok" || notesTouched;
    if (kind === "ok") notes.forEach((note, n) => { seenOf(note).value = sent[n]; });
    else if (kind === "conflict" || kind === "refused") say(`重报说明没有存上，还在本页：${data.error}`, "danger");
    return kind;
  };
  notes.forEach((note) => {
    note.addEventListener("input", () => {
      notesTouched = true;
      clearTimeout(notesTimer);
      notesTimer = setTimeout(saveNotes, 3000);
    });
    note.addEventListener("change", saveNotes);
  });

  const say = (text, tone) => document.dispatchEvent(new CustomEvent("say", { detail: { text, tone } }));

  const saveNow = async () => {
    const kinds = (await flush(true)).concat(await saveNotes());
    if (kinds.every((kind) => kind === "ok") && !entries.some((entry) => entry.wrong)) say("已存草稿，尚未提交。", "good");
    else say("没有全部存上，文字还在本页。", "danger");
  };

  const carry = async (button) => {
    const entry = entries.find((each) => each.section.contains(button));
    if (await entry.save() !== "ok") return;
    const before = entry.names.map((name) => ({ entry, name, value: entry.get(name) }));
    const changes = entry.changes;
    entry.sent = new Map(entry.names.map((name) => [name, entry.get(name)]));
    const answer = await MonthServer.post(entry.section.dataset.carry, entry.body());
    if (answer.kind !== "ok") { say(answer.data.error || "没有带入，请稍后再试。", "danger"); return; }
    entry.dirty = entry.changes !== changes;
    entry.show(answer.data);
    MonthCells.offerUndo(before);
  };

  /* Whatever the button, everything typed is first on record; a lost session or a conflict keeps the page. */
  const submit = async (button) => {
    const kinds = await flush(true);
    if (!kinds.every((kind) => kind === "ok")) {
      say("还有内容没有存上，没有提交。文字还在本页。", "danger");
      return;
    }
    leaving = true;
    form.requestSubmit(button);
  };

  form.addEventListener("submit", (event) => {
    if (leaving) return;
    event.preventDefault();
    const button = event.submitter;
    const act = button ? button.value : "save";
    if (act.startsWith("save")) saveNow();
    else if (act.startsWith("carry:")) carry(button);
    else if (act.startsWith("remove:")) MonthFiles.remove(button.closest("[data-entry]"), button);
    else submit(button);
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    if (event.key === "s") { event.preventDefault(); saveNow(); }
    if (event.key === "Enter" && !document.querySelector("dialog[open]")) { event.preventDefault(); form.querySelector("[data-main-submit]").click(); }
  });

  document.addEventListener("month:answer", (event) => {
    const { kind, data } = event.detail;
    trouble = kind === "away" ? data.error : kind === "login" ? (data.error || "登录已到时").replace("。", "") : "";
    loginLine.hidden = kind !== "login";
    if (!loginLine.hidden) loginLine.querySelector("[data-login-why]").textContent = trouble;
    if (data.login) loginLine.querySelector("[data-login]").href = `${data.login.split("?")[0]}?next=${form.dataset.signedIn}`;
  });
  document.addEventListener("month:state", showState);
  document.addEventListener("month:filled", showFilled);

  const retry = () => { if (trouble) unsaved().forEach((entry) => entry.plan(0)); };
  window.addEventListener("focus", retry);
  window.addEventListener("online", retry);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) unsaved().forEach((entry) => entry.save({ options: { keepalive: true } }));
    else retry();
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !(unsaved().length || notesTouched || entries.some((entry) => entry.wrong))) return;
    event.preventDefault();
    event.returnValue = "";
  });

  /* The list at the left follows the task in view. */
  const links = new Map(entries.map((entry) => [entry.section, document.querySelector(`.item-list a[href="#e${entry.key}"]`)]));
  const watcher = new IntersectionObserver((seen) => {
    seen.forEach((each) => { if (each.isIntersecting) links.forEach((link, section) => (section === each.target ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current"))); });
  }, { rootMargin: "-20% 0px -70% 0px" });
  entries.forEach((entry) => watcher.observe(entry.section));

  entries.forEach((entry) => {
    MonthFiles.dress(entry.section);
    const last = Number(entry.section.dataset.last);
    const progress = entry.field("progress");
    /* A project's line has no progress to type. */
    if (!progress) return;
    progress.addEventListener("input", () => {
      const falls = entry.section.dataset.last !== undefined && progress.value !== "" && Number(progress.value) < last;
      const reason = entry.section.querySelector("[data-fall]");
      reason.hidden = !falls && !entry.get("fall_reason");
    });
  });
  MonthCells.listen(entries);
  showState();
  form.dataset.ready = "";
})();
