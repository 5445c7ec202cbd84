/* A form that is kept while somebody types (data-typed): what is in it goes to the server a few seconds later, and is put back when the
   page is opened again. What another window kept since is shown beside the own text, and neither is lost. Without script forms post as usual. */
"use strict";

(() => {
  const form = document.querySelector("form[data-typed]");
  if (!form) return;
  const WAIT = 2500;
  const LONGEST_WAIT = 10000;
  const { typed: door, typedPlace: place } = form.dataset;
  const state = form.querySelector("[data-typed-state]");
  const drop = form.querySelector("[data-typed-drop]");
  const login = form.querySelector("[data-typed-login]");
  let seen = "";
  let base = null;
  let first = null;
  let saved = "";
  let since = 0;
  let timer = 0;
  let saving = null;
  let leaving = false;

  /* ---- the fields, as {name: [values]} ---- */
  const SKIPPED = ["hidden", "file", "submit", "button", "password"];
  const fields = (name) => Array.from(form.elements).filter((field) => field.name && !SKIPPED.includes(field.type) && (!name || field.name === name));
  const ticked = (field) => field.type === "radio" || field.type === "checkbox";
  const gathered = (isTicked, valueOf) => {
    const values = {};
    fields().forEach((field) => {
      values[field.name] = values[field.name] || [];
      if (!ticked(field) || isTicked(field)) values[field.name].push(valueOf(field));
    });
    return values;
  };
  const read = () => gathered((field) => field.checked, (field) => field.value);
  /* As the server drew it: a page loaded again holds what the browser remembers. */
  const chosenFirst = (list) => (Array.from(list.options).find((option) => option.defaultSelected) || list.options[0] || { value: "" }).value;
  const drawn = () => gathered(
    (field) => field.defaultChecked,
    (field) => (ticked(field) ? field.value : field.options ? chosenFirst(field) : field.defaultValue),
  );
  const same = (one, other) => JSON.stringify(one || []) === JSON.stringify(other || []);
  const blank = (values) => values.every((value) => !value);
  /* Of a form with numbered rows, one that was added by hand. */
  const ROW = /^(\w+?)-\d+-/;
  const rowFor = (name) => {
    const [, rows] = name.match(ROW) || [];
    const more = rows && form.querySelector(`[data-add-row="${rows}"]`);
    for (let n = 0; more && n < 200 && !fields(name).length; n += 1) more.click();
  };
  const write = (name, values) => {
    rowFor(name);
    const more = form.querySelector(`[data-add-row="${name}"]`);
    while (more && fields(name).length < values.length) more.click();
    fields(name).forEach((field, n) => {
      if (ticked(field)) field.checked = values.includes(field.value);
      else field.value = values[n] || "";
      if (field.matches("textarea")) field.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "written" }));
    });
    showRecorded();
  };
  const showRecorded = () => form.querySelectorAll("[data-recorded]").forEach((quote) => {
    quote.hidden = quote.querySelector("[data-recorded-text]").textContent === form.elements[quote.dataset.recorded].value;
  });

  const tell = (text, failed = false) => {
    state.textContent = text;
    state.classList.toggle("is-failed", failed);
  };
  const blocked = () => form.querySelector("[data-contested]") !== null;
  const plan = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };

  /* ---- another window kept something else since ---- */
  const contest = (name, theirs, whose) => {
    const box = form.querySelector("template[data-typed-conflict]").content.firstElementChild.cloneNode(true);
    const text = theirs.join("\n");
    box.dataset.contested = name;
    box.querySelector("[data-whose]").textContent = whose;
    box.querySelector("[data-theirs]").textContent = text || "（空）";
    const words = fields(name).length === 1 && fields(name)[0].matches("textarea");
    if (!words) box.querySelector("[data-use=both]").remove();
    box.addEventListener("click", (event) => {
      const { use } = event.target.dataset;
      if (!use) return;
      if (use !== "mine") write(name, use === "theirs" ? theirs : [`${fields(name)[0].value}\n${text}`]);
      box.remove();
      if (!blocked()) { since = Date.now(); plan(0); }
    });
    const last = fields(name)[fields(name).length - 1];
    (last.closest(".field, .rows, .pills") || last).after(box);
    return box;
  };
  const meet = (data) => {
    const mine = read();
    const before = base || {};
    seen = data.seen;
    base = data.values || {};
    if (!data.values) { since = 0; tell(data.error, true); return; }
    const changed = Object.keys(mine).filter((name) => name in data.values && !same(data.values[name], before[name]));
    changed.filter((name) => same(mine[name], before[name])).forEach((name) => write(name, data.values[name]));
    const both = changed.filter((name) => !same(mine[name], before[name]) && !same(mine[name], data.values[name]));
    const boxes = both.map((name) => contest(name, data.values[name], `另一个窗口 ${data.saved_at} 存的`));
    if (!boxes.length) { plan(0); return; }
    tell("没有保存：另一个窗口也填过，请选择用哪一份", true);
    boxes[0].scrollIntoView({ block: "center" });
  };

  /* ---- saving, one request at a time ---- */
  const send = async (values, options) => {
    const body = new FormData();
    body.append("place", place);
    body.append("seen", seen);
    body.append("values", JSON.stringify(values));
    body.append("first", JSON.stringify(first));
    const { kind, data } = await MonthServer.post(door, body, options);
    login.hidden = kind !== "login" || !data.login;
    if (kind === "ok") {
      seen = data.seen;
      base = values;
      drop.hidden = !seen;
      saved = seen ? `${data.saved_at} 已自动保存，还没有提交` : "草稿已经不要了";
      if (!since) tell(saved);
    } else if (kind === "conflict") {
      meet(data);
    } else if (kind === "refused") {
      tell(`没有自动保存，文字还在本页：${data.error}`, true);
    } else {
      if (!login.hidden) login.href = data.login.split("?")[0];
      tell(`${kind === "login" ? "登录已到时" : data.error}，文字还在本页，${MonthServer.pause()}秒后再试`, true);
      since = since || Date.now();
      plan(MonthServer.pause() * 1000);
    }
  };
  const save = async (options = {}) => {
    clearTimeout(timer);
    while (saving) await saving;
    if (leaving || blocked() || !since) return;
    const values = read();
    since = 0;
    if (seen && same(values, base)) return;
    saving = send(values, options);
    try { await saving; } finally { saving = null; }
  };

  const touch = (event) => {
    if (!event.target.name || SKIPPED.includes(event.target.type) || event.detail === "written") return;
    showRecorded();
    if (blocked()) return;
    if (!saving && seen && same(read(), base)) { since = 0; clearTimeout(timer); tell(saved); return; }
    if (!since) since = Date.now();
    tell("有改动，几秒后自动保存");
    plan(event.type === "change" ? 0 : Math.min(WAIT, Math.max(0, since + LONGEST_WAIT - Date.now())));
  };
  form.addEventListener("input", touch);
  form.addEventListener("change", touch);
  drop.addEventListener("click", async () => {
    clearTimeout(timer);
    while (saving) await saving;
    await send({}, {});
    if (seen) return;
    const added = Object.keys(read()).filter((name) => ROW.test(name) && !(name in first));
    [...Object.keys(first), ...added].forEach((name) => write(name, first[name] || []));
  });
  /* A draft still under way would come after the form, and stay. */
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented) return;
    leaving = true;
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    await saving;
    form.requestSubmit(event.submitter);
  });
  const retry = () => { if (since && !blocked()) plan(0); };
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  document.addEventListener("visibilitychange", () => { if (document.hidden) save({ keepalive: true }); });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !(since || saving)) return;
    event.preventDefault();
    event.returnValue = "";
  });

  /* ---- what was kept the last time ---- */
  const open = async () => {
    base = drawn();
    first = "typedHere" in form.dataset ? {} : base;
    const response = await fetch(`${door}?place=${encodeURIComponent(place)}`, { headers: { Accept: "application/json" } }).catch(() => null);
    const data = response && response.ok ? await response.json() : {};
    if (!data.values) return;
    seen = data.seen;
    base = data.values;
    drop.hidden = false;
    saved = `${data.saved_at} 已自动保存，还没有提交`;
    if ("typedHere" in form.dataset) { tell(saved); first = data.first; since = since || Date.now(); plan(0); return; }
    const now = read();
    const names = new Set([...Object.keys(first), ...Object.keys(base).filter((name) => ROW.test(name))]);
    const wanted = Array.from(names).filter((name) => name in base && !same(base[name], data.first[name]) && !same(base[name], now[name]));
    const fresh = wanted.filter((name) => same(now[name], data.first[name]) || blank(now[name]));
    fresh.forEach((name) => write(name, base[name]));
    /* On record, or in the box, is something else by now. */
    wanted.filter((name) => !fresh.includes(name)).forEach((name) => contest(name, base[name], `您 ${data.saved_at} 的草稿`));
    saved = `接着 ${data.saved_at} 的草稿填，还没有提交`;
    if (blocked()) tell("草稿以后这里又改过，请选择用哪一份", true);
    else if (fresh.length) tell(saved);
  };
  showRecorded();
  open().then(() => { form.dataset.ready = ""; });
})();
