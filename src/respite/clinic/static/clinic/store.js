// What lies on this device: entries that wait or were sent lately, marks of its clock, and under
// whose name (a number that tells nothing) they lie. All of it is gone after signing out.

/**
 * @typedef {object} Entry
 * @property {string} id Made here; the clinic keeps an entry once under it.
 * @property {string[]} before Earlier numbers of the same entry, which may have reached the clinic.
 * @property {string} owner Whose it is.
 * @property {number} seq Its place among the marks.
 * @property {number} device @property {number} offset Minutes from UTC.
 * @property {string} shown @property {string|null} chosen
 * @property {string|null} day The day it stands for, once that is known. @property {number|null} felt
 * @property {string[]|null} ask Days to ask about.
 * @property {number} pain @property {string[]} effects @property {Record<string, boolean>} bladder
 * @property {string} note
 * @property {boolean} tried Whether it may have reached the clinic.
 * @property {string|null} why Why the clinic refused it. @property {number|null} sent When it was kept.
 */

const NAME = "respite-diary";
const WAITS = 4;
let opened = null;

const done = (asked) => new Promise((resolve, reject) => {
  asked.onsuccess = () => resolve(asked.result);
  asked.onerror = () => reject(asked.error);
});

const tryToOpen = () => new Promise((resolve, reject) => {
  const asked = indexedDB.open(NAME, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("entries", { keyPath: "id" });
    asked.result.createObjectStore("marks", { autoIncrement: true });
    asked.result.createObjectStore("meta");
  };
  asked.onsuccess = () => {
    asked.result.onversionchange = () => { asked.result.close(); opened = null; };
    resolve(asked.result);
  };
  asked.onerror = () => reject(asked.error);
});

// After a browser was killed, what it keeps may be shut for a moment.
const open = () => {
  opened ??= (async () => {
    for (let waits = 0; ; waits += 1) {
      try {
        return await tryToOpen();
      } catch (fault) {
        if (waits === WAITS) { opened = null; throw fault; }
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** waits));
      }
    }
  })();
  return opened;
};

/**
 * Do something in one transaction; it is on the disk when this ends.
 * @template T @param {(store: (name: string) => IDBObjectStore, done: (asked: IDBRequest) => Promise<any>) => Promise<T>} work
 * @returns {Promise<T>}
 */
export const within = async (work) => {
  const names = ["entries", "marks", "meta"];
  const change = (await open()).transaction(names, "readwrite", { durability: "strict" });
  const ended = new Promise((resolve, reject) => {
    change.oncomplete = () => resolve(null);
    // A page that is left stops what is under way, and names no error.
    change.onabort = change.onerror = () => reject(change.error ?? new Error("stopped"));
  });
  ended.catch(() => {}); // where the work fails first, that is what is told
  const found = await work((name) => change.objectStore(name), done);
  await ended;
  return found;
};

/** @returns {Promise<Entry[]>} Every entry, of whomever. */
export const entries = () => within((store, done) => done(store("entries").getAll()));
export const meta = (key) => within((store, done) => done(store("meta").get(key)));
export const put = (entry) => within((store, done) => done(store("entries").put(entry)));
export const drop = (id) => within((store, done) => done(store("entries").delete(id)));

/** Forget everything of one person; everything there is where nobody else's entries wait. */
export const wipe = async (owner) => {
  const others = (await entries()).filter((one) => one.owner !== owner && !one.sent);
  if (others.length) {
    await within(async (store, done) => {
      for (const one of await done(store("entries").getAll()))
        if (one.owner === owner) store("entries").delete(one.id);
      store("meta").delete("person");
    });
    return;
  }
  (await open()).close();
  opened = null;
  await new Promise((resolve) => {
    const asked = indexedDB.deleteDatabase(NAME);
    asked.onsuccess = asked.onerror = asked.onblocked = resolve;
  });
  for (const name of await caches.keys()) await caches.delete(name);
  for (const one of await navigator.serviceWorker?.getRegistrations() ?? []) await one.unregister();
};
