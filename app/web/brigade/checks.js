/**
 * What can be seen to be wrong while the person is still there. It is a hint and never a wall: the
 * server alone judges (permits/answer_checks.py), and who presses again goes on.
 */

const MONTHS = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"];
const ENGLISH = { jan: 1, apr: 4, aug: 8, dec: 12, set: 9 };

const digitsOf = (text) => text.replace(/\D/g, "");

/** Without marks, in small letters, with single blanks. @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replaceAll(",", " ").trim().replace(/\s+/g, " ");
}

/** Whether a CUI has thirteen digits and its check digit fits (as permits/identity_documents.py). */
export function isCui(text) {
  const digits = digitsOf(text);
  if (digits.length !== 13) return false;
  const sum = [...digits.slice(0, 8)].reduce((total, digit, at) => total + Number(digit) * (at + 2), 0);
  return sum % 11 === Number(digits[8]);
}

/** The month as a number; 0 where it is none. @param {string} text */
function monthOf(text) {
  const plain = fold(text);
  if (/^\d{1,2}$/.test(plain)) return Number(plain);
  const start = plain.slice(0, 3);
  return MONTHS.indexOf(start) + 1 || ENGLISH[start] || 0;
}

/** A day as three fields hold it. @param {(name: string) => string} text */
const partsOf = (text, name) => ["day", "month", "year"].map((part) => text(`${name}-${part}`));

/** Whether there is such a day. */
export function isDay([day, month, year]) {
  const [d, m, y] = [Number(day), monthOf(month), Number(year)];
  const meant = new Date(Date.UTC(y, m - 1, d));
  return y >= 1900 && meant.getUTCMonth() === m - 1 && meant.getUTCDate() === d;
}

/** Whole years from a day of birth to an instant; NaN where there is no such day. */
export function ageOn([day, month, year], at) {
  if (!isDay([day, month, year])) return NaN;
  const [d, m, y] = [Number(day), monthOf(month), Number(year)];
  const had = at.getUTCMonth() > m - 1 || (at.getUTCMonth() === m - 1 && at.getUTCDate() >= d);
  return at.getUTCFullYear() - y - (had ? 0 : 1);
}

/** Whether a text can only mean one of these names, whole or without what follows its comma. */
export function isOneOf(text, names) {
  const wanted = fold(text);
  if (names.some((name) => fold(name) === wanted)) return true;
  return names.filter((name) => fold(name.split(",")[0]) === wanted).length === 1;
}

/**
 * Whether a question is asked after what was typed before; the law decides so again.
 * @param {{step: string, values: string[]} | undefined} condition of its file
 * @param {Record<string, Record<string, string[]>>} typed by step
 */
export function isAsked(condition, typed) {
  if (condition === undefined) return true;
  const told = Object.values(typed[condition.step] ?? {}).flat();
  return told.some((one) => condition.values.includes(one));
}

/**
 * The name of what looks wrong, "" where nothing does.
 * @param {string} step
 * @param {Record<string, string[]>} typed
 * @param {{age: number, places: string[], now: Date}} known of the programme.
 * @returns {"" | "number" | "dni" | "date" | "day" | "young" | "phone" | "place"}
 */
export function doubt(step, typed, { age, places, now }) {
  const text = (name) => typed[name]?.[0] ?? "";
  if (step === "documento") {
    const [kind, number] = [text("document_kind"), text("document_number")];
    if (kind === "hn-dni") return digitsOf(number).length === 13 ? "" : "dni";
    return kind === "gt-dpi" && !isCui(number) ? "number" : "";
  }
  if (step === "lista") return isDay(partsOf(text, "free_from")) ? "" : "day";
  if (step === "nacimiento") {
    const years = ageOn(partsOf(text, "date_of_birth"), now);
    return years >= age && years < 110 ? "" : years < age ? "young" : "date";
  }
  if (step === "telefono") return digitsOf(text("phone")).length >= 8 ? "" : "phone";
  if (step === "municipio") return isOneOf(text("municipality"), places) ? "" : "place";
  return "";
}
