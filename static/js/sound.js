// The sound of an alarm: one, made here, only while something in the page says data-sounds="alarm", and quiet as soon as
// it says so no more (somebody answered). Loudness is this device's own, in a cookie: signing out clears storage.
// Browsers keep a page silent until somebody has touched it once: then [data-sound-tap] says so, and any tap will do.
(() => {
  const EVERY = 8000, TONES = [660, 880, 660], LENGTH = 0.16, GAP = 0.08, COOKIE = "alarm-volume", OTHERS = "tl-sounded";
  const all = (selector) => document.querySelectorAll(selector);
  let context = null, timer = null, count = 0;

  function volume() {
    const found = document.cookie.match(/(?:^|; )alarm-volume=(\d{1,3})/);
    return found ? Math.min(100, Number(found[1])) : 60;
  }

  function remember(value) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${COOKIE}=${value}; path=/; max-age=31536000; samesite=lax${secure}`;
  }

  const mayPlay = () => context?.state === "running";
  const isCalling = () => Boolean(document.querySelector('[data-sounds="alarm"]'));

  function tone(pitch, at, loud) {
    const source = context.createOscillator(), gain = context.createGain();
    source.type = "triangle";
    source.frequency.value = pitch;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(loud, at + 0.015);
    gain.gain.setValueAtTime(loud, at + LENGTH - 0.03);
    gain.gain.linearRampToValueAtTime(0, at + LENGTH);
    source.connect(gain).connect(context.destination);
    source.start(at);
    source.stop(at + LENGTH);
  }

  function play() {
    const loud = (volume() / 100) ** 2; // what the ear takes as half as loud
    if (!mayPlay() || !loud) return false;
    TONES.forEach((pitch, n) => tone(pitch, context.currentTime + 0.02 + n * (LENGTH + GAP), loud));
    document.documentElement.dataset.soundPlayed = ++count;
    return true;
  }

  // Several pages of this device ring as one.
  function ring() {
    const last = Number(localStorage.getItem(OTHERS) || 0), now = Date.now();
    if (Math.abs(now - last) < EVERY / 2) return;
    if (play()) localStorage.setItem(OTHERS, now);
  }

  function words(calling) {
    if (!volume()) return "The sound is off on this device";
    if (!mayPlay()) return calling ? "An alarm has no sound here yet" : "No sound yet: touch this page once";
    return calling ? "An alarm sounds" : `Sound on, volume ${volume()}`;
  }

  function look() {
    const calling = isCalling(), mute = !volume();
    if (calling && !timer) { ring(); timer = setInterval(ring, EVERY); }
    if (!calling && timer) { clearInterval(timer); timer = null; localStorage.removeItem(OTHERS); }
    document.documentElement.dataset.soundIs = mute ? "off" : !mayPlay() ? "blocked" : calling ? "ringing" : "ready";
    document.documentElement.dataset.soundCalling = calling ? "yes" : "no";
    all(".sound[data-sound]").forEach((place) => { place.hidden = false; });
    all("[data-sound-tap]").forEach((button) => { button.hidden = mute || mayPlay(); });
    all("[data-sound-said]").forEach((place) => { if (place.textContent !== words(calling)) place.textContent = words(calling); });
    all("[data-sound-volume]").forEach((slider) => { if (slider !== document.activeElement) slider.value = volume(); });
  }

  // Only where there is something to hear or to set: most pages never start the sound at all.
  async function wake() {
    if (!context && !isCalling() && !document.querySelector(".sound[data-sound]")) return;
    context ??= new AudioContext();
    if (context.state === "suspended") await Promise.race([context.resume(), new Promise((done) => setTimeout(done, 300))]);
    if (isCalling() && timer && mayPlay()) ring();
    look();
  }

  function check() {
    if (isCalling() && !mayPlay()) wake();
    look();
  }

  document.addEventListener("pointerdown", wake);
  document.addEventListener("keydown", wake);
  document.addEventListener("htmx:afterSettle", check);
  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-sound-volume]")) return;
    remember(event.target.value);
    look();
  });
  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-sound-test]")) return;
    await wake();
    if (!play()) look();
  });
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.AudioContext) return;
    wake();
    setInterval(check, 2000);
  });
})();
