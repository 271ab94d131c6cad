// Live fragments. <div data-live="session:ID other-topic" data-version="41" hx-get="..." hx-trigger="tl:live">.
// The stream says only what changed; the fragment comes through its normal door (If-None-Match: "41", 304 when the same).
// Every 30 s all are asked again; without the stream every 5 s, and [data-live-state] says so in words; <html
// data-live-is="live|late|lost"> says it to the style sheet. A screen on a wall has a ticket of its own, at
// <body data-live-ticket="/wall/ticket/">, and sends its CSRF token there. A page with <p data-here="its ticket"> says who
// else has it open, and tells them of this one while it is not locked: a hint that goes by itself.
(() => {
  const COALESCE = 1000, CHECK = 30000, POLL = 5000, PATIENCE = 3000, WRITES = 10000;
  const waiting = new Set();
  let source = null, renewing = null, isLive = false, lastId = "", lastAsked = 0, lastAnswer = Date.now(), failedSince = 0, flushing = null;
  let typedAt = 0, saidWrites = false;

  const all = () => document.querySelectorAll("[data-live]");
  const typing = (element) => element.contains(document.activeElement) && document.activeElement.matches("input, select, textarea");

  function matches(element, news) {
    return element.dataset.live.split(" ").some((said) => said === news.topic || said === `${news.topic}:${news.id}`);
  }

  function isNew(element, news) {
    const known = Number(element.dataset.version), now = Number(news.version);
    return !(known && now && element.dataset.live.includes(news.id) && now <= known);
  }

  function ask(elements) {
    elements.forEach((element) => waiting.add(element));
    if (!flushing && waiting.size) flushing = setTimeout(flush, Math.max(0, lastAsked + COALESCE - Date.now()));
  }

  function flush() {
    flushing = null;
    lastAsked = Date.now();
    const now = [...waiting];
    waiting.clear();
    now.filter((element) => element.isConnected).forEach((element) => {
      if (typing(element)) waiting.add(element);
      else htmx.trigger(element, "tl:live");
    });
    if (waiting.size) flushing = setTimeout(flush, COALESCE);
  }

  function clock(moment, zone) {
    return new Date(moment).toLocaleTimeString("en-GB", zone ? { timeZone: zone } : {});
  }

  function say() {
    document.querySelectorAll("[data-live-state]").forEach((place) => {
      const zone = place.dataset.zone, answered = clock(lastAnswer, zone);
      let words = `live, updated ${answered}`;
      if (failedSince) words = `No answer from the clinic's server since ${clock(failedSince, zone)}. What you see may be old.`;
      else if (!isLive) words = `Not live just now: this page looks again every 5 seconds, last at ${answered}.`;
      if (place.textContent !== words) place.textContent = words;
      place.classList.toggle("is-late", Boolean(failedSince) || !isLive);
    });
    document.documentElement.dataset.liveIs = failedSince ? "lost" : isLive ? "live" : "late";
  }

  function sayHere(people) {
    const place = document.querySelector("[data-here]");
    if (!place) return;
    const words = people.map((one) => (one.writes ? `${one.name} (writing now)` : one.name)).join(", ");
    if (place.textContent !== words) place.textContent = words && `Also here: ${words}`;
    place.hidden = !words;
  }

  // A page of a session says where it is; the lock, or a door that does not open, leaves it any page.
  async function hereTicket() {
    const place = document.querySelector("[data-here]");
    if (!place || document.documentElement.hasAttribute("data-locked")) return null;
    saidWrites = Date.now() - typedAt < WRITES;
    const answer = await fetch(`${place.dataset.here}${saidWrites ? "?writes=1" : ""}`, { credentials: "same-origin", headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? answer.json() : null;
  }

  async function ticket() {
    const here = await hereTicket();
    if (here) return here;
    const own = document.body.dataset.liveTicket, headers = { Accept: "application/json" };
    if (own) Object.assign(headers, JSON.parse(document.body.getAttribute("hx-headers")));
    const answer = await fetch(own || "/live/ticket/", { method: own ? "POST" : "GET", credentials: "same-origin", headers });
    if (!answer.ok || answer.redirected) throw new Error(`ticket ${answer.status}`);
    return answer.json();
  }

  function close() {
    clearTimeout(renewing);
    if (source) source.close();
    source = null;
    isLive = false;
  }

  function later(what, milliseconds) {
    clearTimeout(renewing);
    renewing = setTimeout(what, milliseconds);
  }

  async function open() {
    close();
    try {
      const said = await ticket();
      source = new EventSource(lastId ? `${said.stream}?since=${lastId}` : said.stream, { withCredentials: true });
      source.addEventListener("hello", (event) => { lastId = event.lastEventId; isLive = true; sayHere([]); say(); });
      source.addEventListener("change", (event) => {
        lastId = event.lastEventId;
        const news = JSON.parse(event.data);
        ask([...all()].filter((element) => matches(element, news) && isNew(element, news)));
      });
      source.addEventListener("reload", () => { lastId = ""; ask([...all()]); });
      source.addEventListener("here", (event) => sayHere(JSON.parse(event.data).people));
      source.addEventListener("error", again);
      later(renew, said.every_seconds * 1000);
    } catch {
      sayHere([]);
      again();
    }
  }

  function again() {
    close();
    say();
    later(open, PATIENCE);
  }

  async function renew() {
    try {
      const said = await ticket();
      const answer = await fetch(said.renew, { method: "POST", credentials: "include" });
      if (!answer.ok) return again();
      later(renew, said.every_seconds * 1000);
    } catch {
      again();
    }
  }

  document.addEventListener("htmx:configRequest", (event) => {
    const element = event.detail.elt;
    if (event.detail.triggeringEvent?.type === "tl:live" && element.dataset.version) {
      event.detail.headers["If-None-Match"] = `"${element.dataset.version}"`;
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (!event.detail.elt.matches?.("[data-live]")) return;
    const status = event.detail.xhr?.status;
    if (status && status < 400) { lastAnswer = Date.now(); failedSince = 0; }
    else if (!failedSince) failedSince = Date.now();
    say();
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (!all().length && !document.querySelector("[data-live-state]")) return;
    open();
    setInterval(() => { if (!isLive) ask([...all()]); say(); }, POLL);
    setInterval(() => ask([...all()]), CHECK);
  });
  // The first key of a form is told at once; that nobody writes any more, with the next ticket.
  document.addEventListener("input", () => {
    typedAt = Date.now();
    if (!isLive || saidWrites || !document.querySelector("[data-here]")) return;
    saidWrites = true;
    later(renew, 0);
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
})();
