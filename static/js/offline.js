// On every chairside page: keeps the facts of the open sessions for an hour without network, says what waits on this
// tablet, and sends it in order as soon as the server answers. Nothing leaves the queue before the server has it.
(() => {
  const store = self.tidelineStore;
  if (!store || !self.indexedDB || !self.crypto?.subtle) return;
  const EVERY = 4000, PATIENCE = 8000, UNSURE = 6000;
  const TEXT = { offline: "Keep charting, they send themselves.", signin: "Sign in again and they are sent; nothing is lost.", refused: "They can be sent by a nurse or prescriber of this clinic." };
  const net = { downSince: 0, state: "", sending: false, open: false };
  let known = [], offset = null;

  const places = () => document.querySelectorAll("[data-net]");
  const zone = () => document.querySelector("[data-live-state]")?.dataset.zone || (known.find((one) => one.zone) || {}).zone;
  const ours = (name) => JSON.parse(document.getElementById(name)?.textContent || "null");
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`tideline:${name}`, { detail }));

  // ---- what the run sheet leaves here
  async function learn() {
    const said = ours("offline-facts");
    if (!said) return;
    offset = Math.round((Date.now() - new Date(said.now)) / 1000);
    const theme = document.documentElement.dataset.bsTheme || "";
    await Promise.all(said.sessions.map((fact) => store.keepFacts({ ...fact, offset_s: offset, as_of: said.now, theme })));
    known = await store.allFacts();
    const over = known.filter((fact) => new Date(fact.until) < Date.now() - 24 * 3600 * 1000);
    await Promise.all(over.map((fact) => store.forgetFacts(fact.id)));
  }

  async function register() {
    if (!document.getElementById("offline-facts") || !navigator.serviceWorker) return;
    await navigator.serviceWorker.register("/sessions/worker.js", { scope: "/sessions/" });
    if (navigator.storage?.persist) await navigator.storage.persist();
  }

  // ---- saying it
  function row(item) {
    const line = document.createElement("li");
    const fact = known.find((one) => one.id === item.session) || {};
    const parts = item.sealed ? ["", "", store.words(item), ""] : [store.oneTime(item.tablet_at, fact.zone), `Chair ${item.chair}`, store.words(item), "Waiting on this tablet"];
    parts.forEach((words, n) => {
      const part = document.createElement("span");
      part.className = ["num", "num", "", "sm muted"][n];
      part.textContent = words;
      line.append(part);
    });
    return line;
  }

  function alarmsOf(waiting) {
    return waiting.flatMap((item) => {
      const fact = known.find((one) => one.id === item.session);
      const later = waiting.some((other) => other.session === item.session && other.door === "vitals" && other.n > item.n);
      return later ? [] : store.alarms(item, fact).map((words) => `Chair ${item.chair}: ${words}.`);
    });
  }

  function sentence(waiting) {
    const since = net.downSince ? `No network since ${store.oneTime(net.downSince, zone())}. ` : "";
    if (!waiting.length) return net.downSince ? `${since}Keep charting: vitals, pause, stop, a lower rate, side effects, notes and scores wait here until it is back.` : "";
    const oldest = store.oneTime(waiting[0].tablet_at || Date.now(), zone());
    const many = waiting.length === 1 ? `1 entry waits on this tablet, from ${oldest}. ` : `${waiting.length} entries wait on this tablet, the oldest from ${oldest}. `;
    return since + many + (TEXT[net.state] || (net.downSince ? TEXT.offline : "They are being sent."));
  }

  function paint(all) {
    const waiting = all.filter((item) => item.state !== "sent" || Date.now() - new Date(item.tablet_at) > UNSURE);
    const words = sentence(waiting), alarms = alarmsOf(waiting);
    places().forEach((place) => {
      const bar = place.querySelector("[data-net-bar]"), said = bar.querySelector("[data-net-words]");
      bar.hidden = words === "";
      if (said.textContent !== words) said.textContent = words;
      const show = bar.querySelector("[data-net-show]"), list = place.querySelector("[data-net-list]");
      show.hidden = !waiting.length;
      show.textContent = net.open ? "Hide" : "Show";
      show.setAttribute("aria-expanded", String(net.open));
      list.hidden = !net.open || !waiting.length;
      const rows = document.createElement("ul");
      rows.append(...waiting.map(row));
      list.replaceChildren(rows);
      const enter = bar.querySelector("[data-net-sign-in]");
      enter.hidden = net.state !== "signin";
      enter.href = `/accounts/login/?next=${encodeURIComponent(location.pathname)}`;
      const bell = place.querySelector("[data-net-alarm]");
      bell.hidden = !alarms.length;
      const loud = alarms.length ? `Alarm, not yet sent. ${alarms.join(" ")} No other screen can see this: call out.` : "";
      if (bell.textContent !== loud) bell.textContent = loud;
    });
    if (alarms.length) tell("alarm", alarms);
    tell("waiting", all);
  }

  const look = async () => paint(await store.list());

  // ---- sending it
  async function ask(address, options = {}) {
    const guard = new AbortController(), slow = setTimeout(() => guard.abort(), PATIENCE);
    try {
      return await fetch(address, { credentials: "same-origin", redirect: "manual", signal: guard.signal, ...options, headers: { Accept: "application/json", "HX-Request": "true", ...options.headers } });
    } finally {
      clearTimeout(slow);
    }
  }

  // "" when entries may be sent; else why not. Also measures this tablet's clock against ours.
  async function ready() {
    const before = Date.now(), answer = await ask("/sessions/replay/ready/");
    if (answer.status === 401 || answer.type === "opaqueredirect") return { state: "signin" };
    if (answer.status === 403) return { state: "refused" };
    if (!answer.ok) throw new Error(`ready ${answer.status}`);
    const said = await answer.json();
    offset = Math.round(((before + Date.now()) / 2 - new Date(said.now)) / 1000);
    return { state: "", csrf: said.csrf };
  }

  function body(item) {
    return new URLSearchParams({
      entry_id: item.id, door: item.door, fields_typed: JSON.stringify(item.fields), tablet_at: item.tablet_at,
      offset_s: item.offset_s, offset_now_s: offset, ticket: item.ticket || "", tablet: item.tablet || "", format: item.format,
    });
  }

  // "sent" (the server has it, recorded or held), "kept" (this one waits on), or "signin".
  async function send(item, csrf) {
    if (item.sealed) return "kept";
    const answer = await ask(`/sessions/${item.session}/replay/`, { method: "POST", body: body(item), headers: { "X-CSRFToken": csrf } });
    if (answer.status === 401 || answer.type === "opaqueredirect") return "signin";
    if (answer.status >= 500) throw new Error(`replay ${answer.status}`);
    if (!answer.ok) return "kept";
    const said = await answer.json();
    await store.remove(item.id);
    tell(said.state === "held" ? "held" : "sent", item);
    return "sent";
  }

  async function sendAll(waiting) {
    const may = await ready();
    net.state = may.state;
    net.downSince = 0;
    if (may.state) return false;
    let sent = 0;
    const stuck = new Set();
    for (const item of waiting) {
      if (stuck.has(item.session)) continue; // the order within a session is kept
      const outcome = await send(item, may.csrf);
      if (outcome === "signin") { net.state = "signin"; break; }
      if (outcome === "kept") { stuck.add(item.session); net.state = "refused"; } else sent += 1;
    }
    return sent > 0;
  }

  function lost() {
    if (!net.downSince) net.downSince = Date.now();
    net.state = "offline";
  }

  async function work(force) {
    const waiting = await store.list();
    if (!waiting.length && !net.downSince && !force) return look();
    let isNew = false;
    try {
      isNew = await sendAll(waiting);
    } catch {
      lost();
    }
    await look();
    if (isNew) fresh();
    if (!net.downSince) tell("network", { state: net.state, sent: isNew });
  }

  // One page sends at a time, however many are open.
  async function round(force = false) {
    if (net.sending) return;
    net.sending = true;
    try {
      if (navigator.locks) await navigator.locks.request("tideline-replay", { ifAvailable: true }, (lock) => (lock ? work(force) : look()));
      else await work(force);
    } finally {
      net.sending = false;
    }
  }

  const fresh = () => document.querySelectorAll("[data-live]").forEach((element) => self.htmx && htmx.trigger(element, "tl:live"));

  // ---- leaving: what waits stays, and the person knows; only an empty tablet is wiped
  async function leave(event) {
    const form = event.target.closest("form[action='/accounts/logout/']");
    if (!form || form.dataset.asked) return;
    event.preventDefault();
    const count = await store.count();
    if (count && !location.pathname.startsWith("/accounts/logout/")) { location.href = "/accounts/logout/"; return; }
    await store.forgetFacts();
    const drafts = self.tidelineDrafts, isAnothersHand = form.closest(".lock-in");
    if (isAnothersHand) await drafts?.keep();
    else await drafts?.forget();
    const kept = count || isAnothersHand || (await drafts?.others());
    const said = Object.assign(document.createElement("input"), { type: "hidden", name: "nothing_waits", value: kept ? "" : "yes" });
    form.append(said);
    form.dataset.asked = "1";
    form.requestSubmit();
  }

  async function warn() {
    const place = document.querySelector("[data-leaving]");
    const count = place && (await store.count());
    if (!count) return;
    place.hidden = false;
    place.querySelector("[data-leaving-count]").textContent = count === 1 ? "1 entry still waits on this tablet." : `${count} entries still wait on this tablet.`;
  }

  document.addEventListener("submit", leave);
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-net-show]")) return;
    net.open = !net.open;
    look();
  });
  document.addEventListener("htmx:sendError", () => { lost(); look(); });
  document.addEventListener("htmx:afterSettle", async (event) => { if (event.target.querySelector?.("#offline-facts")) await learn(); look(); });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.detail.successful && net.downSince) round(true); });
  document.addEventListener("tideline:kept", () => round());
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") round(); });
  addEventListener("online", () => round(true));
  addEventListener("offline", () => { lost(); look(); });
  addEventListener("pageshow", () => round());
  document.addEventListener("DOMContentLoaded", async () => {
    known = await store.allFacts();
    await learn();
    await warn();
    await round(Boolean(document.querySelector("[data-pad]")));
    setInterval(round, EVERY);
    await register();
  });
})();
