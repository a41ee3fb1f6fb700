// Passkeys: asks this device for an answer and sends it with the form. Without a script the forms stay hidden, and
// codes, cards and authenticators work as ever.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function forDevice(asked) {
  const known = (keys) => (keys ?? []).map((key) => ({ ...key, id: toBytes(key.id) }));
  const ready = { ...asked, challenge: toBytes(asked.challenge) };
  if (asked.user) ready.user = { ...asked.user, id: toBytes(asked.user.id) };
  if (asked.excludeCredentials) ready.excludeCredentials = known(asked.excludeCredentials);
  if (asked.allowCredentials) ready.allowCredentials = known(asked.allowCredentials);
  return ready;
}

function forServer(made) {
  const response = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (made.response[part]) response[part] = toText(made.response[part]);
  }
  return JSON.stringify({ id: made.id, rawId: toText(made.rawId), type: made.type, response });
}

async function answer(form) {
  const token = new URLSearchParams({ csrf_token: form.elements.csrf_token?.value ?? "" });
  const asked = await fetch(form.dataset.challenge, { method: "POST", body: token });
  if (!asked.ok || asked.redirected) throw new Error("no challenge");
  const publicKey = forDevice(await asked.json());
  return forServer(await navigator.credentials[form.dataset.passkey]({ publicKey }));
}

function attach(form) {
  const said = form.querySelector("[data-said]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      form.elements.answer.value = await answer(form);
      form.submit();
    } catch {
      said.textContent = "Your device gave no passkey. Try again, or go on without one.";
    }
  });
}

// A passkey belongs to a name: not to a bare number, and not to a page that anybody on the way could change.
const isNamed = !/^[\d.]+$|:/.test(location.hostname);
if (isNamed && window.isSecureContext && window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(attach);
  document.querySelectorAll("[data-no-passkey]").forEach((words) => words.remove());
}
