// The schedule by hand: drag a visit into a free stretch, or go through the grid by arrow keys and take one up with
// "m". Both lead to the page that asks once more; without this file the links "Move" and "put here" do the same. A long
// day opens at the hour it is now, and stays where it was scrolled to when it is drawn anew.
(() => {
  const STEP = 15, fits = { chair: ["chair", "nurse"], talk: ["nurse", "prescriber"] };
  let taken = null, mark = null;

  const grid = (target) => target.closest?.("[data-grid]");
  const pad = (number) => String(number).padStart(2, "0");

  function startIn(cell, y) {
    const length = Number(cell.dataset.length), minutes = Number(taken.dataset.minutes);
    const box = cell.getBoundingClientRect();
    const asked = Math.floor((((y - box.top) / box.height) * length) / STEP) * STEP;
    return Math.max(0, Math.min(asked, Math.floor((length - minutes) / STEP) * STEP));
  }

  function canTake(cell) {
    if (!taken || !fits[taken.dataset.kind].includes(cell.dataset.takes)) return false;
    return Number(cell.dataset.length) >= Number(taken.dataset.minutes);
  }

  const stamp = (moment) => `${moment.toISOString().slice(0, 16)}Z`;

  function later(cell, minutes) {
    return new Date(new Date(cell.dataset.start).getTime() + minutes * 60000);
  }

  // The wall clock of the clinic stands in the cell's own start: 2026-05-14T10:30:00-04:00.
  function wall(cell, minutes) {
    const [hour, minute] = cell.dataset.start.slice(11, 16).split(":").map(Number), all = hour * 60 + minute + minutes;
    return `${pad(Math.floor(all / 60) % 24)}:${pad(all % 60)}`;
  }

  function unmark() {
    mark?.remove();
    mark = null;
  }

  function show(cell, minutes) {
    if (!mark) {
      mark = document.createElement("span");
      mark.className = "drop-at num";
      mark.setAttribute("aria-hidden", "true");
    }
    if (mark.parentElement !== cell) cell.append(mark);
    mark.textContent = wall(cell, minutes);
  }

  const day = () => document.querySelector(".day-scroll");
  let place = null;
  function lookAt() {
    const first = day()?.querySelector("[data-seen-first]");
    if (place !== null && day()) day().scrollTop = place;
    else if (first) day().scrollTop = first.offsetTop - day().querySelector("thead").offsetHeight;
  }
  document.addEventListener("scroll", (event) => { if (event.target === day()) place = day().scrollTop; }, true);
  document.addEventListener("htmx:afterSwap", lookAt);
  lookAt();

  document.addEventListener("dragstart", (event) => {
    const visit = event.target.closest?.("[data-visit]");
    if (!visit || !grid(visit)) return;
    taken = visit;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", visit.textContent.trim());
    const live = document.getElementById("schedule");
    live.dataset.liveKept = live.dataset.live;
    live.dataset.live = "";
  });
  document.addEventListener("dragend", () => {
    const live = document.getElementById("schedule");
    if (live.dataset.liveKept) live.dataset.live = live.dataset.liveKept;
    taken = null;
    unmark();
  });
  document.addEventListener("dragover", (event) => {
    const cell = event.target.closest?.("[data-gap]");
    if (!taken || !cell || !canTake(cell)) return unmark();
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    show(cell, startIn(cell, event.clientY));
  });
  document.addEventListener("drop", (event) => {
    const cell = event.target.closest?.("[data-gap]");
    if (!taken || !cell || !canTake(cell)) return;
    event.preventDefault();
    const start = later(cell, startIn(cell, event.clientY)), end = later(cell, Number(cell.dataset.length));
    location.assign(`${taken.dataset.visit}?start=${stamp(start)}&end=${stamp(end)}&${cell.dataset.gap}`);
  });

  const middle = (element) => {
    const box = element.closest("td").getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + Math.min(box.height, 40) / 2 };
  };
  const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

  function nextLink(from, [dx, dy]) {
    const here = middle(from), links = [...grid(from).querySelectorAll("td a")].filter((link) => link !== from);
    const rated = links.map((link) => {
      const there = middle(link), x = there.x - here.x, y = there.y - here.y;
      const along = dx * x + dy * y, aside = Math.abs(dx ? y : x);
      return { link, along, cost: along + 2 * aside };
    });
    return rated.filter((one) => one.along > 4).sort((a, b) => a.cost - b.cost)[0]?.link;
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") document.querySelector("[data-escape]")?.click();
    const link = grid(event.target) && event.target.closest("td a");
    if (!link) return;
    if (event.key === "m" && link.dataset.move) location.assign(link.dataset.move);
    if (!ARROWS[event.key]) return;
    event.preventDefault();
    nextLink(link, ARROWS[event.key])?.focus();
  });
})();
