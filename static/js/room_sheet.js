// The run sheet without a signal: what is typed waits in this browser, keyed to person and session, and is sent in
// order when the signal is back, each entry with a key of its own so that it counts once. Nothing else is kept here.
const FIRST_PAUSE = 5000;
const LONGEST = 60000;
const PATIENCE = 20000;
const SOON = 1500;
const NAMES = {
  note: ["note", "notes"],
  tick: ["tick", "ticks"],
  call: ["call to offer", "calls to offer"],
  action: ["action", "actions"],
  idea: ["idea", "ideas"],
};
// What is pressed, not written: it can only be thrown away.
const PRESSED = { tick: (fields) => fields.how, call: () => "Offer a call" };
const NO_SIGNAL = "No signal just now. Press again soon.";

const ENDED = "You are signed out here. Sign in again.";

const sheet = document.querySelector("[data-sheet]");
const mine = `coprod-room:${sheet.dataset.person}:`;
const shelf = mine + sheet.dataset.session;
const half = `${shelf}:half`;
// As long as the server keeps the key of what it was sent.
const KEYS_LAST = 7 * 24 * 60 * 60 * 1000;
const TOO_OLD = "This waited for more than a week. Look whether it came in before you send it.";
const FIRST_THAT = "Send what you are writing first.";
const find = (selector, within = sheet) => within.querySelector(selector);
const formOf = (kind) => find(`form[data-waits="${kind}"]`);

// --- What waits.

const waiting = () => JSON.parse(localStorage.getItem(shelf) ?? "[]");

function keep(entries) {
  if (entries.length) localStorage.setItem(shelf, JSON.stringify(entries));
  else localStorage.removeItem(shelf);
  tell();
}

const change = (key, how) => keep(waiting().flatMap((entry) => (entry.key === key ? how(entry) : [entry])));

const typedIn = ({ kind, fields }) => PRESSED[kind]?.(fields) ?? fields.words ?? fields.what ?? fields.title;

// --- Saying it.

let hasEnded = false;
let hasKept = false;
let isLate = false;
let inTheWay = "";

function counted(entries) {
  const told = Object.entries(NAMES).flatMap(([kind, [one, many]]) => {
    const count = entries.filter((entry) => entry.kind === kind).length;
    return count ? [`${count} ${count === 1 ? one : many}`] : [];
  });
  const words = told.length > 1 ? `${told.slice(0, -1).join(", ")} and ${told.at(-1)}` : told.join();
  const isOne = entries.length === 1;
  if (hasEnded) return `${words} ${isOne ? "waits" : "wait"}, safe in this browser. Sign in again and they are sent.`;
  return `${words} ${isOne ? "waits" : "wait"} for the signal, safe in this browser.`;
}

function tell() {
  const entries = waiting();
  const toSend = entries.filter((entry) => !entry.refused);
  const refused = entries.filter((entry) => entry.refused);
  const isWaiting = toSend.length > 0 && (isLate || hasEnded);
  const elsewhere = evenings().find((session) => session !== sheet.dataset.session);
  const allSent = hasKept && !entries.length;
  find("[data-waiting]").hidden = !(isWaiting || refused.length || allSent || elsewhere);
  find("[data-waiting-words]").textContent = isWaiting ? counted(toSend) : allSent ? "All is sent." : "";
  find("[data-waiting-care]").hidden = !(isWaiting || refused.length);
  tellShortly(isWaiting ? `${hasEnded ? "Signed out" : "No signal"}. ${total(toSend)} safe here.` : allSent ? "Kept." : "");
  find("[data-waiting-door]").hidden = !hasEnded;
  tellRefused(refused);
  tellElsewhere(elsewhere);
  tellHalf();
}

const tellHalf = () => (find("[data-half-care]").hidden = !localStorage.getItem(half));

const total = ({ length }) => (length === 1 ? "1 entry is" : `${length} entries are`);

function tellShortly(words) {
  for (const short of sheet.querySelectorAll("[data-waiting-short]")) {
    short.textContent = words;
    short.hidden = !words;
  }
}

function tellRefused(refused) {
  const list = find("[data-waiting-refused]");
  list.replaceChildren(
    ...refused.map((entry) => {
      const one = find("[data-waiting-one]").content.cloneNode(true);
      find("[data-reason]", one).textContent = entry.key === inTheWay ? `${entry.refused} ${FIRST_THAT}` : entry.refused;
      find("[data-typed]", one).textContent = typedIn(entry);
      find("[data-forget]", one).addEventListener("click", () => change(entry.key, () => []));
      find("[data-change]", one).addEventListener("click", () => putBack(entry));
      if (!formOf(entry.kind) || PRESSED[entry.kind]) find("[data-change]", one).remove();
      return one;
    }),
  );
}

