// Light or dark as the device says, until somebody chooses: loaded only while nothing is chosen.
(() => {
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const show = () => document.documentElement.setAttribute("data-bs-theme", dark.matches ? "dark" : "light");
  show();
  dark.addEventListener("change", show);
})();
