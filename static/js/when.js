// The time of a deed: empty is now. Buttons move it by minutes; words say how long ago, and when it is a late entry.
// Works on any input with data-clock="14:05" (the clinic's time when the page was made). Without it the time is typed.
(() => {
  const opened = Date.now(), LATE = 5;
  const minutes = (digits) => Number(digits.slice(0, -2)) * 60 + Number(digits.slice(-2));
  const clock = (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;

  document.querySelectorAll("input[data-clock]").forEach((field) => {
    const start = minutes(field.dataset.clock.replace(":", ""));
    const now = () => (start + Math.floor((Date.now() - opened) / 60000)) % 1440;
    const said = document.createElement("span");
    said.className = "when-words num";
    said.setAttribute("aria-live", "polite");

    function say() {
      const digits = field.value.replace(/\D/g, "");
      field.placeholder = clock(now());
      if (digits.length < 3) { said.textContent = "now"; return; }
      const behind = (now() - minutes(digits) + 1440) % 1440;
      said.textContent = behind > 720 ? "in the future" : `${behind} min ago${behind > LATE ? ", a late entry" : ""}`;
    }

    function shift(by) {
      const digits = field.value.replace(/\D/g, "");
      const to = ((digits.length >= 3 ? minutes(digits) : now()) + by + 1440) % 1440;
      const behind = (now() - to + 1440) % 1440;
      field.value = behind === 0 || behind > 720 ? "" : clock(to);
      say();
    }

    const row = document.createElement("div");
    row.className = "when-row";
    field.replaceWith(row);
    row.append(field);
    [[-5, "5 min earlier"], [-1, "1 min earlier"], [1, "1 min later"]].forEach(([by, words]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-plain";
      button.textContent = by > 0 ? `+${by}` : `\u2212${-by}`;
      button.setAttribute("aria-label", words);
      button.addEventListener("click", () => shift(by));
      row.append(button);
    });
    row.append(said);
    field.addEventListener("input", say);
    setInterval(say, 10000);
    say();
  });
})();
