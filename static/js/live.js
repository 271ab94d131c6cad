// Live fragments. <div data-live="session:ID other-topic" data-version="41" hx-get="..." hx-trigger="tl:live">.
// The stream says only what changed; the fragment comes through its normal door (If-None-Match: "41", 304 when the same).
// Every 30 s all are asked again; without the stream every 5 s, and [data-live-state] says so in words.
(() => {
  const COALESCE = 1000, CHECK = 30000, POLL = 5000, PATIENCE = 3000;
  const waiting = new Set();
  let source = null, renewing = null, isLive = false, lastAsked = 0, lastAnswer = Date.now(), failedSince = 0, flushing = null;

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
  }

  async function ticket() {
    const answer = await fetch("/live/ticket/", { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) throw new Error(`ticket ${answer.status}`);
    return answer.json();
  }

  function close() {
    clearTimeout(renewing);
    if (source) source.close();
    source = null;
    isLive = false;
  }

  async function open() {
    close();
    try {
      const said = await ticket();
      source = new EventSource(said.stream, { withCredentials: true });
      source.addEventListener("hello", () => { isLive = true; say(); });
      source.addEventListener("change", (event) => {
        const news = JSON.parse(event.data);
        ask([...all()].filter((element) => matches(element, news) && isNew(element, news)));
      });
      source.addEventListener("reload", () => ask([...all()]));
      source.addEventListener("error", again);
      renewing = setTimeout(renew, said.every_seconds * 1000);
    } catch {
      again();
    }
  }

  function again() {
    close();
    say();
    renewing = setTimeout(open, PATIENCE);
  }

  async function renew() {
    try {
      const said = await ticket();
      const answer = await fetch(said.renew, { method: "POST", credentials: "include" });
      if (!answer.ok) return again();
      renewing = setTimeout(renew, said.every_seconds * 1000);
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
  addEventListener("pagehide", close);
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
})();
