// Keys for the review on the wall: one press, one thing. Everything has its button, too.
const OFF = "review-keys-off";
const page = document.querySelector("[data-review]");
const told = document.querySelector("[data-keys]");
const change = told?.querySelector("[data-keys-switch]");
const find = (name, value) => page.querySelector(`[data-key-${name}="${value}"]`);

const isOff = () => sessionStorage.getItem(OFF) === "yes";

function open(name) {
  const part = find("open", name);
  if (!part) return;
  part.open = true;
  part.querySelector("input:not([type=hidden]), textarea")?.focus();
}

const DOES = {
  d: () => find("form", "done")?.requestSubmit(),
  n: () => open("date"),
  w: () => open("note"),
  ArrowLeft: () => find("go", "back")?.click(),
  ArrowRight: () => find("go", "next")?.click(),
};

function pressed(event) {
  if (isOff() || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
  if (event.target.closest("input, textarea, select, summary")) return;
  const act = DOES[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  event.preventDefault();
  act();
}

function say() {
  change.querySelector("span").textContent = isOff() ? "Turn the keys on" : "Turn the keys off";
}

if (page && told) {
  told.hidden = false;
  say();
  change.addEventListener("click", () => {
    sessionStorage.setItem(OFF, isOff() ? "no" : "yes");
    say();
  });
  document.addEventListener("keydown", pressed);
}
