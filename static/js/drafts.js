// What is half typed when somebody else comes in on the same tablet stays its author's: the page seals it under a key
// that the server gives to nobody but the author's own pages, and it comes back when the author does (docs/sign-in.md).
// Nothing of it leaves the browser, secrets and files are never kept, and after twelve hours it is gone.
(() => {
  const place = document.querySelector("[data-drafts]");
  if (!place || !self.indexedDB || !self.crypto?.subtle) return;
  const NAME = "tideline-drafts", LIFE = 12 * 3600 * 1000, SAME_PAGE = ["entry_id", "entry", "version", "stamp", "was"];
  const NEVER = "button, fieldset, object, output, [type=password], [type=file], [type=submit], [type=button], [autocomplete=one-time-code]";
  const here = () => location.pathname + location.search;
  const opened = Date.now(), title = document.title.replace(/^Error: /, "").replace(/ - Tideline$/, "");
  let touched = opened;

  // ---- the shelf: sealed rows, of which nobody opens another's
  function shelf(mode, work) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore("drafts", { keyPath: "id" });
      asked.onerror = () => reject(asked.error);
      asked.onsuccess = () => {
        const base = asked.result, deal = base.transaction("drafts", mode, { durability: "strict" });
        const request = work(deal.objectStore("drafts"));
        const end = (how, what) => { base.close(); how(what); };
        deal.oncomplete = () => end(resolve, request.result);
        deal.onabort = deal.onerror = () => end(reject, deal.error);
      };
    });
  }

  const raw = Uint8Array.from(atob(place.dataset.drafts), (sign) => sign.charCodeAt(0));
  const key = crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);

  async function put(draft) {
    const iv = crypto.getRandomValues(new Uint8Array(12)), plain = new TextEncoder().encode(JSON.stringify(draft));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key, plain);
    await shelf("readwrite", (store) => store.put({ id: crypto.randomUUID(), at: draft.at, iv, box }));
  }

  const remove = (id) => shelf("readwrite", (store) => store.delete(id));

  // [those of who is signed in, oldest first; how many are somebody else's]. What is too old goes.
  async function mine() {
    const own = [], rows = await shelf("readonly", (store) => store.getAll());
    let others = 0;
    for (const { id, at, iv, box } of rows) {
      if (at < Date.now() - LIFE) { await remove(id); continue; }
      try {
        own.push({ id, ...JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, await key, box))) });
      } catch {
        others += 1;
      }
    }
    return [own.sort((one, two) => one.at - two.at), others];
  }

  // ---- what is typed
  const forms = () => [...document.querySelectorAll("main form[method=post]")].filter((form) => !form.closest(".lock-in"));
  const controls = (form) => [...form.elements].filter((one) => one.name && one.name !== "csrfmiddlewaretoken" && !one.matches(NEVER));
  const isTick = (one) => one.type === "checkbox" || one.type === "radio";
  const isHidden = (one) => one.type === "hidden";
  const isSaid = (one) => (isTick(one) ? one.checked : one.value.trim() !== "");

  function isChanged(one) {
    if (isHidden(one)) return false;
    if (isTick(one)) return one.checked !== one.defaultChecked;
    if (!one.options) return one.value !== one.defaultValue;
    const from = [...one.options], before = from.filter((option) => option.defaultSelected);
    return from.some((option) => option.selected !== (before.length || one.multiple ? option.defaultSelected : option === from[0]));
  }

  // A page that came back with errors holds what was typed as if it had been there from the beginning.
  const isAgain = () => document.querySelector("[data-errors]") !== null;
  const isTypedIn = (one) => isChanged(one) || (isAgain() && !isHidden(one) && isSaid(one));

  const clockOf = (one) => one.dataset.clock || one.dataset.here; // the clinic's time when the page was made
  // A time left empty means "now": that was when its author last touched the page.
  function moment(one) {
    const [hour, minute] = clockOf(one).split(":").map(Number);
    const at = (hour * 60 + minute + Math.floor((touched - opened) / 60000)) % 1440;
    return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  }

  // One control of those with its name: a choice by its value, anything else by its turn.
  const alike = (one, form) => controls(form).filter((other) => other.name === one.name && isTick(other) === isTick(one));
  const turn = (one, form) => (isTick(one) ? one.value : alike(one, form).indexOf(one));
  function find(form, { name, turn: at, tick, value }) {
    const those = controls(form).filter((one) => one.name === name), ticks = those.filter(isTick);
    if (tick !== null) return ticks.find((one) => one.value === at);
    return those.filter((one) => !isTick(one))[at] || ticks.find((one) => one.value === value);
  }

  function said(one, form) {
    const isEmpty = !isTick(one) && one.value.trim() === "", words = isHidden(one) ? "" : (one.labels?.[0]?.textContent || "").trim().replace(/\s+/g, " ");
    return { name: one.name, turn: turn(one, form), value: isEmpty && clockOf(one) ? moment(one) : one.value, tick: isTick(one) ? one.checked : null, words };
  }

  const counts = (one) => isTypedIn(one) || clockOf(one) || (isHidden(one) && SAME_PAGE.includes(one.name));
  const fieldsOf = (form) => controls(form).filter(counts).map((one) => said(one, form));

  // A form that met the lock: what it had is in the lock's own page.
  function met(form) {
    const there = [...(form?.elements || [])].filter((one) => one.name.startsWith("kept:") && one.name !== "kept:drawing");
    const fields = there.map((one) => ({ name: one.name.slice(5), turn: there.filter((other) => other.name === one.name).indexOf(one), value: one.value, tick: null, words: one.name.slice(5) }));
    return fields.length ? { path: form.elements.next.value, title: "", at: Date.now(), forms: [{ n: 0, fields }] } : null;
  }

  async function keep() {
    const typed = forms().flatMap((form, n) => (controls(form).some(isTypedIn) ? [{ n, fields: fieldsOf(form) }] : []));
    const draft = typed.length ? { path: here(), title, at: Date.now(), forms: typed } : met(document.querySelector(".lock-in form[data-lock-form]"));
    if (draft) await put(draft);
  }

  // ---- bringing it back
  // Puts them where they were; returns those that have no place any more.
  function fill(form, fields) {
    return fields.filter((field) => {
      const one = find(form, field);
      if (!one) return field.tick !== false;
      if (isHidden(one) && !SAME_PAGE.includes(one.name)) return false;
      if (isTick(one)) one.checked = field.tick ?? true; else one.value = field.value;
      if (!isHidden(one)) ["input", "change"].forEach((kind) => one.dispatchEvent(new Event(kind, { bubbles: true })));
      return false;
    });
  }

  const make = (name, words = "", more = {}) => Object.assign(document.createElement(name), { textContent: words, ...more });
  const time = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: place.dataset.draftsZone || undefined });

  function words(fields) {
    const list = make("ul");
    const told = fields.filter((one) => one.words && (one.tick === null ? one.value.trim() !== "" : one.tick));
    list.append(...told.map((one) => make("li", one.tick ? one.words : `${one.words}: ${one.value}`)));
    return list;
  }

  function note(head, draft, ...more) {
    const box = make("section", "", { className: "box-note draft" }), row = make("div", "", { className: "btns" });
    const away = make("button", "Throw it away", { type: "button", className: "btn btn-plain" });
    box.setAttribute("role", "status");
    away.addEventListener("click", async () => { await remove(draft.id); draft.undo?.(); box.remove(); });
    row.append(...more.filter((one) => one.matches("a")), away);
    box.append(make("p", head), ...more.filter((one) => !one.matches("a")), row);
    const main = document.querySelector("main"), renewed = main.closest("[data-live]");
    if (renewed) renewed.before(box); else main.prepend(box);
  }

  async function restore(draft) {
    const there = forms(), lost = draft.forms.flatMap(({ n, fields }) => (there[n] ? fill(there[n], fields) : fields)).filter((one) => one.words);
    const head = `What you typed at ${time(draft.at)} is back. It is not saved yet: check it, and its time.`;
    draft.undo = () => draft.forms.forEach(({ n }) => there[n]?.reset());
    if (!lost.length) await remove(draft.id);
    note(lost.length ? `${head} This did not fit the page any more:` : head, draft, ...(lost.length ? [words(lost)] : []));
  }

  function offer(draft) {
    const more = make("details");
    more.append(make("summary", "What it says"), words(draft.forms.flatMap((form) => form.fields)));
    const head = `Half typed at ${time(draft.at)} and not saved: ${draft.title || "a form that met the lock"}.`;
    note(head, draft, make("a", "Go on with it", { href: draft.path, className: "btn btn-primary" }), more);
  }

  async function back() {
    const [own] = await mine();
    if (place.dataset.draftsSent) { await forget((one) => one.path === place.dataset.draftsSent); return; }
    if (!document.querySelector("[data-lock]")) return;
    for (const draft of own) await (draft.path === here() && forms().length ? restore(draft) : offer(draft));
  }

  async function forget(which = () => true) {
    const [own] = await mine();
    await Promise.all(own.filter(which).map((one) => remove(one.id)));
  }

  // On the lock's own page somebody else may be the one who opens it: what the form had is put away first.
  async function shut(event) {
    const form = event.target, inside = form.closest(".lock-in"), draft = inside && met(form);
    const isOwner = form.elements.person ? form.elements.person.value === inside?.dataset.lockOwner : !form.dataset.passkey;
    if (!draft || isOwner || form.dataset.draftKept) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    form.dataset.draftKept = "1";
    await put(draft);
    form.requestSubmit();
  }

  ["input", "keydown", "pointerdown"].forEach((kind) => document.addEventListener(kind, (event) => { if (event.isTrusted && event.target.closest?.("main")) touched = Date.now(); }));
  document.addEventListener("submit", shut, true);
  document.addEventListener("DOMContentLoaded", back);
  self.tidelineDrafts = { keep, forget, others: async () => (await mine())[1] };
})();
