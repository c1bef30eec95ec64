// Sends what waits on this device. An entry leaves it only when the clinic says that it is kept.
import { dayAt, dayOf, drift, skewOf, skews } from "./clock.js";
import { entries, meta, put, within } from "./store.js";

/** @typedef {import("./store.js").Entry} Entry */
/** @typedef {"sent"|"away"|"signed-out"|"other"|"later"|"ask"} State */

const ADDRESS = "/diary/outbox/";
const PATIENCE_MS = 10_000;
const BATCH = 20;
const BEAT_MS = 30_000;
const FRESH_MS = 10 * 60_000;
const SENT_DAYS = 7;
const DAY_MS = 86_400_000;
const life = crypto.randomUUID();
let token = null;
let isChecked = false;
/** Entries that somebody is still writing on. */
export const held = new Set();
/** Entries just written: they go with the sending that opens their page, not with one under way. */
const fresh = new Set();
export const listeners = [];

const mark = () => ({ device: Date.now(), mono: performance.now(), life });

/** The minutes by which this device's clock stands from UTC. */
const offsetNow = () => -new Date().getTimezoneOffset();

/** The day that it is, by the clock of the clinic as far as it is known. */
export const today = async () =>
  dayAt(Date.now() + ((await meta("contact"))?.skew ?? 0), offsetNow());

/** Who writes here, as the clinic last told; nothing where nobody signed in. */
export const person = () => meta("person");

/** Entries of that person that wait, those of others, and those sent lately. */
export const sorted = async () => {
  const owner = (await person())?.owner;
  const all = (await entries()).sort((a, b) => a.seq - b.seq);
  const waiting = all.filter((one) => !one.sent);
  return {
    mine: waiting.filter((one) => one.owner === owner),
    others: waiting.filter((one) => one.owner !== owner),
    sent: all.filter((one) => one.sent && one.owner === owner),
  };
};

/** Tell whoever shows it; a cookie of two numbers tells the clinic's page for signing out. */
export const tell = async (state, why = "") => {
  const { mine, others } = await sorted();
  const secure = location.protocol === "https:" ? "; secure" : "";
  const age = mine.length + others.length ? 31_536_000 : 0;
  document.cookie =
    `outbox=${mine.length}.${others.length}; path=/; max-age=${age}; samesite=strict${secure}`;
  for (const listener of listeners) await listener(state, why).catch(() => {});
};

/**
 * Keep an entry on this device.
 * @param {{pain: number, chosen?: string|null, effects?: string[], bladder?: Record<string, boolean>, note?: string}} told
 * @returns {Promise<Entry>}
 */
export const keep = async (told) => {
  const now = mark();
  const shown = await today();
  const owner = (await person()).owner;
  const id = crypto.randomUUID();
  fresh.add(id);
  const entry = await within(async (store, done) => {
    const seq = await done(store("marks").add(now));
    const made = {
      id, before: [], owner, seq, device: now.device, offset: offsetNow(), shown,
      chosen: told.chosen && told.chosen !== shown ? told.chosen : null, day: null, felt: null,
      ask: null, pain: told.pain, effects: told.effects ?? [], bladder: told.bladder ?? {},
      note: told.note ?? "", tried: false, why: null, sent: null,
    };
    await done(store("entries").add(made));
    return made;
  });
  beat = null;
  await tell(null);
  return entry;
};

/** Mend an entry that waits; one that may have reached the clinic gets a new number. */
export const mend = async (id, told) => {
  await within(async (store, done) => {
    const was = await done(store("entries").get(id));
    if (!was || was.sent) return;
    const now = { ...was, ...told, why: null };
    if (was.tried) {
      store("entries").delete(id);
      Object.assign(now, { id: crypto.randomUUID(), before: [...was.before, id].slice(-10), tried: false });
    }
    store("entries").put(now);
    if (held.delete(id)) held.add(now.id);
  });
  await tell(null);
};
let beat = null;
/** Leave a mark of the clock, so that one that is set in between is noticed. */
const leaveMark = () => within(async (store, done) => {
  if (beat === null) beat = await done(store("marks").add(mark()));
  else store("marks").put(mark(), beat);
});

