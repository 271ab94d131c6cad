// The vitals keypad: number keys only, the cursor moves on by itself, what is unlikely is asked back in place.
// Without this script the page is a plain form with the same questions, asked by the server.
(() => {
  const form = document.querySelector("[data-keypad]");
  if (!form) return;
  const keys = form.querySelector("[data-keys]"), save = form.querySelector("[data-save]"), left = form.querySelector("[data-left]");
  const boxes = () => [...form.querySelectorAll("[data-box]")].filter((box) => box.checkVisibility());
  const pair = (text) => text.split(" ").map(Number);
  const isDecimal = (box) => box.dataset.box === "temperature";
  let current = null;

  const make = (name, attributes = {}, words = "") => {
    const element = Object.assign(document.createElement(name), attributes);
    element.textContent = words;
    return element;
  };

  function clean(box) {
    const kept = box.value.replace(",", ".").replace(isDecimal(box) ? /[^\d.]/g : /\D/g, "");
    if (kept !== box.value) box.value = kept;
  }

  function isFull(box) {
    if (box.value === "") return false;
    if (isDecimal(box)) return /\.\d/.test(box.value);
    return box.value[0] === "0" || Number(`${box.value}0`) > pair(box.dataset.hard)[1];
  }

  const isConfirmed = (box) => [...form.querySelectorAll("input[name=confirmed]")].some((one) => one.value === `${box.dataset.box}:${box.value}`);

  function doubt(box) {
    if (box.value === "") return "";
    const value = Number(box.value), [low, high] = pair(box.dataset.hard), [softLow, softHigh] = pair(box.dataset.soft);
    if (value < low || value > high) return "hard";
    return (value < softLow || value > softHigh) && !isConfirmed(box) ? "soft" : "";
  }

  function alarmWords(box) {
    const value = Number(box.value), { alarmLow, alarmHigh } = box.dataset;
    if (alarmLow !== "" && value < Number(alarmLow)) return `below this patient's alarm limit of ${alarmLow}`;
    if (alarmHigh !== "" && value >= Number(alarmHigh)) return `at or above this patient's alarm limit of ${alarmHigh}`;
    return "";
  }

  function unask(box) {
    form.querySelectorAll(`[data-asked="${box.dataset.box}"]`).forEach((one) => one.remove());
    box.classList.remove("ask");
    box.removeAttribute("aria-describedby");
  }

  function ask(box, kind) {
    unask(box);
    const said = `${box.dataset.word} ${box.value} ${box.dataset.unit}`.trim(), alarm = alarmWords(box);
    const place = make("div", { className: "ask-box", id: `ask-${box.dataset.box}` });
    place.dataset.asked = box.dataset.box;
    place.setAttribute("role", "alert");
    const [low, high] = box.dataset.hard.split(" ");
    place.append(make("p", { className: "q num" }, kind === "hard" ? `${said} cannot be: it must be between ${low} and ${high}.` : `${said}, is that right?`));
    const before = box.dataset.last ? `Last time it was ${box.dataset.last}. ` : "";
    if (kind === "soft") place.append(make("p", { className: "sm" }, before + (alarm ? `${box.value} is ${alarm}: if it is right, it is saved now and every screen in the clinic shows it at once.` : "")));
    const buttons = make("div", { className: "btns" });
    if (kind === "soft") {
      const right = make("button", { type: "button", className: "btn btn-ink" }, `${box.value} is right`);
      right.addEventListener("click", () => confirmed(box, alarm));
      buttons.append(right);
    }
    const again = make("button", { type: "button", className: "btn btn-plain" }, "Type it again");
    again.addEventListener("click", () => retype(box));
    buttons.append(again);
    place.append(buttons);
    box.closest(".vf").append(place);
    box.classList.add("ask");
    box.setAttribute("aria-describedby", place.id);
    again.focus();
  }

  function retype(box) {
    unask(box);
    box.value = "";
    box.focus();
    tell();
  }

  function confirmed(box, alarm) {
    form.append(make("input", { type: "hidden", name: "confirmed", value: `${box.dataset.box}:${box.value}` }));
    unask(box);
    if (alarm) form.requestSubmit();
    else next(box);
  }

  function next(box) {
    const kind = doubt(box);
    if (kind) return ask(box, kind);
    const all = boxes(), after = all[all.indexOf(box) + 1];
    (after || form.querySelector(".pick input") || save).focus();
    if (!after) current = null;
  }

  function typed(box) {
    clean(box);
    unask(box);
    if (isFull(box)) next(box);
    tell();
  }

  function press(key) {
    const box = current && current.isConnected ? current : boxes().find((one) => one.value === "") || boxes()[0];
    if (key === "next") return next(box);
    if (key === "none") return notMeasured(box);
    if (key === "back") {
      const all = boxes(), before = all[all.indexOf(box) - 1];
      const target = box.value === "" && before ? before : box;
      target.value = target.value.slice(0, -1);
      target.focus();
      unask(target);
      return tell();
    }
    box.focus();
    box.value += key;
    typed(box);
  }

  function notMeasured(box) {
    const place = form.querySelector(`details[data-missing="${box.dataset.box}"]`);
    place.open = true;
    const choice = place.querySelector("select");
    choice.focus();
    choice.addEventListener("change", () => next(box), { once: true });
  }

  // Only what this phase asks for: the other measures, under More, are nobody's duty.
  function tell() {
    const asked = (one) => !one.closest(".more-pick"), empty = boxes().filter((box) => asked(box) && box.value === "" && !form.querySelector(`[name="missing_${box.dataset.box}"]`)?.value);
    const picks = [...form.querySelectorAll("fieldset.pick")].filter((one) => asked(one) && !one.querySelector("input:checked"));
    const words = [...empty.map((box) => box.dataset.word), ...picks.map((one) => one.querySelector("legend span").textContent)];
    left.textContent = words.length ? `Still empty: ${words.join(", ")}. A part can be saved; nothing is filled in for you.` : "The set is complete.";
  }

  // ---- the time observed: empty is now; a minute earlier or later by a button, or typed
  const observed = form.querySelector("[data-observed]"), when = form.querySelector("[data-when]");
  const opened = Date.now(), [hour, minute] = observed.dataset.here.split(":").map(Number);
  const nowMinutes = () => (hour * 60 + minute + Math.floor((Date.now() - opened) / 60000)) % 1440;
  const clock = (minutes) => `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

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
  form.addEventListener("input", (event) => { if (event.target.matches("[data-box]")) typed(event.target); else tell(); });
  form.addEventListener("focusin", (event) => {
    form.querySelectorAll(".cur").forEach((box) => box.classList.remove("cur"));
    if (event.target.matches("[data-box]")) { current = event.target; current.classList.add("cur"); }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[data-box]")) { event.preventDefault(); next(event.target); }
  });
  form.addEventListener("click", (event) => {
    const again = event.target.closest("[data-again]");
    if (again) { event.preventDefault(); retype(document.getElementById(again.dataset.again)); }
    const step = event.target.closest("[data-minutes]");
    if (step) shift(Number(step.dataset.minutes));
  });
  keys.addEventListener("pointerdown", (event) => event.preventDefault());
  keys.addEventListener("click", (event) => { const key = event.target.closest("[data-key]"); if (key) press(key.dataset.key); });
  observed.addEventListener("input", sayWhen);
  form.addEventListener("submit", () => { save.textContent = "Saving\u2026"; form.setAttribute("aria-busy", "true"); });
  addEventListener("pageshow", () => { form.removeAttribute("aria-busy"); });
  boxes().forEach((box) => { box.inputMode = "none"; });
  setInterval(sayWhen, 10000);
  sayWhen();
  tell();
  const asked = form.querySelector("[data-asked] [data-again]");
  if (asked) asked.focus();
  else if (!form.querySelector("[data-errors]")) (boxes().find((box) => box.value === "") || boxes()[0]).focus();
})();
