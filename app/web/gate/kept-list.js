/** The list of a gate for when there is no network: sealed, for seven days, or until its link ends. */

/** Days for which names may lie on a phone that was not online since. */
const DAYS = 7;
const DAY = 86_400_000;

/**
 * @typedef {object} KeptList
 * @property {string} farm its name.
 * @property {string} employer as permits carry it.
 * @property {string} until the last day of the link, YYYY-MM-DD.
 * @property {[string, string][]} hands id and name.
 * @property {number} at when it was loaded, in milliseconds.
 */

const key = (place) => `kept:${place}`;

/** The list as it stands on a page that was just loaded. @param {Document} page @param {object} facts */
export function listOf(page, facts) {
  const boxes = [...page.querySelectorAll('[data-gate-hands] input[name="hands"]')];
  const hands = boxes.map((box) => [box.value, box.labels[0].textContent]);
  const farm = page.querySelector("h1").textContent.trim();
  return { farm, employer: facts.employer, until: facts.until, hands };
}

/** Keep it in the place of the one before. @param {Omit<KeptList, "at">} list @param {number} now */
export async function keepList(rooms, place, list, now) {
  await rooms.put(key(place), await rooms.seal(key(place), { ...list, at: now }));
}

/** Forget it. */
export async function forgetList(rooms, place) {
  await rooms.put(key(place), undefined);
}

/** Whether any gate's list is on this phone. */
export async function hasLists(rooms) {
  return (await rooms.list("kept:")).length > 0;
}

/**
 * Open it; one that is too old, or whose link is over, is forgotten and not shown.
 * @param {number} now milliseconds.
 * @returns {Promise<KeptList | null>}
 */
export async function openList(rooms, place, now) {
  const list = await rooms.unseal(key(place), await rooms.get(key(place)));
  // The day ends at midnight in Honduras, six hours behind.
  const ends = list ? Date.parse(`${list.until}T06:00:00Z`) + DAY : 0;
  if (list && now < ends && now < list.at + DAYS * DAY) return list;
  await forgetList(rooms, place);
  return null;
}
