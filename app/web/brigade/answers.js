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

/** What was answered, in the words of the page. @param {HTMLFormElement} form */
export function say(form) {
  const told = controls(form)
    .filter((one) => (isTicked(one) ? one.checked : one.type !== "hidden" && one.value.trim()))
    .map((one) => (isTicked(one) ? one.labels[0].textContent.trim() : one.value.trim()));
  return told.join(", ");
}
