/** What stands in the wizard's forms, as texts by field; read, put back, and looked over. */

const isTicked = ({ type }) => type === "checkbox" || type === "radio";

function controls(form) {
  return [...form.elements].filter((one) => one.name && one.type !== "file" && one.type !== "submit");
}

/** The texts of a form by field; what is empty is left out. @param {HTMLFormElement} form */
export function read(form) {
  const typed = {};
  for (const one of controls(form)) {
    const text = isTicked(one) && !one.checked ? "" : one.value.trim();
    if (text) (typed[one.name] ??= []).push(text);
  }
  return typed;
}

/** Put texts back into their fields. @param {HTMLFormElement} form @param {Record<string, string[]>} typed */
export function restore(form, typed = {}) {
  for (const one of controls(form)) {
    const texts = typed[one.name] ?? [];
    if (isTicked(one)) one.checked = texts.includes(one.value);
    else if (texts.length > 0) one.value = texts[0];
  }
}

/**
 * The first control of a question that still needs an answer, or undefined.
 * One of the programme's own may be left open where its file says so.
 * Photos may be missing where somebody says that they will be shown at an office.
 * @param {HTMLFormElement} form
 * @param {Set<string>} photos kinds that are kept.
 */
export function missing(form, photos) {
  if (form.dataset.optional !== undefined) return undefined;
  const typed = read(form);
  const files = [...form.querySelectorAll('input[type="file"]')];
  if (files.length > 0) return Object.keys(typed).length > 0 ? undefined : files.find(({ name }) => !photos.has(name));
  return controls(form).find(({ name }) => !typed[name]);
}

/** The name of what a control is a part of: a day is written in three. */
const wholeOf = ({ name }) => name.replace(/-(day|month|year)$/, "");

const labelOf = (one) => one.labels[0].textContent.trim();

/** One control in the words of the page; of several questions, a text beside its own. */
function wordsOf(one, several) {
  if (isTicked(one)) return labelOf(one);
  if (one.type === "select-one") return one.selectedOptions[0].textContent.trim();
  const text = one.value.trim();
  return several && wholeOf(one) === one.name ? `${labelOf(one)} ${text}` : text;
}

/** What was answered, in the words of the page. @param {HTMLFormElement} form */
export function say(form) {
  const answered = controls(form).filter((one) => (isTicked(one) ? one.checked : one.type !== "hidden" && one.value.trim()));
  const several = new Set(answered.map(wholeOf)).size > 1;
  const told = [];
  for (const [at, one] of answered.entries()) {
    const text = wordsOf(one, several);
    const goesOn = at > 0 && wholeOf(one) !== one.name && wholeOf(one) === wholeOf(answered[at - 1]);
    if (goesOn) told[told.length - 1] += ` ${text}`;
    else told.push(text);
  }
  return told.join(", ");
}
