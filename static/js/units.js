// Shows weight and height in the other unit while they are typed. Without this script it is shown after saving.
(() => {
  const form = document.querySelector("form.p-body");
  if (!form) return;
  const place = form.querySelector("[data-both]");
  if (!place) return;
  const KG_PER_LB = 0.45359237, CM_PER_INCH = 2.54;
  const number = (name) => {
    const text = form.elements[name].value.trim().replace(",", ".");
    return /^\d+(\.\d+)?$/.test(text) ? Number(text) : null;
  };
  const short = (value) => String(Math.round(value * 10) / 10);
  const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const weight = () => {
    const typed = number("weight"), unit = form.elements.weight_unit.value;
    if (typed === null || !unit) return "";
    const kilos = unit === "lb" ? typed * KG_PER_LB : typed;
    return fill(place.dataset.weight, { lb: Math.round(kilos / KG_PER_LB), kg: short(kilos) });
  };
  const height = () => {
    const unit = form.elements.height_unit.value, feet = number("height_ft");
    if (unit === "ft" && feet === null) return "";
    const typed = unit === "cm" ? number("height_cm_typed") : unit === "ft" ? (feet * 12 + (number("height_in") || 0)) * CM_PER_INCH : null;
    if (typed === null) return "";
    const inches = Math.round(typed / CM_PER_INCH);
    return fill(place.dataset.height, { ft: Math.floor(inches / 12), inch: inches % 12, cm: short(typed) });
  };
  const show = () => { place.textContent = [weight(), height()].filter(Boolean).join(" "); };
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  show();
})();
