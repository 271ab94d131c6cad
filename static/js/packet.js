// Keeps a page as a draft while it is being filled in: a second after the first unsaved key at the latest, when the
// page is left or hidden, and again when the line is back. Only the server keeps it: nothing is stored in the browser.
// Without this script the buttons do the saving.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const place = form.querySelector("[data-saved]"), said = place.querySelector("span");
  const version = form.elements.version;
  const tab = document.createElement("input"); // which page of which device this is, for as long as it is open
  tab.type = "hidden"; tab.name = "tab";
  form.append(tab);
  const me = Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
  const SOON = 1000, RETRY = 4000, PATIENCE = 20000, KEEPALIVE_MOST = 60000;
  let number = 0, typed = 0, kept = 0, timer = 0, running = null, stopped = "", wanted = null, leaving = false;

  const say = (words) => { if (said.textContent !== words) said.textContent = words; };
  const isDirty = () => typed > kept;
  const body = () => {
    tab.value = `${me}.${++number}`;
    return new URLSearchParams(new FormData(form));
  };
  const heard = async (answer, upTo) => {
    if (answer.type === "opaqueredirect" || answer.status === 404 || answer.status === 410) stopped = "ended";
    else if (answer.status === 409) stopped = "stale";
    else if (!answer.ok) throw new Error("not saved");
    if (stopped) return say(place.dataset[stopped]);
    const words = await answer.json();
    if (Number(words.version) > Number(version.value)) version.value = words.version;
    kept = Math.max(kept, upTo);
    place.classList.add("is-saved");
    say(words.saved);
    form.querySelectorAll("[data-note]").forEach((note) => {
      note.textContent = (words.notes || {})[note.dataset.note] || "";
    });
  };
  const save = async () => {
    const upTo = typed, guard = new AbortController();
    const slow = setTimeout(() => guard.abort(), PATIENCE);
    try {
      const asked = { method: "POST", body: body(), redirect: "manual", signal: guard.signal };
      await heard(await fetch(form.dataset.draft, asked), upTo);
    } catch {
      place.classList.remove("is-saved");
      say(navigator.onLine ? place.dataset.waiting : place.dataset.offline);
    } finally {
      clearTimeout(slow);
    }
  };
  const now = () => {
    clearTimeout(timer);
    timer = 0;
    if (running || stopped || !isDirty()) return;
    running = save().finally(() => {
      running = null;
      if (wanted && (stopped || !isDirty())) go();
      else if (isDirty() && !stopped) later(place.classList.contains("is-saved") ? SOON : RETRY);
    });
  };
  const later = (wait) => { if (!timer) timer = setTimeout(now, wait); };
  const go = () => {
    leaving = true;
    tab.value = `${me}.${++number}`;
    form.requestSubmit(wanted);
  };
  const last = () => {
    if (!isDirty() || stopped || leaving) return;
    const upTo = typed, what = body();
    if (String(what).length > KEEPALIVE_MOST) return now();
    fetch(form.dataset.draft, { method: "POST", body: what, redirect: "manual", keepalive: true })
      .then((answer) => heard(answer, upTo)).catch(() => say(place.dataset.offline));
  };

  form.addEventListener("input", () => { typed += 1; later(SOON); });
  window.addEventListener("online", () => { if (isDirty()) now(); });
  window.addEventListener("offline", () => { if (isDirty()) say(place.dataset.offline); });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") last(); });
  window.addEventListener("pagehide", last);
  window.addEventListener("beforeunload", (event) => { if (isDirty() && !leaving && !running) event.preventDefault(); });
  // What is not kept yet is kept before the page is left for the next one: a lost line loses nothing.
  form.addEventListener("submit", (event) => {
    if (leaving || stopped === "stale") { leaving = true; return; }
    if (!isDirty() && !running) { leaving = true; tab.value = `${me}.${++number}`; return; }
    event.preventDefault();
    if (stopped) return say(place.dataset[stopped]);
    wanted = event.submitter;
    now();
  });
})();
