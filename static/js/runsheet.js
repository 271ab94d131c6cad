// The seconds on the run sheet and on the emergency page: how long until something is due, how long since it began.
// And each alarm once: what the sheet or its tabs say is not shown again in the bars above, which are for other chairs.
(() => {
  const span = (seconds) => {
    const minutes = Math.floor(seconds / 60), rest = String(seconds % 60).padStart(2, "0");
    return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")}`;
  };

  function tick() {
    document.querySelectorAll("[data-due]").forEach((place) => {
      const left = Math.floor((new Date(place.dataset.due) - Date.now()) / 1000);
      const words = place.querySelector("[data-due-words]");
      place.querySelector("[data-second]").textContent = span(Math.abs(left));
      words.textContent = left < 0 ? "overdue" : "to go";
      words.classList.toggle("box-ink", left < 0);
    });
    document.querySelectorAll("[data-since]").forEach((place) => {
      const gone = Math.max(0, Math.floor((Date.now() - new Date(place.dataset.since)) / 1000));
      place.querySelector("[data-second]").textContent = span(gone);
    });
  }

  const TOLD = ".alerts-now a[data-about], #calls a";
  function hush() {
    const tabs = [...document.querySelectorAll(".switch a[href^='/sessions/']")].map((tab) => tab.pathname);
    document.querySelectorAll(TOLD).forEach((call) => {
      const isHere = call.dataset.about ? location.pathname.includes(call.dataset.about) : tabs.includes(call.pathname);
      call.classList.toggle("visually-hidden", isHere);
      if (isHere) call.tabIndex = -1;
    });
  }

  hush();
  document.addEventListener("htmx:afterSettle", hush);
  tick();
  setInterval(tick, 1000);
})();
