// Says aloud when an alert has come: the strip itself is asked again and again, and must not be read out each time.
(() => {
  const said = document.querySelector("[data-alerts-said]");
  if (!said) return;
  const strip = () => document.getElementById("alerts-now");
  let known = strip()?.dataset.version;
  document.addEventListener("htmx:afterSettle", () => {
    const now = strip();
    if (!now || now.dataset.version === known) return;
    known = now.dataset.version;
    const count = Number(now.dataset.count);
    said.textContent = count === 0 ? "" : count === 1 ? "One alert waits for an answer." : `${count} alerts wait for an answer.`;
  });
})();
