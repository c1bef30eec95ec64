// Which day an entry was written, though the clock of a device may be wrong or be set in between.
// Nothing here asks a clock or keeps anything: what is known goes in, what follows comes out.
//
// The clock of the clinic is believed. Each time it answers, a device learns its "skew": how much
// must be added to its own clock. In between, every entry and every opened page leaves a mark:
// what the clock showed ("device"), and how long the page had been open ("mono", by a clock that
// nobody can set; "life" says which page). A page that sleeps stops that second clock, so only a
// clock that was set back is seen at once; one that was set forward looks like sleep until the
// clinic answers again, and its skew says by how much the clock was moved, all in all.

/** @typedef {{device: number, mono: number, life: string}} Mark What clocks showed [ms]. */

/** Clocks that differ by less than this agree [ms]. */
export const SAME_MS = 5 * 60_000;
const DAY_MS = 86_400_000;

/** The day that a clock shows that stands `offset` minutes from UTC. */
export const dayAt = (ms, offset) =>
  new Date(ms + offset * 60_000).toISOString().slice(0, 10);

/** The day so many days later. */
export const shifted = (day, days) =>
  new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

/** What to add to the clock of a device: the clinic told its time between two looks at it. */
export const skewOf = (clinic, before, after) =>
  clinic - (before + after) / 2;

/**
 * How far the clock ran ahead of the page between two marks: 0, or more (it was set forward, or
 * the page slept), or less (it was set back). Null where they are of two pages: nobody knows.
 * @param {Mark} from @param {Mark} to
 */
export const drift = (from, to) => {
  if (from.life !== to.life) return null;
  const ahead = to.device - from.device - (to.mono - from.mono);
  return Math.abs(ahead) <= SAME_MS ? 0 : ahead;
};

/**
 * The skews that each mark may have had, with all that is known; none where nobody can tell.
 * @param {Mark[]} marks In their order: the first when the clinic last answered, the last now.
 * @param {number} first Skew at the first. @param {number} last Skew at the last.
 * @returns {number[][]}
 */
export const skews = (marks, first, last) => {
  const drifts = marks.slice(1).map((mark, gap) => drift(marks[gap], mark));
  const setBack = drifts.map((ahead) => (ahead !== null && ahead < 0 ? ahead : 0));
  const rest = first - last - setBack.reduce((sum, one) => sum + one, 0);
  const stories = [];
  /** Tell a story of moves of the clock; it is believed if time runs forward in it. */
  const tell = (moves) => {
    let skew = first;
    const story = [skew, ...moves.map((move) => (skew -= move))];
    const goesOn = marks.every((mark, place) => place === 0 ||
      mark.device + story[place] >= marks[place - 1].device + story[place - 1] - SAME_MS);
    if (goesOn) stories.push(story);
  };
  const withRestAt = (at) =>
    tell(setBack.map((move, gap) => (gap === at ? move + rest : move)));
  if (Math.abs(rest) <= SAME_MS) {
    tell(setBack);
  } else {
    drifts.forEach((ahead, gap) => {
      const slept = ahead === null ? Infinity : ahead - setBack[gap];
      if (ahead !== 0 && slept - rest >= -SAME_MS) withRestAt(gap);
    });
    const forward = drifts.map((ahead) => ahead ?? 0);
    const all = forward.reduce((sum, one) => sum + one, 0);
    if (Math.abs(all - (first - last)) <= SAME_MS) tell(forward);
  }
  if (stories.length) return marks.map((_, place) => [...new Set(stories.map((s) => s[place]))]);
  // The clock was moved more than once. What came after time last ran backwards is known.
  let known = marks.length - 1;
  while (known > 0 && marks[known - 1].device <= marks[known].device + SAME_MS &&
    (drifts[known - 1] ?? 0) >= 0) known -= 1;
  return marks.map((_, place) => (place >= known ? [last] : []));
};

/**
 * What to do with an entry: the day it stands for and when it was written, or days to ask about.
 * @param {{device: number, offset: number, shown: string, chosen: string|null}} entry
 *   `shown` is the day that the page took for today, `chosen` an earlier one that was chosen.
 * @param {number[]} possible Skews that its mark may have had.
 * @returns {{day: string, felt: number|null} | {ask: string[]}}
 */
export const dayOf = (entry, possible) => {
  const days = [...new Set(possible.map((skew) => dayAt(entry.device + skew, entry.offset)))];
  if (entry.chosen) {
    const isSure = days.length === 1 && days[0] === entry.shown;
    return isSure ? { day: entry.chosen, felt: null } : { ask: [entry.chosen] };
  }
  if (days.length !== 1) return { ask: days.sort() };
  const spread = Math.max(...possible) - Math.min(...possible);
  return { day: days[0], felt: spread <= SAME_MS ? entry.device + possible[0] : null };
};
