/** Words for the screen: every text comes from the page, in the page's language. */

const TIME_ZONE = "America/Tegucigalpa";

/**
 * The texts that the page carries.
 * @typedef {object} Wording
 * @property {string} lang `es` or `en`.
 * @property {Record<string, string>} verdicts one word for each colour.
 * @property {Record<string, {reason: string, act: string}>} reasons by code.
 * @property {Record<string, string>} texts everything else; `{name}` stands for a value.
 */

/**
 * Read the wording from the page's data block.
 * @param {Document} page
 * @returns {Wording}
 */
export function readWording(page) {
  return JSON.parse(page.getElementById("wording").textContent);
}

/** Fills texts and writes instants in the language of the page. */
export class Words {
  /** @param {Wording} wording */
  constructor(wording) {
    this.wording = wording;
    this.locale = wording.lang === "es" ? "es-HN" : "en-GB";
    const day = { day: "numeric", month: "long", year: "numeric" };
    this.dates = new Intl.DateTimeFormat(this.locale, { ...day, timeZone: TIME_ZONE });
    this.plainDates = new Intl.DateTimeFormat(this.locale, { ...day, timeZone: "UTC" });
    const moment = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    this.moments = new Intl.DateTimeFormat(this.locale, { ...moment, timeZone: TIME_ZONE });
    this.spans = new Intl.RelativeTimeFormat(this.locale, { numeric: "always" });
  }

  /**
   * A text with its values.
   * @param {string} key a key of `texts`; an unknown one throws, so that no gap stays unseen.
   * @param {Record<string, string | number>} [values]
   */
  text(key, values = {}) {
    const text = this.wording.texts[key];
    if (text === undefined) throw new Error(`no text for ${key}`);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  }

  /** An alert is on the device; whom to call at once. @param {string | null} phone */
  alertSaved(phone) {
    return phone ? this.text("alert_saved_phone", { phone }) : this.text("alert_saved");
  }

  /** The one word of a verdict. @param {string} verdict */
  verdict(verdict) {
    return this.wording.verdicts[verdict];
  }

  /** The reason and what to do now. @param {string} code */
  reason(code) {
    return this.wording.reasons[code];
  }

  /**
   * The last day of a permit, written out: `exp` is the instant after it.
   * @param {number} exp seconds since 1970.
   */
  lastDay(exp) {
    return this.dates.format(new Date((exp - 1) * 1000));
  }

  /** The legal day of an instant. @param {number} seconds since 1970. */
  day(seconds) {
    return this.dates.format(new Date(seconds * 1000));
  }

  /** Day, hour and minute. @param {number} seconds since 1970. */
  moment(seconds) {
    return this.moments.format(new Date(seconds * 1000));
  }

  /** A date of birth. @param {string} digits YYYYMMDD; anything else is shown as it is. */
  birthDate(digits) {
    const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits);
    if (!match) return digits;
    const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
    return this.plainDates.format(date);
  }

  /**
   * How long ago, in the largest whole unit.
   * @param {number} seconds an age; below a minute it counts as now.
   */
  ago(seconds) {
    if (seconds < 60) return this.text("just_now");
    if (seconds < 3600) return this.spans.format(-Math.floor(seconds / 60), "minute");
    if (seconds < 172800) return this.spans.format(-Math.floor(seconds / 3600), "hour");
    return this.spans.format(-Math.floor(seconds / 86400), "day");
  }

  /** Mebibytes or gibibytes, rounded. @param {number} bytes */
  size(bytes) {
    const mega = bytes / 1048576;
    const large = mega >= 1024;
    const number = new Intl.NumberFormat(this.locale, { maximumFractionDigits: large ? 1 : 0 });
    return `${number.format(large ? mega / 1024 : mega)} ${large ? "GB" : "MB"}`;
  }
}
