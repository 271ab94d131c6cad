// The drawn body and its check boxes are one: a tap on a region ticks its box, a ticked box marks its region.
// Without this script the boxes do it alone, and the drawing shows what was saved.
(() => {
  const map = document.querySelector("[data-bodymap]");
  if (!map) return;
  const boxes = new Map([...map.querySelectorAll("input[type=checkbox]")].map((box) => [box.value, box]));
  const worst = document.querySelector("[name=worst_region]");
  const said = map.querySelector("[data-marked]");
  const places = map.querySelector("[data-places]");
  const everywhere = boxes.get("all_over");

  const label = (box) => map.querySelector(`label[for="${box.id}"]`).textContent;
  const show = () => {
    map.querySelectorAll("[data-region]").forEach((shape) => {
      const code = shape.dataset.region, isWorst = worst.value === code;
      const on = boxes.get(code).checked || everywhere.checked;
      shape.classList.toggle("bm-on", on && !isWorst);
      shape.classList.toggle("bm-worst", isWorst);
      const hatch = map.querySelector(`[data-hatch="${code}"]`);
      hatch.setAttribute("visibility", on && !isWorst ? "visible" : "hidden");
    });
    const names = [...boxes.values()].filter((box) => box.checked).map(label);
    const words = names.length ? said.dataset.some.replace("{places}", names.join(", ")) : said.dataset.none;
    if (said.textContent !== words) said.textContent = words;
    [...worst.querySelectorAll("optgroup option")].forEach((choice) => {
      const box = boxes.get(choice.value);
      choice.hidden = choice.disabled = !(box.checked || everywhere.checked || choice.selected);
    });
  };
  const told = (field) => ["input", "change"].forEach((kind) => field.dispatchEvent(new Event(kind, { bubbles: true })));

  map.addEventListener("click", (event) => {
    const shape = event.target.closest("[data-region]");
    if (!shape) return;
    const box = boxes.get(shape.dataset.region);
    box.checked = !box.checked;
    told(box);
  });
  map.addEventListener("change", (event) => {
    if (event.target === everywhere && everywhere.checked) return show();
    const code = event.target.value;
    if (worst.value === code && !event.target.checked) worst.value = "";
    show();
  });
  worst.addEventListener("change", () => {
    const box = boxes.get(worst.value);
    if (box && !everywhere.checked) box.checked = true;
    show();
  });
  const light = (event, on) => {
    const shape = map.querySelector(`[data-region="${event.target.value}"]`);
    if (shape) shape.classList.toggle("bm-focus", on);
  };
  places.addEventListener("focusin", (event) => light(event, true));
  places.addEventListener("focusout", (event) => light(event, false));

  map.querySelector("[data-with-script]").hidden = false;
  map.querySelector("[data-without-script]").hidden = true;
  map.classList.add("is-live");
  if (!map.querySelector("[id$='-err']")) places.open = false;
  show();
})();