/** Ask the clinic who is signed in and what time it is, and see which day each entry stands for. */
const hello = async () => {
  const before = Date.now();
  const answer = await fetch(ADDRESS, {
    redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const after = Date.now();
  if (answer.type === "opaqueredirect") throw new Error("signed-out");
  if (answer.status >= 500) throw new Error("away");
  if (!answer.ok) throw new Error("other");
  const told = await answer.json();
  token = told.token;
  const { owner, phone, dial } = told;
  await settle(skewOf(told.now, before, after));
  await within(async (store) => { store("meta").put({ owner, phone, dial }, "person"); });
};

/** See which day each entry stands for, now that the skew is known again. */
const settle = (skew) => within(async (store, done) => {
  const now = mark();
  const contact = await done(store("meta").get("contact")) ?? { ...now, skew };
  const [seqs, marks] = [await done(store("marks").getAllKeys()), await done(store("marks").getAll())];
  const possible = skews([contact, ...marks, now], contact.skew, skew);
  for (const entry of await done(store("entries").getAll())) {
    if (entry.day || entry.ask) continue;
    const place = seqs.indexOf(entry.seq);
    Object.assign(entry, dayOf(entry, place < 0 ? [] : possible[place + 1]));
    store("entries").put(entry);
  }
  store("marks").clear();
  store("meta").put({ ...now, skew }, "contact");
  beat = null;
});

/** The skew, where the clinic answered this page a moment ago and nobody set the clock since. */
const freshSkew = async () => {
  const contact = await meta("contact");
  const now = mark();
  const isFresh = token && contact && now.mono - contact.mono < FRESH_MS && drift(contact, now) === 0;
  return isFresh ? contact.skew : null;
};

const post = async (batch) => {
  const answer = await fetch(ADDRESS, {
    method: "POST", body: JSON.stringify(batch), redirect: "manual",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token ?? "" },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (answer.type === "opaqueredirect") throw new Error("signed-out");
  if (answer.status === 403) { token = null; throw new Error("away"); }
  if (answer.status >= 500) throw new Error("away");
  return { told: await answer.json(), after: Number(answer.headers.get("Retry-After")) };
};

const asSent = (entry) => ({
  client_id: entry.id, before: entry.before, day: entry.day, felt_at: entry.felt,
  offset_minutes: entry.offset, pain: entry.pain, effects: entry.effects, bladder: entry.bladder,
  note: entry.note,
});

const isReady = (one) => one.day && !one.why && !held.has(one.id) && !fresh.has(one.id);

let failures = 0;
let timer;
const again = (ms) => {
  clearTimeout(timer);
  timer = window.setTimeout(flush, ms);
};

/** Send what waits; `opens` is an entry whose page is shown next, and its address comes back. */
export const flush = async (opens = "") => {
  const work = () => send(typeof opens === "string" ? opens : "");
  return navigator.locks ? navigator.locks.request("respite-outbox", work) : work();
};

const send = async (opens) => {
  let state = "sent";
  let why = "";
  let address = null;
  fresh.delete(opens);
  try {
    const skew = await freshSkew();
    if (skew === null) await hello();
    else await settle(skew);
    for (;;) {
      const { mine, sent } = await sorted();
      const ready = mine.filter(isReady).slice(0, BATCH);
      const check = isChecked ? [] : sent.slice(-500).map((one) => one.id);
      if (!ready.length && !check.length) break;
      for (const one of ready) await put({ ...one, tried: true });
      const { told, after } = await post({ entries: ready.map(asSent), check, open: opens });
      isChecked = true;
      address = (await take(told, ready)).get(opens) ?? address;
      if (after) { state = "later"; why = told.why ?? ""; again(after * 1000); break; }
      if (!told.answers.length && ready.length) { state = "other"; why = told.why ?? ""; break; }
    }
    failures = 0;
    if (state === "sent" && (await sorted()).mine.some((one) => one.ask)) state = "ask";
  } catch (fault) {
    const said = fault instanceof Error ? fault.message : "";
    state = said === "signed-out" || said === "other" ? said : "away";
    failures += 1;
    if (state === "away" && (await sorted()).mine.length) again(Math.min(15_000 * 2 ** failures, 600_000));
  }
  await tell(state, why);
  return address;
};

/** Believe what the clinic says of each entry; an entry of which it says nothing stays. */
const take = (told, ready) => within(async (store, done) => {
  const addresses = new Map();
  const batch = new Set(ready.map((one) => one.id));
  const now = Date.now();
  for (const answer of told.answers) {
    const entry = batch.has(answer.client_id) ? await done(store("entries").get(answer.client_id)) : null;
    if (!entry) continue;
    if (answer.state === "kept") {
      addresses.set(entry.id, answer.url);
      store("entries").put({ ...entry, sent: now });
    } else store("entries").put({ ...entry, tried: false, why: answer.why });
  }
  // After a restore the clinic may have lost what it had said to keep: it is sent once more.
  for (const id of told.missing) {
    const entry = await done(store("entries").get(id));
    if (entry) store("entries").put({ ...entry, sent: null });
  }
  for (const entry of await done(store("entries").getAll()))
    if (entry.sent && Math.abs(now - entry.sent) > SENT_DAYS * DAY_MS) store("entries").delete(entry.id);
  return addresses;
});

/** Begin: leave marks of the clock, and send whenever there may be a network. */
export const begin = async () => {
  await leaveMark();
  setInterval(() => document.hidden || leaveMark().catch(() => {}), BEAT_MS);
  window.addEventListener("online", () => flush());
  document.addEventListener("visibilitychange", () => document.hidden || flush());
  await flush();
};
