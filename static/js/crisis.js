// Shows help the moment an answer is chosen that needs it, also where the style sheet alone can't. The words are
// already in the page; without this script they come with the next page.
(() => {
  document.querySelectorAll("[data-crisis-for]").forEach((place) => {
    const form = place.closest("form"), when = place.dataset.crisisWhen.split(" ");
    const look = () => {
      const chosen = form.querySelector(`[name="${place.dataset.crisisFor}"]:checked`);
      const isShown = Boolean(chosen) && when.includes(chosen.value);
      if (isShown === place.classList.contains("is-shown")) return;
      place.classList.toggle("is-shown", isShown);
      if (isShown) place.scrollIntoView({ block: "nearest" });
    };
    form.addEventListener("change", look);
    look();
  });
})();
