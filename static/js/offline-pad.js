// The page a tablet shows without network: what waits, and forms for what may be written now. It is the same page for
// every address of a session; which session and which form stands in the address. It holds no names.
(() => {
  const store = self.tidelineStore, root = document.querySelector("[data-pad]");
  if (!root || !store) return;
  const ADDRESS = /^\/sessions\/([0-9a-f-]{36})\/(?:([a-z-]+)\/)?/;
  const one = (name) => root.querySelector(`[data-pad-${name}]`);
  let fact = null, facts = [], waiting = [], isDirty = false, jumped = null;

  const here = () => {
    const [, session = "", door = ""] = ADDRESS.exec(location.pathname) || [];
    return { session, door };
  };
  const view = (name) => {
    root.querySelectorAll("[data-pad-view]").forEach((part) => { part.hidden = part.dataset.padView !== name; });
  };
  const make = (name, attributes) => Object.assign(document.createElement(name), attributes);
  const formOf = (door) => root.querySelector(`[data-pad-form="${door}"]`);

  function go(door, session = here().session) {
    isDirty = false;
    history.pushState(null, "", `/sessions/${session}/${door ? `${door}/` : ""}`);
    return show();
  }

  function tabs() {
    const list = make("ul", { className: "switch" });
    facts.filter((other) => other.open).slice(0, 3).forEach((other) => {
      const line = make("li"), link = make("a", { className: `s${other.strip}`, href: `/sessions/${other.id}/` });
      link.dataset.padTab = other.id;
      if (other.id === fact?.id) { line.className = "on"; link.setAttribute("aria-current", "page"); }
      const many = waiting.filter((item) => item.session === other.id).length;
      link.append(
        make("span", { className: "l1", textContent: `${other.chair} \u00b7 ${other.initials}` }),
        make("span", { className: "l2 muted num", textContent: many ? `${many} waiting` : other.phase }),
      );
      line.append(link);
      list.append(line);
    });
    one("tabs").replaceChildren(list);
  }

  function due() {
    if (!fact.every) return "";
    const kept = waiting.filter((item) => item.session === fact.id && item.door === "vitals");
    const sets = kept.map((item) => new Date(item.tablet_at));
    const last = Math.max(...sets, new Date(fact.last || fact.as_of).getTime());
    const next = last + fact.every * 60000, late = Math.floor((Date.now() - next) / 60000);
    const when = late > 0 ? `${late} min overdue` : `next at ${store.oneTime(next, fact.zone)}`;
    return `Vitals every ${fact.every} min: ${when}.`;
  }

  function home() {
    const drugs = (fact.drugs || []).filter((drug) => drug.rate).map((drug) => `${drug.drug} ${drug.rate} mL/h`);
    const stood = store.oneTime(fact.as_of, fact.zone);
    one("state").textContent = `As it stood at ${stood}: ${[fact.phase, ...drugs].join(", ")}.`;
    one("due").textContent = due();
    const mine = waiting.filter((item) => item.session === fact.id).map((item) => {
      const line = make("li"), words = [store.oneTime(item.tablet_at, fact.zone), "", store.words(item)];
      line.append(...[...words, "Waiting on this tablet"].map((said) => make("span", { textContent: said })));
      return line;
    });
    if (!mine.length) mine.push(make("li", { textContent: "Nothing waits for this session." }));
    one("waiting").replaceChildren(...mine);
  }

  function choice(look, box, words) {
    const line = make("div", { className: look }), input = make("input", { ...box, className: "form-check-input" });
    line.append(input, make("label", { htmlFor: box.id, className: "form-check-label", textContent: words }));
    return line;
  }

  function fillDrugs(form) {
    const place = form.querySelector("[data-pad-drugs]");
    if (!place) return;
    const running = (fact.drugs || []).filter((drug) => drug.phase === "running" || drug.phase === "paused");
    place.querySelectorAll(".form-check").forEach((old) => old.remove());
    place.hidden = (fact.drugs || []).length < 2;
    if (place.hidden) return;
    running.forEach((drug, n) => {
      const words = drug.rate ? `${drug.drug}, ${drug.rate} mL/h` : drug.drug;
      const box = { type: "radio", name: "dose_order", value: drug.id, id: `${form.dataset.padForm}-drug-${n}` };
      place.append(choice("form-check", box, words));
    });
  }

  function begin(door) {
    const form = formOf(door);
    form.reset();
    form.querySelector("[data-pad-errors]").hidden = true;
    form.querySelector("[data-pad-asked]")?.replaceChildren();
    form.elements.entry_id.value = crypto.randomUUID();
    fillDrugs(form);
    form.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  }

  async function show(said = "") {
    const { session, door } = here();
    facts = (await store.allFacts()).sort((a, b) => a.strip - b.strip);
    fact = facts.find((other) => other.id === session) || null;
    waiting = await store.list();
    tabs();
    const may = Boolean(fact && fact.started && fact.ticket);
    one("banner").hidden = !fact;
    one("bar").hidden = one("more").hidden = !may;
    one("said").hidden = !said;
    one("said").textContent = said;
    if (fact) {
      one("banner").className = `idb no-photo s${fact.strip}`;
      one("chair").textContent = fact.chair;
      one("name").textContent = `Patient ${fact.initials}`;
      document.title = `Chair ${fact.chair} - Without network - Tideline`;
      if (fact.theme) document.documentElement.dataset.bsTheme = fact.theme;
    }
    if (!may) return view("unknown");
    const part = door === "events" ? "" : door; // every event is one tap from the first view
    if (part && part !== "emergency" && !formOf(part)) return view("needs");
    view(part || "home");
    home();
    if (formOf(door)) begin(door);
  }

  // ---- what cannot be is refused here too, what is unlikely is asked back
  const pair = (text) => text.split(" ").map(Number);

  function doubts(form) {
    const hard = [], soft = [];
    const typed = [...form.querySelectorAll("[data-measure]")].filter((box) => box.value.trim() !== "");
    typed.forEach((box) => {
      const value = Number(box.value.replace(",", ".")), said = `${box.dataset.label} ${box.value}`;
      const [low, high] = pair(box.dataset.hard), [softLow, softHigh] = pair(box.dataset.soft);
      const isPossible = Number.isFinite(value) && value >= low && value <= high;
      if (!isPossible) hard.push(`${said} cannot be: it must be between ${low} and ${high}.`);
      else if (value < softLow || value > softHigh) {
        soft.push([box.dataset.measure, box.value, `${said}: that is right`]);
      }
    });
    const number = (name) => (form.elements[name]?.value.trim() === "" ? null : Number(form.elements[name].value));
    const systolic = number("systolic"), diastolic = number("diastolic"), spo2 = number("spo2");
    if (systolic !== null && diastolic !== null && systolic <= diastolic) hard.push("Diastolic is not below systolic.");
    if (spo2 !== null && spo2 === number("heart_rate")) {
      const same = form.elements.spo2.value;
      soft.push(["spo2", same, `SpO\u2082 and heart rate are both ${same}: that is right`]);
    }
    if (!typed.length && !SAID_OTHERWISE.some((name) => isGiven(form, name))) {
      hard.push("Type at least one value, or say why it was not measured.");
    }
    return { hard, soft };
  }

  const SAID_OTHERWISE = ["missing_", "seen", "sedation", "pain", "dissociation", "comfort"];
  function isGiven(form, name) {
    const boxes = [...form.querySelectorAll(`[name^="${name}"]`)];
    return boxes.some((box) => (box.type === "checkbox" ? box.checked : box.value));
  }

  function missing(form) {
    const drugs = form.querySelector("[data-pad-drugs]"), names = form.dataset.needed.split(" ").filter(Boolean);
    if (drugs && !drugs.hidden) names.push("dose_order");
    const isSaid = (name) => new FormData(form).getAll(name).some((typed) => String(typed).trim());
    return names.filter((name) => !isSaid(name)).map((name) => {
      const box = form.querySelector(`[name="${name}"]`), group = box.closest("fieldset")?.querySelector("legend");
      const named = group || form.querySelector(`label[for="${box.id}"]`) || box;
      return `${named.textContent.trim()}: this is missing.`;
    });
  }

  // ---- the cursor of the vitals goes on by itself, as on the keypad
  const measuresOf = (form) => [...form.querySelectorAll("[data-measure]")].filter((box) => box.checkVisibility());
  const isDecimal = (box) => box.dataset.measure === "temperature";

  function isFull(box) {
    if (isDecimal(box)) return /[.,]\d/.test(box.value);
    return box.value !== "" && (box.value[0] === "0" || Number(`${box.value}0`) > pair(box.dataset.hard)[1]);
  }

  function onward(box) {
    const all = measuresOf(box.form), after = all[all.indexOf(box) + 1] || box.form.elements.sedation;
    jumped = { from: box, to: after };
    after.focus();
  }

  // 400 for a heart rate: 40 was full, the 0 would stand in the next box. No measure begins with it: asked instead.
  function typed(box) {
    const from = jumped?.to === box ? jumped.from : null;
    jumped = null;
    if (from && box.value === "0" && !isDecimal(from)) {
      box.value = "";
      const cannot = `${from.dataset.label} ${from.value}0 cannot be.`;
      refuse(box.form, [`${cannot} Type it again, or go on with ${box.dataset.label}.`]);
      from.focus();
      from.select();
    } else if (isFull(box)) onward(box);
  }

  // 120/80 72 98 as it is said: what parts the figures moves on.
  function parted(event) {
    const box = event.target, parts = isDecimal(box) ? ["Enter", "/", " "] : ["Enter", "/", " ", ",", ".", "-"];
    if (!parts.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.key === "Enter" || (box.value !== "" && jumped?.to !== box)) onward(box);
  }

  function refuse(form, words) {
    const place = form.querySelector("[data-pad-errors]"), list = make("ul");
    list.append(...words.map((said) => make("li", { textContent: said })));
    place.replaceChildren(list);
    place.hidden = false;
    place.focus();
  }

  function ask(form, soft) {
    const place = form.querySelector("[data-pad-asked]");
    const said = [...place.querySelectorAll("input:checked")].map((box) => box.value);
    if (soft.every(([name, value]) => said.includes(`${name}:${value}`))) return true;
    const boxes = soft.map(([name, value, words], n) => {
      const box = { type: "checkbox", name: "confirmed", value: `${name}:${value}`, id: `pad-yes-${n}` };
      return choice("ask-box form-check", box, words);
    });
    place.replaceChildren(...boxes);
    place.querySelector("input").focus();
    return false;
  }

  async function keep(door, fields) {
    if (!store.mayKeep(fact, door, fields)) {
      const words = door === "rate" ? "Without network a rate may only be lowered." : "This cannot be kept now.";
      return formOf(door) ? refuse(formOf(door), [words]) : show(words);
    }
    const item = store.item(fact, door, fields);
    await store.put(item);
    isDirty = false;
    document.dispatchEvent(new CustomEvent("tideline:kept"));
    if (door === "emergency") return emergency(item);
    history.pushState(null, "", `/sessions/${fact.id}/`);
    await show(`Kept on this tablet ${store.oneTime(item.tablet_at, fact.zone)}: ${store.words(item)}. Not sent yet.`);
    return document.getElementById("main").focus();
  }

  async function emergency(item) {
    history.pushState(null, "", `/sessions/${fact.id}/emergency/`);
    await show(`${store.oneTime(item.tablet_at, fact.zone)} ${store.words(item)}.`);
  }

  function step(code) {
    return keep("emergency", [["entry_id", crypto.randomUUID()], ["step", code], ["observed", ""], ["text", ""]]);
  }

  function submit(form) {
    const door = form.dataset.padForm;
    const { hard, soft } = door === "vitals" ? doubts(form) : { hard: missing(form), soft: [] };
    if (hard.length) return refuse(form, hard);
    if (soft.length && !ask(form, soft)) return null;
    return keep(door, [...new FormData(form)].map(([name, typed]) => [name, String(typed)]));
  }

  root.addEventListener("submit", (event) => {
    if (!event.target.dataset.padForm) return;
    event.preventDefault();
    submit(event.target);
  });
  root.addEventListener("input", (event) => {
    isDirty = true;
    if (event.target.matches("[data-measure]")) typed(event.target);
  });
  root.addEventListener("keydown", (event) => { if (event.target.matches("[data-measure]")) parted(event); });
  root.addEventListener("click", (event) => {
    const at = (mark) => event.target.closest(`[data-${mark}]`);
    const link = at("pad-link"), tab = at("pad-tab"), code = at("step");
    if (tab) { event.preventDefault(); go("", tab.dataset.padTab); }
    if (link) {
      event.preventDefault();
      if ("padCalled" in link.dataset) step("called");
      else go(link.dataset.padLink);
    }
    if (code) step(code.dataset.step);
  });
  addEventListener("popstate", () => show());
  document.addEventListener("tideline:waiting", (event) => { waiting = event.detail; tabs(); if (fact) home(); });
  // The network is back and nothing is half typed: the run sheet itself.
  document.addEventListener("tideline:network", async (event) => {
    if (here().session && event.detail.state === "" && !isDirty && !(await store.count())) location.reload();
  });
  root.querySelectorAll("[data-pad-link]").forEach((link) => { link.href = "#main"; });
  show();
})();
