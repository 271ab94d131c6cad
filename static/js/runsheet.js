// The seconds on the run sheet and on the emergency page: how long until something is due, how long since it began.
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

  tick();
  setInterval(tick, 1000);
})();
