// An open menu closes by Escape, by a click elsewhere, or when another opens. Without this it still opens and closes.
(() => {
  const others = (kept) => document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== kept) menu.open = false;
  });
  document.addEventListener("click", (event) => others(event.target.closest("details.menu")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
