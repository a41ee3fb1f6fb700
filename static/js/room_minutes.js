// Counts whole minutes on a run sheet, a wall or a phone, in the words the page came with; never seconds.
const MINUTE = 60;
const born = new WeakMap();

function passed(element) {
  if (!born.has(element)) born.set(element, Date.now());
  return (Date.now() - born.get(element)) / 1000;
}

const minutes = (count) => `${count} minute${count === 1 ? "" : "s"}`;

function leftInWords(seconds, over) {
  if (seconds > 0) return `${minutes(Math.ceil(seconds / MINUTE))} left`;
  const late = Math.floor(-seconds / MINUTE);
  return over ?? (late ? `${minutes(late)} over` : "Time is up");
}

function behindInWords(seconds) {
  const whole = Math.floor(Math.abs(seconds) / MINUTE);
  if (!whole) return "On time";
  return seconds > 0 ? `Running ${minutes(whole)} late` : `${minutes(whole)} in hand`;
}

function clockInWords(seconds) {
  const whole = Math.floor(seconds / MINUTE) % (24 * 60);
  const hour = Math.floor(whole / 60);
  const rest = whole % 60;
  return `${hour % 12 || 12}${rest ? `.${String(rest).padStart(2, "0")}` : ""}${hour < 12 ? "am" : "pm"}`;
}

function say(selector, words) {
  for (const element of document.querySelectorAll(selector)) {
    const now = words(element, passed(element));
    if (element.textContent !== now) element.textContent = now;
  }
}

function tell() {
  say("[data-left]", (element, gone) => leftInWords(Number(element.dataset.left) - gone, element.dataset.over));
  say("[data-behind]", ({ dataset }, gone) =>
    behindInWords(Number(dataset.behind) + Math.max(0, gone - Number(dataset.growsAfter))),
  );
  say("[data-clock]", (element, gone) => clockInWords(Number(element.dataset.clock) + gone));
}

setInterval(tell, 1000);
document.addEventListener("room:changed", tell);
document.addEventListener("visibilitychange", tell);
tell();