function tellElsewhere(session) {
  const words = find("[data-waiting-elsewhere]");
  words.hidden = !session;
  if (session) find("a", words).href = location.pathname.replace(sheet.dataset.session, session);
}

function evenings() {
  const names = Array.from({ length: localStorage.length }, (_, at) => localStorage.key(at));
  return names.filter((name) => name.startsWith(mine) && !name.endsWith(":half")).map((name) => name.slice(mine.length));
}

// It stays on the shelf until it is sent anew, and goes into no form in which something else is being written.
function putBack(entry) {
  const form = formOf(entry.kind);
  turnTo("notes");
  form.closest("details")?.setAttribute("open", "");
  if (isEmpty(form)) fill(form, entry);
  else if (form.dataset.mends !== entry.key) inTheWay = entry.key;
  tell();
  boxes(form)[0].focus();
}

function fill(form, entry) {
  for (const [name, value] of Object.entries(entry.fields)) {
    if (form.elements[name]) form.elements[name].value = value;
  }
  form.dataset.mends = entry.key;
  inTheWay = "";
}

const boxes = (form) => [...form.querySelectorAll("textarea, input[type=text]")];
const isEmpty = (form) => boxes(form).every((box) => !box.value.trim());

// --- Sending it.

let pause = FIRST_PAUSE;
let timer;
let isSending = false;
const token = () => find("input[name=csrf_token]")?.value ?? "";

async function page() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(PATIENCE) });
  hasEnded ||= isSignIn(answer);
  if (!answer.ok || hasEnded) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

const isSignIn = (answer) => answer.redirected && new URL(answer.url).pathname === sheet.dataset.signIn;

async function post(address, fields, key) {
  const body = new URLSearchParams({ ...fields, writer: sheet.dataset.person, csrf_token: token(), once: key });
  const headers = { Accept: "application/json" };
  return fetch(address, { method: "POST", headers, body, signal: AbortSignal.timeout(PATIENCE) });
}

// The form's token may have gone stale, as after signing in again in another window: a fresh page has a good one.
async function postAfresh(address, fields, key) {
  const answer = await post(address, fields, key);
  if (answer.status !== 400) return answer;
  const fresh = await page();
  if (!fresh) return answer;
  for (const old of sheet.querySelectorAll("input[name=csrf_token]")) {
    old.value = find("input[name=csrf_token]", fresh)?.value ?? "";
  }
  return post(address, fields, key);
}

async function reasonOf(answer) {
  if (answer.status === 404) return "This run sheet is not open to you any more.";
  return (await answer.json().catch(() => ({}))).reason ?? "That did not work.";
}

// Answers whether the next one may go: after a failure all of them wait, so that they arrive in order.
async function sendOne(entry) {
  const answer = await postAfresh(entry.to, entry.fields, entry.key);
  hasEnded ||= isSignIn(answer) || answer.status === 409;
  if (hasEnded) return false;
  if (answer.ok) change(entry.key, () => []);
  else if ([403, 404, 422].includes(answer.status)) {
    const refused = await reasonOf(answer);
    change(entry.key, () => [{ ...entry, refused }]);
    find("[data-waiting]").scrollIntoView({ block: "nearest" });
  } else throw new Error(`Answered ${answer.status}.`);
  return true;
}

function nextToSend() {
  holdBack();
  return waiting().find((entry) => !entry.refused);
}

// What was sent before its key was let go of would count a second time.
function holdBack() {
  const isOld = (entry) => !entry.refused && Date.now() - entry.at > KEYS_LAST;
  const entries = waiting();
  if (entries.some(isOld)) keep(entries.map((entry) => (isOld(entry) ? { ...entry, refused: TOO_OLD } : entry)));
}

async function sendAll() {
  while (nextToSend() && !hasEnded) {
    for (let entry = nextToSend(); entry && (await sendOne(entry)); entry = nextToSend());
    // What is typed while this comes in goes in the next round.
    if (!hasEnded) await refresh();
  }
}

async function send() {
  clearTimeout(timer);
  if (isSending || hasEnded) return;
  isSending = true;
  const late = setTimeout(beLate, SOON);
  try {
    await (navigator.locks ? navigator.locks.request(shelf, sendAll) : sendAll());
    pause = FIRST_PAUSE;
    isLate = false;
  } catch {
    isLate = true;
    timer = setTimeout(send, pause);
    pause = Math.min(pause * 2, LONGEST);
  }
  clearTimeout(late);
  isSending = false;
  tell();
  if (!isLate && !hasEnded && nextToSend()) send();
}

