// Follows what is on now without loading the page again: asks every few seconds whether anything has changed, waits
// longer after each failure, and not at all while nobody looks.
const PAUSE = 5000;
const LONGEST = 60000;
const PATIENCE = 10000;

const show = (selector, isShown) => {
  for (const words of document.querySelectorAll(selector)) words.hidden = !isShown;
};

function follow(part) {
  let pause = PAUSE;
  let timer;
  let isAsking = false;
  let hasEnded = false;

  const address = () => {
    const seen = part.querySelector("[data-seen]").dataset.seen;
    return `${part.dataset.follow}?seen=${encodeURIComponent(seen)}`;
  };

  async function ask() {
    const answer = await fetch(address(), { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect" || answer.status === 404) {
      hasEnded = true;
      show("[data-ended]", true);
    } else if (answer.status === 200) {
      part.innerHTML = await answer.text();
      document.dispatchEvent(new Event("room:changed"));
    } else if (answer.status !== 204) {
      throw new Error(`Answered ${answer.status}.`);
    }
  }

  async function look() {
    clearTimeout(timer);
    if (document.hidden || isAsking || hasEnded) return;
    isAsking = true;
    try {
      await ask();
      pause = PAUSE;
      show("[data-lost]", false);
    } catch {
      pause = Math.min(pause * 2, LONGEST);
      show("[data-lost]", true);
    }
    isAsking = false;
    if (!hasEnded) timer = setTimeout(look, pause);
  }

  timer = setTimeout(look, pause);
  for (const [where, news] of [
    [document, "visibilitychange"],
    [document, "room:look"],
    [window, "online"],
  ]) {
    where.addEventListener(news, look);
  }
}

document.querySelectorAll("[data-follow]").forEach(follow);
