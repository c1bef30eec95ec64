// Shows what waits on this device, and lets the person mend it. Every word comes from the page.
import { shifted } from "./clock.js";
import { drop } from "./store.js";
import { flush, mend, person, sorted, tell, today } from "./outbox.js";

/** @typedef {import("./store.js").Entry} Entry */

const place = (id) => document.getElementById(id);

/** A sentence of the page, with values put in. */
export const say = (word, values = {}) => {
  const text = document.querySelector(`template[data-word="${word}"]`).content.textContent;
  return text.trim().replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
};

const written = new Intl.DateTimeFormat(document.documentElement.lang || undefined,
  { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });

/** A day in words. */
export const inWords = (day) => written.format(Date.parse(day));

/** Offer days to choose from, the latest first; those that come first are likelier. */
export const offerDays = (select, now, first = []) => {
  const back = Number(document.getElementById("outbox")?.dataset.daysBack);
  const days = Array.from({ length: back + 1 }, (_, days) => shifted(now, -days));
  const all = [...first, ...days.filter((day) => !first.includes(day))];
  select.replaceChildren(...all.map((day) => new Option(day === now ? say("today", { day: inWords(day) }) : inWords(day), day)));
};

const item = (entry, now) => {
  const made = place("waiting-item").content.cloneNode(true);
  const row = made.firstElementChild;
  const part = (name) => row.querySelector(`[data-part="${name}"]`);
  const day = entry.day ?? entry.chosen ?? entry.shown;
  part("what").textContent = say("told", { score: entry.pain, day: inWords(day) });
  part("more").hidden = !entry.effects.length && !entry.note && !Object.keys(entry.bladder).length;
  part("why").textContent = entry.why ?? (entry.ask ? say("which-day") : "");
  const form = part("form");
  offerDays(form.elements.day, now, entry.ask ?? []);
  if (entry.ask) form.elements.day.prepend(new Option(say("choose"), ""));
  form.elements.day.value = entry.ask ? "" : day;
  form.elements.score.value = String(entry.pain);
  form.elements.note.value = entry.note;
  const open = (is) => { form.hidden = !is; part("mend").setAttribute("aria-expanded", String(is)); };
  open(Boolean(entry.ask));
  part("mend").addEventListener("click", () => { open(form.hidden); if (!form.hidden) form.elements.day.focus(); });
  part("drop").addEventListener("click", async () => {
    if (!part("drop").dataset.sure) {
      part("drop").dataset.sure = "yes";
      part("drop").textContent = say(entry.tried ? "sure-sent" : "sure");
      return;
    }
    await drop(entry.id);
    await tell(null);
    place("outbox-state").focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const chosen = form.elements.day.value;
    const isKnown = entry.day || entry.ask;
    const when = !isKnown ? { chosen: chosen === entry.shown ? null : chosen }
      : chosen === entry.day ? {} : { day: chosen, ask: null, felt: null };
    await mend(entry.id, { pain: Number(form.elements.score.value), note: form.elements.note.value, ...when });
    place("outbox-state").focus();
    await flush();
  });
  return row;
};

let had = 0;
/** Show what waits; the sentence of the state is read out. */
export const show = async (state, why = "") => {
  const { mine, others } = await sorted();
  const isHidden = state === "signed-out" || state === "other";
  const count = mine.length;
  place("outbox").hidden = !count && !others.length;
  place("waiting").textContent = count === 1 ? say("one") : say("many", { n: count });
  place("waiting").hidden = !count;
  place("others").textContent = others.length ? say("others", { n: others.length }) : "";
  const list = place("waiting-list");
  // What somebody is mending stays as it is, until they are done.
  if (!list.querySelector("form:not([hidden]) :focus")) {
    const now = await today();
    list.replaceChildren(...(isHidden ? [] : mine.map((entry) => item(entry, now))));
  }
  place("sign-in").hidden = state !== "signed-out" || !count;
  place("send-now").hidden = !count || state === "signed-out";
  for (const part of document.querySelectorAll("[data-while]"))
    part.hidden = part.dataset.while !== (count ? "waiting" : "sent");
  if (state === null) { had = Math.max(had, count); return; }
  const cannot = place("cannot");
  if (cannot) cannot.hidden = state !== "away";
  const isHeld = state === "sent" && count && !mine.some((one) => one.why);
  const word = isHeld ? "away" : count || state === "other" ? state : had ? "all-sent" : "";
  had = count;
  place("outbox-state").textContent = why || (word ? say(word) : "");
};

/** Show the numbers to call, as the clinic last told them. */
export const showPhones = async () => {
  const known = await person();
  for (const link of document.querySelectorAll("a[data-call]")) {
    if (!known) continue;
    link.href = `tel:${known.dial}`;
    link.textContent = say("call", { number: known.phone });
    link.parentElement.hidden = false;
  }
};

place("send-now").addEventListener("click", () => flush());
