// A form is sent once: a second tap while the first is on its way does nothing. The server has its own guards (ids made
// with the page); this spares whoever taps twice a page that says it is done already.
(() => {
  const WAIT = 8000, sent = new WeakMap();
  // On the window, after every other listener: whoever holds a form back to send it later has said so by then.
  addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return; // a script sends it, or nothing is written
    if (Date.now() - (sent.get(form) || 0) < WAIT) return event.preventDefault();
    sent.set(form, Date.now());
  });
  addEventListener("pageshow", () => document.querySelectorAll("form").forEach((form) => sent.delete(form)));
})();
