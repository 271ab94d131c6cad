// Passkeys: asks the device for one, or to make one, and sends its answer in the form's hidden field.
// <form data-passkey="get|create" data-passkey-options="/where/" | data-passkey-json="id of a script element">
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const ids = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  // Names are the places in which the standard carries bytes.
  function asked(said) {
    const key = { ...said, challenge: bytes(said.challenge) };
    if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
    if (key.allowCredentials) key.allowCredentials = ids(key.allowCredentials);
    if (key.excludeCredentials) key.excludeCredentials = ids(key.excludeCredentials);
    if (key.authenticatorSelection) key.authenticatorSelection = { ...key.authenticatorSelection, residentKey: "required", requireResidentKey: true };
    return key;
  }

  function answered(credential) {
    const response = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach((name) => {
      const value = credential.response[name];
      if (value) response[name] = text(value);
    });
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return {
      id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults(),
    };
  }

  async function options(form) {
    const own = form.dataset.passkeyJson && document.getElementById(form.dataset.passkeyJson);
    if (own) return JSON.parse(own.textContent);
    const answer = await fetch(form.dataset.passkeyOptions, { credentials: "same-origin", headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(`options ${answer.status}`);
    return answer.json();
  }

  async function ask(form) {
    const said = await options(form);
    const made = form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: asked(said.creation_options.publicKey) })
      : await navigator.credentials.get({ publicKey: asked(said.request_options.publicKey) });
    form.elements.credential.value = JSON.stringify(answered(made));
  }

  const WHY = {
    NotAllowedError: "The device did not give a passkey: it was cancelled, took too long, or has none for this clinic.",
    InvalidStateError: "This device has a passkey of yours already.",
    SecurityError: "Passkeys work at the clinic's own address only, not at a bare number.",
  };

  function say(form, words) {
    const place = form.querySelector("[data-passkey-said]");
    place.hidden = !words;
    place.textContent = words;
  }

  // The form is sent by whoever listens for its submit (the privacy lock does), else by the browser.
  async function go(event) {
    const form = event.target;
    if (!form.matches?.("form[data-passkey]") || form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form, "");
    try {
      await ask(form);
      form.requestSubmit();
    } catch (problem) {
      say(form, WHY[problem.name] || "That did not work. Try again, or use another way.");
    }
  }

  const can = () => Boolean(self.PublicKeyCredential && navigator.credentials);
  function offer(root) {
    root.querySelectorAll("form[data-passkey]").forEach((form) => {
      form.elements.credential.value = "";
      form.querySelectorAll("[data-passkey-go]").forEach((button) => { button.hidden = !can(); });
      form.querySelectorAll("[data-passkey-none]").forEach((words) => { words.hidden = can(); });
    });
  }

  document.addEventListener("submit", go, true);
  document.addEventListener("DOMContentLoaded", () => offer(document));
  addEventListener("pageshow", () => offer(document));
  document.addEventListener("tideline:locked", (event) => offer(event.target));
})();
