/** Small hands on the page: find an element, fill it, show one view at a time. */

/** The element of this id; a missing one throws, so that no gap in the page stays unseen. */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no element ${id}`);
  return element;
}

/** Run on every tap of a button. @param {string} id @param {() => unknown} act */
export function onTap(id, act) {
  byId(id).addEventListener("click", act);
}

/** Show or hide. @param {string} id @param {boolean} shown */
export function show(id, shown) {
  byId(id).hidden = !shown;
}

/** A text into an element; unchanged text is left alone, so that it is not read out again. */
export function say(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

/** Mark a line with an icon and a text. @param {HTMLElement} line @param {string} state */
export function mark(line, state, text) {
  line.dataset.state = state;
  line.querySelector("use").setAttribute("href", `#state-${state}`);
  const words = line.querySelector("span");
  if (words.textContent !== text) words.textContent = text;
}

/** A pair of a definition list. @param {string} name @param {string} value @param {string} kind */
export function pair(name, value, kind) {
  const row = document.createElement("div");
  row.className = kind;
  const term = document.createElement("dt");
  const detail = document.createElement("dd");
  term.textContent = name;
  detail.textContent = value;
  row.append(term, detail);
  return row;
}

/** Point an icon to a shape of the page. @param {string} id of the `use` element. */
export function drawShape(id, shape) {
  byId(id).setAttribute("href", `#${shape}`);
}

/** Seconds since 1970, by this device. */
export function nowSeconds() {
  return Math.floor(Date.now() / 1000);
}
