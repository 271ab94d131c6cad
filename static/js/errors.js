// The error summary takes the focus when it appears; its links put the cursor into the field, or the first choice.
(() => {
  const controls = "input:not([type=hidden]), select, textarea";
  const show = (root) => {
    const summary = root.querySelector("[data-errors]");
    if (summary) summary.focus();
  };
  document.addEventListener("DOMContentLoaded", () => show(document));
  document.addEventListener("htmx:afterSwap", (event) => show(event.detail.target));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-errors] a[href^='#']");
    const target = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    event.preventDefault();
    const control = target.matches(controls) ? target : target.querySelector(controls);
    target.scrollIntoView({ block: "center" });
    (control || target).focus({ preventScroll: true });
  });
})();
