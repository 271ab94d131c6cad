// A screen on a wall runs for months. Once a day it loads itself anew, and so takes what a new version brought: while
// nobody sits in a chair, or where no sound is lost by it (a browser may want a touch again), never over an alarm, and
// only when the server has just answered, so that it never reloads into an error page.
(() => {
  const DAY = 20 * 3600000, LOOK = 600000, opened = Date.now(), root = document.documentElement;

  function isQuiet() {
    const isHeard = root.dataset.soundIs === "ready" || root.dataset.soundIs === "ringing";
    return !document.querySelector("[data-sounds]") && !(isHeard && document.querySelector(".wall-rows"));
  }

  const answers = () => fetch(location.href, { cache: "no-store", credentials: "same-origin" }).then((answer) => answer.ok && !answer.redirected, () => false);

  setInterval(async () => {
    if (Date.now() - opened >= DAY && isQuiet() && await answers()) location.reload();
  }, LOOK);
})();
