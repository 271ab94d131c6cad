// Sends the diary also over a bad line: what could not be sent is kept on this phone and sent as soon as there is
// network, by this page or by the next one that is opened. It leaves the phone only when the server has it; its id is
// made with the page, so that sending it twice records it once. Without this script the button does the sending.
(() => {
  const form = document.querySelector("form[data-keeps]");
  if (!form) return;
  const SHELF = "tideline-diary", PATIENCE = 10000, RETRY = 15000, SETTLED = [409, 422];
  const say = (name, shown) => {
    const place = form.querySelector(`[data-${name}]`);
    if (place) place.hidden = !shown;
  };
  const read = () => {
    try { return JSON.parse(localStorage.getItem(SHELF)) || {}; } catch { return {}; }
  };
  const write = (kept) => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(SHELF, JSON.stringify(kept));
      else localStorage.removeItem(SHELF);
      return true;
    } catch { return false; }
  };
  const keep = (id, body) => write({ ...read(), [id]: body });
  const drop = (id) => { const kept = read(); delete kept[id]; write(kept); };
  const mine = () => form.elements.client_id.value;
  // Two people may share a phone: each one's answers wait for a page of their own. After a fortnight nobody takes
  // them.
  const isTheirs = (body) => new URLSearchParams(body).get("whose") === form.elements.whose.value;
  // The fortnight ends on the day this page asks about, as on the server: the phone's own clock may be wrong.
  const dayOf = (body) => Date.parse(new URLSearchParams(body).get("about"));
  const isOld = (body) => Date.parse(form.elements.about.value) - dayOf(body) > 14 * 86400000;
  let isBusy = false, isLeaving = false;

  const typed = () => {
    const body = new URLSearchParams(new FormData(form));
    body.delete("csrfmiddlewaretoken"); // the page that sends it has one of its own
    return body.toString();
  };
  const send = async (body) => {
    const whole = new URLSearchParams(body), guard = new AbortController();
    whole.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const slow = setTimeout(() => guard.abort(), PATIENCE);
    try {
      const answer = await fetch(form.dataset.keeps, { method: "POST", body: whole, signal: guard.signal });
      const isDone = answer.redirected && new URL(answer.url).pathname === form.dataset.after;
      return isDone ? "done" : SETTLED.includes(answer.status) ? "settled" : "other";
    } catch {
      return "offline";
    } finally {
      clearTimeout(slow);
    }
  };
  const leave = (address) => { isLeaving = true; location.assign(address); };

  async function again() { // what waits on this phone, the page's own answers too once they were sent off
    if (isBusy || isLeaving) return;
    isBusy = true;
    for (const [id, body] of Object.entries(read())) {
      if (isOld(body)) drop(id);
      if (isOld(body) || !isTheirs(body)) continue;
      const isOwn = id === mine();
      say("kept-elsewhere", !isOwn);
      const what = await send(body);
      say("kept-elsewhere", false);
      if (what === "done" || what === "settled") drop(id);
      if (what === "done" && isOwn) { leave(form.dataset.after); break; }
      if (what === "settled" && isOwn) { isLeaving = true; form.submit(); break; }
      if (what === "offline") break;
    }
    isBusy = false;
  }

  form.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.name) return; // the switch of language
    event.preventDefault();
    if (isBusy || isLeaving) return;
    isBusy = true;
    const id = mine(), body = typed();
    const isKept = keep(id, body); // before it is sent: a phone that dies in between loses nothing
    const what = await send(body);
    isBusy = false;
    if (what === "done") { drop(id); return leave(form.dataset.after); }
    if (what !== "offline") { drop(id); isLeaving = true; return form.submit(); }
    if (!isKept) { isLeaving = true; return form.submit(); }
    say("kept", true);
    form.querySelector("[data-kept]").scrollIntoView({ block: "center" });
  });
  form.addEventListener("input", () => { drop(mine()); say("kept", false); }); // changed again: press Send again
  window.addEventListener("online", again);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") again(); });
  setInterval(again, RETRY);
  again();
})();