function beLate() {
  isLate = true;
  tell();
}

// What came in is shown as the server has it.
async function refresh() {
  const fresh = await page();
  if (!fresh) return;
  for (const part of sheet.querySelectorAll("[data-fresh]")) {
    const now = find(`[data-fresh="${part.dataset.fresh}"]`, fresh);
    if (now) part.replaceChildren(...now.childNodes);
  }
}

// --- Keeping what is typed.

function press(button) {
  for (const other of button.form.querySelectorAll("[aria-pressed]")) other.setAttribute("aria-pressed", other === button);
}

function fieldsOf(form, button) {
  const fields = Object.fromEntries(new FormData(form));
  if (button?.name) fields[button.name] = button.value;
  delete fields.csrf_token;
  delete fields.once;
  return fields;
}

function wait(event) {
  const form = event.target;
  const fields = fieldsOf(form, event.submitter);
  const made = { key: crypto.randomUUID(), at: Date.now() };
  const entry = { ...made, kind: form.dataset.waits, to: form.getAttribute("action"), fields };
  event.preventDefault();
  if (!typedIn(entry)?.trim()) return boxes(form)[0].focus();
  hasKept = true;
  keep([...waiting().filter(({ key }) => key !== form.dataset.mends), entry]);
  delete form.dataset.mends;
  if (entry.kind === "tick") press(event.submitter);
  else if (entry.kind === "call") event.submitter.replaceWith("A call is offered");
  else empty(form);
  send();
}

function empty(form) {
  for (const box of boxes(form)) box.value = "";
  if (form.dataset.waits === "note") localStorage.removeItem(half);
  inTheWay = "";
  boxes(form)[0].focus();
}

// A note half written is kept as well; it is written on where the page is opened again.
function keepHalf() {
  const box = formOf("note")?.elements.words;
  if (!box) return;
  box.value ||= localStorage.getItem(half) ?? "";
  box.addEventListener("input", () => {
    if (box.value) localStorage.setItem(half, box.value);
    else localStorage.removeItem(half);
    tellHalf();
  });
}

// --- Moving the evening on: these buttons need the signal, and say so; the page stays.

async function live(event) {
  const form = event.target;
  event.preventDefault();
  try {
    const answer = await postAfresh(form.getAttribute("action"), fieldsOf(form, event.submitter), crypto.randomUUID());
    hasEnded ||= isSignIn(answer) || answer.status === 409;
    if (hasEnded) sayLive(ENDED);
    else if (!answer.ok) sayLive(await reasonOf(answer));
    else if (form.matches(".room-warmth")) press(event.submitter);
    document.dispatchEvent(new Event("room:look"));
    tell();
  } catch {
    sayLive(NO_SIGNAL);
  }
}

function sayLive(words) {
  const said = find("[data-live-said]");
  if (!said) return;
  said.textContent = words;
  said.hidden = false;
}

// A new line is about what is on now, unless one is being written.
function aboutNow() {
  const form = formOf("note");
  const current = find("[data-current]")?.dataset.current;
  if (form && current && !form.elements.words.value) form.elements.item.value = current;
}

// --- The three tabs: all are here, so that turning to one needs no signal.

function turnTo(name) {
  for (const panel of sheet.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== name;
  for (const tab of sheet.querySelectorAll("[data-tab]")) {
    if (tab.dataset.tab === name) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  history.replaceState(null, "", `?tab=${name}`);
  window.scrollTo(0, 0);
}

function begin() {
  sheet.addEventListener("submit", (event) => {
    if (event.target.dataset.waits) wait(event);
    else if ("live" in event.target.dataset) live(event);
  });
  // Whoever empties a form writes something new in it.
  sheet.addEventListener("input", ({ target }) => {
    if (target.form?.dataset.mends && isEmpty(target.form)) delete target.form.dataset.mends;
  });
  sheet.addEventListener("click", (event) => {
    const tab = event.target.closest("[data-tab]");
    if (!tab) return;
    event.preventDefault();
    turnTo(tab.dataset.tab);
  });
  document.addEventListener("room:changed", aboutNow);
  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  window.addEventListener("storage", tell);
  keepHalf();
  tell();
  send();
}

// Where the browser keeps nothing, the forms are sent as plain forms.
function canKeep() {
  try {
    localStorage.setItem(half, localStorage.getItem(half) ?? "");
    if (!localStorage.getItem(half)) localStorage.removeItem(half);
    return Boolean(crypto.randomUUID);
  } catch {
    return false;
  }
}

if (canKeep()) begin();
