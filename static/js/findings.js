/* Findings typed on the spot: each is kept on this device (IndexedDB, with its photographs) until the server has it, however often
   the line is cut. A finding carries its key, so that what is sent twice is written once. Without script the form posts as usual. */
"use strict";

(() => {
  const form = document.querySelector("form[data-note]");
  if (!form || !window.indexedDB) return;
  const user = form.dataset.note;
  const draftName = `note:${user}:${location.pathname}`;
  const text = form.querySelector("[data-draft]");
  const key = form.querySelector("[name=key]");
  const photos = form.querySelector("[name=files]");
  const kept = form.querySelector("[data-kept]");
  const refused = form.querySelector("[data-refused]");
  const noted = document.querySelector("[data-noted]");
  const offline = document.querySelector("[data-offline]");
  let sending = false;
  let timer = null;

  /* ---- the store ---- */
  const asked = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const opening = (() => {
    const request = indexedDB.open("findings", 1);
    request.onupgradeneeded = () => request.result.createObjectStore("waiting", { keyPath: "key" });
    return asked(request);
  })();
  const store = async (mode) => (await opening).transaction("waiting", mode).objectStore("waiting");
  const put = async (record) => asked((await store("readwrite")).put(record));
  const drop = async (record) => asked((await store("readwrite")).delete(record.key));
  const all = async () => {
    const records = await asked((await store("readonly")).getAll());
    return records.filter((record) => record.user === user).sort((a, b) => a.at - b.at);
  };

  /* ---- the draft ---- */
  const clock = () => new Date().toTimeString().slice(0, 5);
  const fields = () => Object.fromEntries(Array.from(new FormData(form)).filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"));
  const fill = (values) => Object.entries(values).forEach(([name, value]) => {
    const places = form.querySelectorAll(`[name="${name}"]`);
    places.forEach((place) => {
      if (place.type === "radio") place.checked = place.value === value;
      else if (place.type !== "file") place.value = value;
    });
  });
  const saveDraft = () => {
    try {
      localStorage.setItem(draftName, JSON.stringify(fields()));
      kept.textContent = text.value ? `存在本机 ${clock()}` : "";
    } catch (error) { kept.textContent = ""; }
  };
  const readDraft = () => {
    try { return JSON.parse(localStorage.getItem(draftName)); } catch (error) { return null; }
  };
  const newKey = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  /* ---- what waits is listed below what is written ---- */
  const chosen = (files) => {
    const list = new DataTransfer();
    files.forEach((file) => list.items.add(file));
    return list.files;
  };
  const rowOf = (record) => noted.querySelector(`[data-key="${record.key}"]`);
  const showRow = (record) => {
    const row = rowOf(record) || noted.appendChild(Object.assign(document.createElement("li"), {}));
    row.dataset.key = record.key;
    row.textContent = `${record.fields.text} `;
    const tag = document.createElement("span");
    tag.className = `tag tone-${record.refusal ? "danger" : "warn"}`;
    tag.textContent = record.refusal ? "没有记下" : record.files.length ? `待上报，照片${record.files.length}张` : "待上报";
    row.append(tag);
    if (!record.refusal) return;
    const back = Object.assign(document.createElement("button"), { type: "button", className: "link-btn", textContent: "改后再报" });
    back.addEventListener("click", () => takeBack(record));
    row.append(` ${record.refusal} `, back);
  };
  const takeBack = async (record) => {
    if (text.value.trim() && text.value !== record.fields.text) {
      tellRefused("正在填的一条还没有记下，先记下它再改这一条。");
      return;
    }
    fill(record.fields);
    photos.files = chosen(record.files);
    await drop(record);
    rowOf(record).remove();
    saveDraft();
    text.focus();
  };
  const tellRefused = (sentence) => {
    refused.textContent = sentence;
    refused.hidden = !sentence;
  };
  const showWaiting = (records, away) => {
    const waiting = records.filter((record) => !record.refusal);
    offline.hidden = !(away && waiting.length);
    offline.querySelector("[data-waiting]").textContent = waiting.length;
  };

  /* ---- sending: one after the other, photographs one by one; what was sent is let go at once ---- */
  const sendFiles = async (record) => {
    while (record.files.length) {
      const body = new FormData();
      body.append("files", record.files[0]);
      const answer = await MonthServer.post(record.filesAddress, body);
      if (answer.kind === "away" || answer.kind === "login") return answer.kind;
      if (answer.kind !== "ok") document.dispatchEvent(new CustomEvent("say", { detail: { text: answer.data.error, tone: "danger", seconds: 10 } }));
      record.files.shift();
      await put(record);
      showRow(record);
    }
    return "ok";
  };
  const send = async (record) => {
    if (!record.filesAddress) {
      const body = new FormData();
      Object.entries(record.fields).forEach(([name, value]) => body.append(name, value));
      const answer = await MonthServer.post(record.address, body);
      if (answer.kind === "away" || answer.kind === "login") return answer.kind;
      if (answer.kind !== "ok") {
        record.refusal = answer.data.error || "没有记下，请核对后再报。";
        await put(record);
        showRow(record);
        return "refused";
      }
      record.filesAddress = answer.data.files;
      record.line = answer.data.line;
      await put(record);
    }
    const files = await sendFiles(record);
    if (files !== "ok") return files;
    await drop(record);
    const row = rowOf(record);
    if (row && record.address === location.pathname) {
      row.insertAdjacentHTML("beforebegin", record.line);
      // Written before its answer was lost: the page itself has it already.
      const line = row.previousElementSibling;
      if (noted.querySelectorAll(`[data-item="${line.dataset.item}"]`).length > 1) line.remove();
      document.querySelector("[data-noted-count]").textContent = noted.querySelectorAll("li:not([data-key])").length;
    }
    if (row) row.remove();
    return "ok";
  };
  const flush = async () => {
    if (sending) return;
    sending = true;
    clearTimeout(timer);
    let stopped = "";
    for (const record of (await all()).filter((each) => !each.refusal)) {
      stopped = await send(record);
      if (stopped === "away" || stopped === "login") break;
      stopped = "";
    }
    sending = false;
    const left = await all();
    showWaiting(left, stopped !== "");
    if (stopped === "login") tellRefused("登录已到时，请另开一页重新登录，已记的都在本机，登录后自动上报。");
    else if (!stopped) tellRefused("");
    if (left.some((record) => !record.refusal)) timer = setTimeout(flush, stopped ? MonthServer.pause() * 1000 : 0);
  };

  const sendPlainly = (record) => {
    fill(record.fields);
    photos.files = chosen(record.files);
    form.submit();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    tellRefused("");
    if (!text.value.trim()) { tellRefused("请填写看到什么。"); text.focus(); return; }
    const record = { key: key.value, user, address: location.pathname, at: Date.now(), fields: fields(), files: Array.from(photos.files) };
    // The form is free before the store answers: what is typed meanwhile is a finding of its own.
    key.value = newKey();
    text.value = "";
    photos.value = "";
    try { await put(record); } catch (error) { sendPlainly(record); return; }
    showRow(record);
    text.dispatchEvent(new Event("input", { bubbles: true }));
    if (!text.value) try { localStorage.removeItem(draftName); } catch (error) { /* nothing was kept there */ }
    text.focus();
    flush();
  });
  form.addEventListener("input", saveDraft);
  window.addEventListener("online", flush);

  /* ---- what the report says, of the chosen stop alone ---- */
  const stop = form.querySelector("[name=stop]");
  const showSaid = () => form.querySelectorAll("[data-said]").forEach((quote) => { quote.hidden = Boolean(stop) && quote.dataset.said !== stop.value; });
  if (stop) stop.addEventListener("change", showSaid);
  showSaid();

  const draft = readDraft();
  if (draft && draft.text && !text.value) { fill(draft); kept.textContent = "上次没有记下的，接着填"; showSaid(); }
  all().then((records) => { records.forEach(showRow); flush(); });
})();
