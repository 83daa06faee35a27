/** Finding somebody in a long list, with a network or without: what is typed stays in the browser. */

/** A list that is seen at one look needs no search. */
const SHORT = 8;

/** Letters without accents and capitals: whoever types in a hurry leaves them out. @param {string} text */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Whether every word that was typed begins a word of the name. @param {string} name @param {string} typed */
export function isMeant(name, typed) {
  const parts = plain(name).split(/\s+/);
  return plain(typed).split(/\s+/).filter(Boolean).every((word) => parts.some((part) => part.startsWith(word)));
}

/** The whole list again, for the next one. @param {HTMLElement} fieldset */
export function showAll(fieldset) {
  const input = fieldset.querySelector("[data-gate-find] input");
  input.value = "";
  input.dispatchEvent(new Event("input"));
}

/**
 * Show whom a search means; who is ticked stays in sight, so that nobody is noted unseen.
 * @param {HTMLElement} fieldset of the list.
 */
export function startFinding(fieldset) {
  const search = fieldset.querySelector("[data-gate-find]");
  const input = search.querySelector("input");
  const items = [...fieldset.querySelectorAll(".govuk-checkboxes__item")];
  search.hidden = items.length <= SHORT;
  input.addEventListener("input", () => {
    for (const item of items) {
      const isTicked = item.querySelector("input").checked;
      item.hidden = !isTicked && !isMeant(item.querySelector("label").textContent, input.value);
    }
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault(); // it looks, and notes nothing
  });
}
