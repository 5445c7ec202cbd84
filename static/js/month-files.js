/* Evidence beside a task: dragged or chosen, several at once, each with its progress; what is refused says why. */
"use strict";

const MonthFiles = (() => {
  const row = (list, file) => {
    const item = document.createElement("li");
    item.className = "file";
    const name = Object.assign(document.createElement("span"), { textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    bar.setAttribute("aria-label", `正在上传${file.name}`);
    item.append(name, bar);
    list.append(item);
    return bar;
  };

  const tell = (section, sentences) => {
    const place = section.querySelector("[data-file-errors]");
    sentences.forEach((text) => place.append(Object.assign(document.createElement("li"), { textContent: text })));
  };

  const list = (section) => section.querySelector("[data-file-list]");

  /* One after the other: an old line carries one large file better than three at once. */
  const send = async (section, files) => {
    section.querySelector("[data-file-errors]").textContent = "";
    const bars = files.map((file) => row(list(section).querySelector(".files"), file));
    let html = null;
    for (const [n, file] of files.entries()) {
      const body = new FormData();
      body.append("files", file);
      const answer = await MonthServer.upload(section.dataset.files, body, (share) => { bars[n].value = share; });
      if (answer.kind === "ok") {
        html = answer.data.html;
        tell(section, answer.data.errors.map((each) => each.sentence));
      } else {
        tell(section, [`“${file.name}”没有上传：${answer.data.error || "登录已到时，请重新登录后再传。"}`]);
      }
      bars[n].closest(".file").hidden = true;
    }
    if (html !== null) list(section).innerHTML = html;
  };

  const remove = async (section, button) => {
    button.disabled = true;
    const answer = await MonthServer.post(button.dataset.remove, new FormData());
    if (answer.kind === "ok") list(section).innerHTML = answer.data.html;
    else { button.disabled = false; tell(section, [answer.data.error || "没有移除，请稍后再试。"]); }
  };

  const dress = (section) => {
    const drop = section.querySelector("[data-drop]");
    const area = drop.querySelector(".drop");
    const input = drop.querySelector("input[type=file]");
    drop.querySelector("[data-drop-hint]").hidden = false;
    drop.querySelector("[data-choose-files]").className = "link-btn";
    drop.querySelector("[data-choose-files]").textContent = "选择文件";
    input.classList.add("sr");
    input.setAttribute("aria-label", `第${section.dataset.number}项选择文件`);
    input.addEventListener("change", () => {
      const files = Array.from(input.files);
      input.value = "";
      if (files.length) send(section, files);
    });
    section.addEventListener("dragover", (event) => {
      if (!Array.from(event.dataTransfer.types).includes("Files")) return;
      event.preventDefault();
      area.classList.add("is-over");
    });
    section.addEventListener("dragleave", (event) => { if (!section.contains(event.relatedTarget)) area.classList.remove("is-over"); });
    section.addEventListener("drop", (event) => {
      area.classList.remove("is-over");
      const files = Array.from(event.dataTransfer.files);
      if (!files.length) return;
      event.preventDefault();
      send(section, files);
    });
  };

  /* A file dropped beside a task would take the page away. */
  ["dragover", "drop"].forEach((kind) => document.addEventListener(kind, (event) => {
    if (Array.from(event.dataTransfer.types).includes("Files")) event.preventDefault();
  }));

  return { dress, remove };
})();
