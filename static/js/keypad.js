// The vitals keypad: number keys only, the cursor moves on by itself, what is unlikely is asked back in place.
// Without this script the page is a plain form with the same questions, asked by the server.
(() => {
  const form = document.querySelector("[data-keypad]");
  if (!form) return;
  const keys = form.querySelector("[data-keys]"), left = form.querySelector("[data-left]");
  const save = form.querySelector("[data-save]"), saveWords = save.textContent;
  const boxes = () => [...form.querySelectorAll("[data-box]")].filter((box) => box.checkVisibility());
  const pair = (text) => text.split(" ").map(Number);
  const isDecimal = (box) => box.dataset.box === "temperature";
  const picks = () => [...form.querySelectorAll("fieldset.pick")].filter((one) => !one.closest(".more-pick"));
  const picksOf = () => picks().filter((one) => one.checkVisibility());
  // `current` is where the next digit goes; `isFresh`: its first digit replaces what stands there; `jumped`: how the
  // cursor got there by itself, so that a digit too many is not taken for the next measure.
  // `guarded`: a scale the cursor came to by itself; a digit too many of the box before must not choose on it.
  let current = null, isFresh = false, jumped = null, guarded = null;

  const make = (name, attributes = {}, words = "") => {
    const element = Object.assign(document.createElement(name), attributes);
    element.textContent = words;
    return element;
  };

  // 372 in the temperature's box is 37.2: the keypad has no point.
  function clean(box) {
    let kept = box.value.replace(",", ".").replace(isDecimal(box) ? /[^\d.]/g : /\D/g, "");
    if (isDecimal(box) && /^\d{3}$/.test(kept)) kept = `${kept.slice(0, 2)}.${kept[2]}`;
    if (kept !== box.value) box.value = kept;
  }

  function isFull(box) {
    if (box.value === "") return false;
    if (isDecimal(box)) return /\.\d/.test(box.value);
    return box.value[0] === "0" || Number(`${box.value}0`) > pair(box.dataset.hard)[1];
  }

  function isConfirmed(box) {
    const said = `${box.dataset.box}:${box.value}`;
    return [...form.querySelectorAll("input[name=confirmed]")].some((one) => one.value === said);
  }

  function doubt(box) {
    if (box.value === "") return "";
    const value = Number(box.value);
    const [low, high] = pair(box.dataset.hard), [softLow, softHigh] = pair(box.dataset.soft);
    if (value < low || value > high) return "hard";
    return (value < softLow || value > softHigh) && !isConfirmed(box) ? "soft" : "";
  }

  function alarmWords(box) {
    const value = Number(box.value), { alarmLow, alarmHigh, alarmAt } = box.dataset;
    if (box.value === "") return "";
    const isLow = value < Number(alarmLow) || (alarmAt === "both" && value === Number(alarmLow));
    if (alarmLow !== "" && isLow) return `below this patient's alarm limit of ${alarmLow}`;
    if (alarmHigh === "" || value < Number(alarmHigh)) return "";
    if (alarmAt) return `at or above this patient's alarm limit of ${alarmHigh}`;
    return value > Number(alarmHigh) ? `above this patient's alarm limit of ${alarmHigh}` : "";
  }

  function unask(box) {
    form.querySelectorAll(`[data-asked="${box.dataset.box}"]`).forEach((one) => one.remove());
    box.classList.remove("ask");
    box.removeAttribute("aria-describedby");
  }

  function place(box, heading, words, buttons) {
    unask(box);
    const asked = make("div", { className: "ask-box", id: `ask-${box.dataset.box}` });
    asked.dataset.asked = box.dataset.box;
    asked.setAttribute("role", "alert");
    asked.append(make("p", { className: "q num" }, heading));
    if (words) asked.append(make("p", { className: "sm" }, words));
    const row = make("div", { className: "btns" });
    buttons.forEach(([label, act, look]) => {
      const button = make("button", { type: "button", className: `btn btn-${look}` }, label);
      button.addEventListener("click", act);
      row.append(button);
    });
    asked.append(row);
    box.closest(".vf").append(asked);
    box.classList.add("ask");
    box.setAttribute("aria-describedby", asked.id);
    row.lastChild.focus();
  }

  const read = (box, value) => `${box.dataset.word} ${value} ${box.dataset.unit}`.trim();
  const span = (box) => pair(box.dataset.hard).join(" and ");
  const cannot = (box, value) => `${read(box, value)} cannot be: it must be between ${span(box)}.`;

  function ask(box, kind) {
    const again = ["Type it again", () => retype(box), "plain"];
    if (kind === "hard") return place(box, cannot(box, box.value), "", [again]);
    const alarm = alarmWords(box), before = box.dataset.last ? `Last time it was ${box.dataset.last}. ` : "";
    const shown = "if it is right, it is saved now and every screen in the clinic shows it at once.";
    const words = before + (alarm ? `${box.value} is ${alarm}: ${shown}` : "");
    const right = [`${box.value} is right`, () => confirmed(box, alarm), "ink"];
    place(box, `${read(box, box.value)}, is that right?`, words, [right, again]);
  }

  // "400" for a heart rate: 40 was full and the cursor went on, now comes a 0. No measure begins with a 0 but one that
  // is 0, so nobody guesses: a digit too many, or a 0 in the next box?
  function askOverflow(box, after) {
    after.value = "";
    const both = `${box.dataset.word} ${box.value}, ${after.dataset.word.toLowerCase()} 0`;
    place(box, cannot(box, `${box.value}0`), "", [
      [both, () => { unask(box); after.value = "0"; next(after); tell(); }, "plain"],
      ["Type it again", () => retype(box), "plain"],
    ]);
  }

  function retype(box) {
    unask(box);
    box.value = "";
    note(box);
    box.focus();
    tell();
  }

  // What is right although unlikely; one that alarms is saved now, the rest of the set afterwards.
  function confirmed(box, alarm) {
    form.append(make("input", { type: "hidden", name: "confirmed", value: `${box.dataset.box}:${box.value}` }));
    unask(box);
    if (alarm) sendPart();
    else next(box);
  }

  function sendPart() {
    form.querySelector("[name=rest]").value = "yes";
    form.requestSubmit();
  }

  // A likely value beyond an alarm limit: said beside the box, without stopping the hand; one tap shows it to all now.
  function note(box) {
    const row = box.closest(".vf"), words = doubt(box) ? "" : alarmWords(box);
    const old = row.querySelector(`[data-beyond="${box.dataset.box}"]`);
    if (old && old.dataset.value === box.value && words) return;
    old?.remove();
    if (!words) return;
    const said = make("p", { className: "beyond sm" }, `${box.dataset.word} ${box.value} is ${words}. `);
    Object.assign(said.dataset, { beyond: box.dataset.box, value: box.value });
    said.setAttribute("role", "status");
    const now = make("button", { type: "button", className: "btn btn-plain" }, "Save and show it now");
    now.addEventListener("click", sendPart);
    said.append(now);
    row.append(said);
  }

  function next(box) {
    const kind = doubt(box);
    if (kind) return ask(box, kind);
    const all = boxes(), after = all[all.indexOf(box) + 1];
    if (after) return after.focus();
    const pick = picksOf().find((one) => !one.querySelector("input:checked"));
    (pick?.querySelector("input") || save).focus();
  }

  function typed(box) {
    clean(box);
    unask(box);
    isFresh = false;
    const from = jumped?.to === box ? jumped.from : null;
    jumped = null;
    if (from && box.value === "0" && !isDecimal(from)) askOverflow(from, box);
    else if (isFull(box)) {
      next(box);
      if (current && current !== box) jumped = { from: box, to: current };
      guarded = document.activeElement.closest("fieldset.pick");
    }
    note(box);
    tell();
  }

  function press(key) {
    const pick = document.activeElement?.closest?.("fieldset.pick");
    const open = form.querySelector("[data-asked] .btns");
    if (open && /\d|next/.test(key)) return open.lastElementChild.focus();
    if (pick && /\d/.test(key)) return choose(pick, key);
    if (pick && key === "next") return onward(pick);
    const box = current?.isConnected ? current : boxes().find((one) => one.value === "");
    if (!box) { left.textContent = "Every box is full. Tap the one to change."; return; }
    if (key === "next") return next(box);
    if (key === "none") return notMeasured(box);
    if (key === "back") return rub(box);
    if (box !== document.activeElement) box.focus();
    box.value = isFresh ? key : box.value + key;
    typed(box);
  }

  function rub(box) {
    const all = boxes(), before = all[all.indexOf(box) - 1];
    const target = box.value === "" && before ? before : box;
    target.focus();
    target.value = target.value.slice(0, -1);
    isFresh = false;
    jumped = null;
    unask(target);
    note(target);
    tell();
  }

  // Digits on a scale choose; a 1 waits, since it may become 10. On the scale of sedation a figure needs its sign.
  function choose(pick, key) {
    if (guarded === pick && /\d/.test(key)) {
      left.textContent = "Press Next or Enter first, then the figure of the scale.";
      return;
    }
    guarded = null;
    const said = pick.dataset.typed || "", isSigned = Boolean(pick.querySelector('input[value="-1"]'));
    const sign = /[+-]/.test(said) ? said : "";
    pick.dataset.typed = key;
    if (/[+-]/.test(key) || (isSigned && key !== "0" && !sign)) return;
    const isTen = key === "0" && said === "1";
    const value = isSigned ? String(Number(`${sign}${key}`)) : isTen ? "10" : key;
    const input = pick.querySelector(`input[value="${value}"]`);
    if (!input) return;
    input.checked = true;
    input.focus();
    if (isSigned || value !== "1") afterPick(pick);
    tell();
  }

  // Next, or Enter: onto the scale the cursor came to by itself, else to the one after.
  function onward(pick) {
    if (guarded === pick) { guarded = null; tell(); } else afterPick(pick);
  }

  function afterPick(pick) {
    const all = picksOf(), after = all[all.indexOf(pick) + 1];
    if (after) delete after.dataset.typed;
    (after?.querySelector("input") || save).focus();
  }

  function notMeasured(box) {
    const reason = form.querySelector(`details[data-missing="${box.dataset.box}"]`);
    reason.open = true;
    const choice = reason.querySelector("select");
    choice.focus();
    choice.addEventListener("change", () => next(alsoBelow(box, choice)), { once: true });
  }

  // A cuff that would not read has neither of the two: one reason does for both.
  function alsoBelow(box, choice) {
    const below = box.dataset.box === "systolic" ? form.querySelector("[data-box=diastolic]") : null;
    if (!below || below.value !== "" || box.value !== "") return box;
    form.querySelector("[name=missing_diastolic]").value = choice.value;
    tell();
    return below;
  }

  // Only what this phase asks for: the other measures, under More, are nobody's duty.
  function tell() {
    const covered = form.querySelector("[name=seen]:checked") ? (form.dataset.asleepCovers || "").split(" ") : [];
    const isExcused = (box) => form.querySelector(`[name="missing_${box.dataset.box}"]`)?.value;
    const isSaid = (one) => one.querySelector("input:checked") || one.querySelector("select")?.value;
    const empty = boxes().filter((box) => !box.closest(".more-pick") && box.value === "" && !isExcused(box));
    const open = picks().filter((one) => !isSaid(one) && !covered.includes(one.id.slice(3)));
    const nameOf = (one) => one.querySelector("legend span").textContent;
    const words = [...empty.map((box) => box.dataset.word), ...open.map(nameOf)].join(", ");
    const still = `Still empty: ${words}. A part can be saved; nothing is filled in for you.`;
    left.textContent = words ? still : "The set is complete.";
  }

  // ---- the time observed: empty is now; a minute earlier or later by a button, or typed
  const observed = form.querySelector("[data-observed]"), when = form.querySelector("[data-when]");
  const opened = Date.now(), [hour, minute] = observed.dataset.here.split(":").map(Number);
  const nowMinutes = () => (hour * 60 + minute + Math.floor((Date.now() - opened) / 60000)) % 1440;
  const two = (figure) => String(figure).padStart(2, "0");
  const clock = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

  function shift(by) {
    const digits = observed.value.replace(/\D/g, "");
    const from = digits.length >= 3 ? Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2)) : nowMinutes();
    const to = (from + by + 1440) % 1440, behind = (nowMinutes() - to + 1440) % 1440;
    observed.value = behind === 0 || behind > 720 ? "" : clock(to);
    sayWhen();
  }

  function sayWhen() {
    const digits = observed.value.replace(/\D/g, "");
    observed.placeholder = clock(nowMinutes());
    if (digits.length < 3) { when.textContent = "now"; return; }
    const behind = (nowMinutes() - (Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2))) + 1440) % 1440;
    when.textContent = behind > 720 ? "in the future" : `${behind} min ago${behind > 5 ? ", a late entry" : ""}`;
  }

  form.classList.add("has-keys");
  keys.hidden = false;
  form.addEventListener("input", (event) => (event.target.matches("[data-box]") ? typed(event.target) : tell()));
  form.addEventListener("focusin", (event) => {
    form.querySelectorAll(".cur").forEach((box) => box.classList.remove("cur"));
    if (jumped && jumped.to !== event.target) jumped = null;
    if (keys.contains(event.target)) return;
    current = event.target.matches("[data-box]") ? event.target : null;
    isFresh = Boolean(current?.value);
    current?.classList.add("cur");
  });
  form.addEventListener("keydown", keyed);

  // 120/80 72 98 as it is said: what parts the figures moves on, like Enter, and does nothing in an empty box.
  function keyed(event) {
    const box = event.target, { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pick = box.closest("fieldset.pick");
    if (key === " " && pick && guarded === pick) return event.preventDefault();
    if (box.matches("fieldset.pick input[type=radio]") && /^([\d+-]|Enter)$/.test(key)) {
      event.preventDefault();
      return key === "Enter" ? onward(pick) : choose(pick, key);
    }
    if (!box.matches("[data-box]")) return;
    const parts = isDecimal(box) ? ["Enter", "/", " "] : ["Enter", "/", " ", ",", ".", "-"];
    if (parts.includes(key)) {
      event.preventDefault();
      if (key === "Enter" || box.value !== "") next(box);
    } else if (/^\d$/.test(key) && (isFresh || box.selectionStart === box.value.length)) {
      event.preventDefault();
      press(key);
    } else if (key === "Backspace") isFresh = false;
  }

  form.addEventListener("click", (event) => {
    if (event.target.closest("fieldset.pick")) guarded = null;
    const again = event.target.closest("[data-again]");
    if (again) { event.preventDefault(); retype(document.getElementById(again.dataset.again)); }
    const step = event.target.closest("[data-minutes]");
    if (step) shift(Number(step.dataset.minutes));
  });
  keys.addEventListener("pointerdown", (event) => event.preventDefault());
  keys.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (key) press(key.dataset.key);
  });
  observed.addEventListener("input", sayWhen);
  form.addEventListener("change", (event) => {
    const reason = event.target.closest("details[data-missing=systolic]");
    if (reason && event.target.matches("select")) alsoBelow(form.querySelector("[data-box=systolic]"), event.target);
  });
  form.addEventListener("submit", () => { save.textContent = "Saving\u2026"; form.setAttribute("aria-busy", "true"); });
  addEventListener("pageshow", () => { save.textContent = saveWords; form.removeAttribute("aria-busy"); });
  boxes().forEach((box) => { box.inputMode = "none"; });
  setInterval(sayWhen, 10000);
  sayWhen();
  tell();
  const asked = form.querySelector("[data-asked] [data-again]");
  if (asked) asked.focus();
  else if (!form.querySelector("[data-errors]")) (boxes().find((box) => box.value === "") || boxes()[0]).focus();
})();
