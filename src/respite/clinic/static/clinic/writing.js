// Writing the diary, with a network or without: an entry is kept on this device first, then sent.
// Where the browser keeps nothing, the forms of the page work as they do without this script.
import { begin, flush, held, keep, listeners, mend, person, sorted, today } from "./outbox.js";

const SLOW_MS = 12_000;
const isShell = document.querySelector("[data-shell]") !== null;
const SHELL = "/diary/offline/";
const find = (what) => document.querySelector(what);

let seen = null;
/** What shows what waits; it is loaded once there is something to show. */
const view = async () => (seen ??= await import("./waiting.js"));

/** Send an entry, but do not wait for ever; gives the address of its page once it is kept. */
const sendNow = (id) => Promise.race([
  flush(id), new Promise((resolve) => setTimeout(() => resolve(null), SLOW_MS)),
]);

/** One entry: kept here, then sent; what is refused stays here with the reason. */
const write = async (told, form) => {
  const buttons = [...form.querySelectorAll("button")];
  for (const button of buttons) button.disabled = true;
  try {
    const entry = await keep(told);
    const address = await sendNow(entry.id);
    if (address) location.assign(address);
    else await stays(entry.id);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
};

/** Where an entry waits: ask what else there is to tell, or show it where it waits. */
const stays = async (id) => {
  const { mine } = await sorted();
  const entry = mine.find((one) => one.id === id);
  const more = find("#more");
  if (!entry && !isShell) {
    location.reload();  // another page of this device sent it: the diary shows it
    return;
  }
  if (entry && !entry.why && !entry.ask && !isShell && navigator.serviceWorker?.controller) {
    location.assign(`${SHELL}#${id}`);
    return;
  }
  if (entry && !entry.why && !entry.ask && more) {
    held.clear();
    held.add(id);
    more.reset();
    more.dataset.id = id;
    more.hidden = false;
    const { inWords, say } = await view();
    find("#kept-day").textContent = say("told", { score: entry.pain, day: inWords(entry.chosen ?? entry.shown) });
    find("#more h2").focus();
    return;
  }
  await (await view()).show(null);
  find("#outbox-state").focus();
};

/** Who writes here, as far as it is known already. */
const writer = { person: null };

/** What is told beside the score, for an entry that waits. */
const tellMore = async (form) => {
  form.hidden = true;
  const told = new FormData(form);
  const bladder = {};
  for (const [name, said] of told)
    if (name.startsWith("bladder_")) bladder[name.slice(8)] = said === "yes";
  const id = form.dataset.id ?? "";
  await mend(id, { effects: told.getAll("effects").map(String), bladder, note: String(told.get("note") ?? "") });
  await leaveMore();
};

/** Whoever is done with an entry lets it go. */
const leaveMore = async () => {
  find("#more").hidden = true;
  held.clear();
  find("#outbox-state").focus();
  await flush();
};

const start = async () => {
  await sorted();  // a browser that keeps nothing ends here
  listeners.push(async (state, why) => {
    const { mine, others } = await sorted();
    if (seen || mine.length || others.length) await (await view()).show(state, why);
  });
  const tap = find("form#tap");
  const late = find("form#late");
  const day = find("#for-day");
  if (day) {
    const { inWords, offerDays, say } = await view();
    const tell = () => { find("#for-day-words").textContent = say("for", { day: inWords(day.value) }); };
    const offer = async () => {
      const now = await today();
      if (day.dataset.today !== now) offerDays(day, now);
      day.dataset.today = now;
      tell();
    };
    day.addEventListener("change", tell);
    document.addEventListener("visibilitychange", offer);
    window.addEventListener("focus", offer);
    await offer();
  }
  tap?.addEventListener("submit", async (event) => {
    if (!event.submitter || !writer.person) return;
    event.preventDefault();
    const score = Number(event.submitter.value);
    await write({ pain: score, chosen: day?.value ?? null }, tap);
  });
  late?.addEventListener("submit", async (event) => {
    const score = late.elements.pain.value;
    if (!late.elements.day.value || score === "" || !writer.person) return;
    event.preventDefault();
    await write({ pain: Number(score), chosen: late.elements.day.value }, late);
  });
  const more = find("#more");
  more?.addEventListener("submit", (event) => {
    event.preventDefault();
    tellMore(more);
  });
  find("#no-more")?.addEventListener("click", leaveMore);
  const ready = async () => {
    writer.person = await person();
    if (isShell) {
      find("#writing").hidden = !writer.person;
      find("#nobody").hidden = Boolean(writer.person);
      await (await view()).showPhones();
    }
  };
  await listeners[0](null);
  await ready();
  if (isShell && location.hash) await stays(location.hash.slice(1));
  await begin();
  await ready();
};

start().catch(() => {
  // Private windows of some browsers keep nothing: the forms of the page go on without.
  const broken = find("#broken");
  if (broken && !writer.person) broken.hidden = false;
});
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/service-worker.js").catch(() => {});
