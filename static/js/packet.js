// Saves a page as a draft while it is being filled in. Without this script the buttons do the saving.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const said = form.querySelector("[data-saved] span");
  const version = form.elements.version;
  let timer = 0, running = null, stopped = false;

  const save = async () => {
    const body = new FormData(form);
    const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "manual" });
    if (!answer.ok && answer.status !== 409) throw new Error("not saved");
    const words = await answer.json();
    said.textContent = words.saved;
    if (answer.ok) version.value = words.version;
    stopped = answer.status === 409;
  };
  const soon = () => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => {
      running = save()
        .catch(() => { said.textContent = "Not saved yet: no connection. What you typed is still here."; })
        .finally(() => { running = null; });
    }, 1500);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    const button = event.submitter;
    running.then(() => form.requestSubmit(button));
  });
})();
