// The privacy lock. Nobody touched the page for a while: it warns two minutes before, then hides everything behind a
// panel that the server fills, and the session waits until a PIN, a passkey or the password opens it. The page behind
// stays as it is: what was typed, where it was scrolled, what waits to be sent. Other windows of the browser follow.
(() => {
  const place = document.querySelector("[data-lock]");
  if (!place) return;
  const AFTER = Number(place.dataset.lockAfter) * 1000, WARN = Math.min(120000, AFTER / 2), EVERY = 1000, TELL = 60000;
  const warning = place.querySelector("[data-lock-warn]"), words = place.querySelector("[data-lock-words]");
  const panel = place.querySelector("[data-lock-panel]"), call = place.querySelector("[data-lock-call]");
  const others = self.BroadcastChannel ? new BroadcastChannel("tideline-lock") : null;
  const root = document.documentElement, before = {};
  let seen = Date.now(), told = Date.now(), locking = false, loading = null;

  const isLocked = () => root.hasAttribute("data-locked");
  const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"];
  const post = (address, fields = {}) => fetch(address, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": token(), "Lock-In-Place": "1" }, body: new URLSearchParams(fields) });
  const tell = (what) => others?.postMessage(what);

  // Somebody else is in, or nobody: what is half typed is put away for its author before the page goes.
  async function leave(go) {
    try {
      await self.tidelineDrafts?.keep();
    } finally {
      go();
    }
  }

  function used() {
    if (isLocked()) return;
    seen = Date.now();
    warning.hidden = true;
    if (seen - told < TELL) return;
    told = seen;
    tell("used");
    post(place.dataset.lockStay).then((answer) => { if (answer.status === 423) lock("idle"); }, () => {});
  }

  // Asked for when a panel with a passkey button is first shown, not on every page.
  function passkeys() {
    loading ||= new Promise((resolve) => {
      const script = Object.assign(document.createElement("script"), { src: place.dataset.lockPasskey, onload: resolve, onerror: resolve });
      document.head.append(script);
    });
    return loading;
  }

  function cover(html) {
    if (!isLocked()) Object.assign(before, { title: document.title, x: scrollX, y: scrollY, focus: document.activeElement });
    warning.hidden = true;
    panel.innerHTML = html;
    panel.hidden = false;
    if (call) call.hidden = false;
    root.setAttribute("data-locked", "");
    document.title = "Locked - Tideline";
    if (self.htmx) htmx.process(panel);
    passkeys().then(() => panel.dispatchEvent(new CustomEvent("tideline:locked", { bubbles: true })));
    (panel.querySelector("#id_pin, #id_lock_password") || panel.querySelector("button"))?.focus();
  }

  function open() {
    root.removeAttribute("data-locked");
    panel.hidden = true;
    panel.textContent = "";
    if (call) call.hidden = true;
    document.title = before.title;
    scrollTo(before.x, before.y);
    before.focus?.focus?.({ preventScroll: true });
    seen = Date.now();
    document.querySelectorAll("[data-live]").forEach((element) => self.htmx && htmx.trigger(element, "tl:live"));
  }

  // Without network the server can't open anything: the screen is only hidden, so that charting is never in its way.
  function hide() {
    cover('<div class="lock-in"><h1>Hidden</h1><p>There is no network, so nothing can be checked. What is entered stays in the name of who is signed in here.</p><div class="btns"><button class="btn btn-lg btn-primary" type="button" data-lock-show>Show the page</button></div></div>');
  }

  async function lock(why) {
    if (locking || isLocked()) return;
    locking = true;
    try {
      const answer = await post(place.dataset.lockSet, { why, next: location.pathname + location.search });
      if (answer.redirected || answer.status === 401 || answer.status === 403) { await leave(() => location.reload()); return; }
      if (!answer.ok) throw new Error(`lock ${answer.status}`);
      cover(await answer.text());
      tell("locked");
    } catch {
      hide();
    } finally {
      locking = false;
    }
  }

  async function send(event) {
    const form = event.target;
    if (form === call) return shout(event);
    if (!form.matches?.("[data-lock-form]")) return;
    event.preventDefault();
    try {
      const answer = await fetch(form.action, { method: "POST", credentials: "same-origin", headers: { "Lock-In-Place": "1" }, body: new URLSearchParams(new FormData(form)) });
      if (!answer.headers.get("Content-Type")?.startsWith("application/json")) { cover(await answer.text()); return; }
      const said = await answer.json();
      tell(said.same ? "open" : "gone");
      if (said.same) open();
      else await leave(() => location.assign(location.pathname + location.search));
    } catch {
      hide();
    }
  }

  async function shout(event) {
    event.preventDefault();
    const said = call.querySelector("[data-lock-called]");
    try {
      const answer = await fetch(call.action, { method: "POST", credentials: "same-origin", body: new URLSearchParams(new FormData(call)) });
      said.textContent = (answer.ok && (await answer.text())) || "It did not go through. Call out.";
    } catch {
      said.textContent = "It did not go through. Call out.";
    }
  }

  function look() {
    if (isLocked()) return;
    const left = AFTER - (Date.now() - seen);
    if (left <= 0) { lock("idle"); return; }
    if (left > WARN) return;
    const minutes = Math.ceil(left / 60000), said = `This screen locks in ${minutes} minute${minutes === 1 ? "" : "s"}. Touch it or press a key to stay.`;
    if (words.textContent !== said) words.textContent = said;
    warning.hidden = false;
  }

  others?.addEventListener("message", (event) => {
    if (event.data === "used") { seen = Date.now(); warning.hidden = true; }
    if (event.data === "locked" && !isLocked()) lock("idle");
    if (event.data === "open" && isLocked()) open();
    if (event.data === "gone") leave(() => location.reload());
  });
  ["pointerdown", "keydown", "wheel", "touchstart"].forEach((kind) => addEventListener(kind, used, { passive: true, capture: true }));
  document.addEventListener("submit", send);
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-lock-show]")) open();
    const now = event.target.closest("form[data-lock-now]");
    if (now && event.target.closest("button")) { event.preventDefault(); lock("hand"); }
  });
  // What stands behind the lock asks for nothing meanwhile.
  document.addEventListener("htmx:beforeRequest", (event) => { if (isLocked() && !place.contains(event.detail.elt)) event.preventDefault(); });
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr?.status === 423) lock("idle"); });
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);
})();
