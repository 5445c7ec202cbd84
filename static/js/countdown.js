/* The server's clock and the time left, ticking: data-clock holds the server's moment, data-until the end of a deadline. */
"use strict";

(() => {
  const clock = document.querySelector("[data-clock]");
  if (!clock) return;
  const ahead = new Date(clock.dataset.clock).getTime() - Date.now();
  const now = () => Date.now() + ahead;
  const two = (number) => String(number).padStart(2, "0");

  /* The words of reports.deadlines.time_left. */
  const span = (length) => {
    const minutes = Math.floor(length / 60000);
    const days = Math.floor(minutes / 1440);
    const hours = Math.floor((minutes % 1440) / 60);
    if (days >= 3) return `${days}天`;
    if (days) return hours ? `${days}天${hours}小时` : `${days}天`;
    if (hours) return minutes % 60 ? `${hours}小时${minutes % 60}分钟` : `${hours}小时`;
    return minutes ? `${minutes}分钟` : "不到1分钟";
  };

  const tick = () => {
    const moment = now();
    const beijing = new Date(moment + 8 * 3600000);
    clock.textContent = `${beijing.getUTCMonth() + 1}月${beijing.getUTCDate()}日 ${two(beijing.getUTCHours())}:${two(beijing.getUTCMinutes())}`;
    document.querySelectorAll("[data-until]").forEach((place) => {
      const left = new Date(place.dataset.until).getTime() - moment;
      place.textContent = left > 0 ? `还剩${span(left)}` : `已逾期${span(-left)}`;
      if (left <= 600000) place.classList.add("tone-danger");
    });
  };

  tick();
  setInterval(tick, 10000);
})();
