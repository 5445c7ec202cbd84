/* Talking to the server while people type: one question, one plain answer, whatever went wrong on the way.
   kind: ok, conflict (409), login (401), refused (a sentence that trying again will not change), away (try again later). */
"use strict";

const MonthServer = (() => {
  const form = document.querySelector("form[data-csrf-cookie]");
  const PAUSES = [3, 6, 12, 24, 48, 60];
  let failures = 0;

  /* Signing in again changes the token; the cookie always holds the present one. */
  const token = () => {
    const prefix = `${form.dataset.csrfCookie}=`;
    const cookie = document.cookie.split("; ").find((each) => each.startsWith(prefix));
    return cookie ? cookie.slice(prefix.length) : form.querySelector("[name=csrfmiddlewaretoken]").value;
  };

  const headers = () => ({ "X-CSRFToken": token(), Accept: "application/json" });

  const understand = (status, data) => {
    if (status === 200 && data) return { kind: "ok", data };
    if (status === 409 && data) return { kind: "conflict", data };
    if (status === 401) return { kind: "login", data: data || {} };
    if (status === 403 && data && data.location) return { kind: "login", data: { ...data, login: data.location } };
    if (status === 403 && !data) return { kind: "login", data: {} };
    if (status === 404) return { kind: "refused", data: { error: "现在登录的账号看不到这一项，请用本单位账号登录。" } };
    if (status === 413) return { kind: "refused", data: { error: "文件太大，没有上传。" } };
    if (data && data.error) return { kind: "refused", data };
    if (status === 400) return { kind: "refused", data: { error: "内容太多，没有保存：太长的部分请作为附件上传。" } };
    return { kind: "away", data: { error: `服务器暂时没有应答（${status}）` } };
  };

  const parse = (text) => {
    try { return JSON.parse(text); } catch (error) { return null; }
  };

  const settle = (answer) => {
    failures = answer.kind === "away" || answer.kind === "login" ? failures + 1 : 0;
    document.dispatchEvent(new CustomEvent("month:answer", { detail: answer }));
    return answer;
  };

  const post = async (address, body, options = {}) => {
    try {
      const response = await fetch(address, { method: "POST", body, headers: headers(), redirect: "manual", credentials: "same-origin", ...options });
      if (response.type === "opaqueredirect") return settle({ kind: "login", data: {} });
      return settle(understand(response.status, parse(await response.text())));
    } catch (error) {
      return settle({ kind: "away", data: { error: "连不上服务器" } });
    }
  };

  /* An upload tells how far it is; fetch cannot. */
  const upload = (address, body, onProgress) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    Object.entries(headers()).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", (event) => { if (event.lengthComputable) onProgress(event.loaded / event.total); });
    request.addEventListener("load", () => resolve(settle(understand(request.status, parse(request.responseText)))));
    request.addEventListener("error", () => resolve(settle({ kind: "away", data: { error: "连不上服务器" } })));
    request.send(body);
  });

  const pause = () => PAUSES[Math.min(Math.max(failures, 1), PAUSES.length) - 1];

  return { post, upload, pause };
})();
