/** What a permit says once its signature holds: codes, never labels. */

import * as claim from "./claims.js";
import { asMap, Malformed, readClaims, readInstant, readOptionalText } from "./claims.js";
import { readText, readTexts } from "./claims.js";

/** The one version of the permit claim that this reader knows. */
const SCHEMA = 1;

/** Stands in the place of the employer's id while none is attached: the pool of a department. */
const POOL = "pool";

/**
 * Whether an employer is attached to a permit.
 * @param {{employerId: string}} permit
 */
export const hasEmployer = (permit) => permit.employerId !== POOL;

/** The permit claim is of a schema that this reader does not know. */
export class UnsupportedVersion extends Error {}

/**
 * A permit as read; instants in seconds, `exp` is the midnight that ends the last day.
 * @typedef {object} Permit
 * @property {string} issuer
 * @property {string} number
 * @property {number} iat
 * @property {number} nbf
 * @property {number} exp
 * @property {string} documentNumber
 * @property {string} fullName
 * @property {string} dateOfBirth YYYYMMDD
 * @property {number} sex 1 male, 2 female, 3 other
 * @property {string} nationality alpha-3
 * @property {string} documentCountry alpha-3
 * @property {string} kind the programme's code
 * @property {string} employerName
 * @property {string} employerId
 * @property {string} occupation ISCO-08
 * @property {string[]} departments ISO 3166-2
 * @property {string[]} agencies
 * @property {number} conditions
 * @property {string[]} posts empty: any post
 * @property {string} statusUri
 * @property {number} statusIndex
 * @property {string | null} secondName
 */

/**
 * Read the payload of a credential whose signature held.
 * @param {Uint8Array} payload
 * @returns {Permit}
 * @throws {UnsupportedVersion | Malformed}
 */
export function readPermit(payload) {
  const claims = readClaims(payload);
  const permit = asMap(claims.get(claim.CLAIM_PERMIT));
  if (readInstant(permit, 1) !== SCHEMA) throw new UnsupportedVersion();
  const identity = readIdentity(claims.get(claim.CLAIM_IDENTITY));
  const status = asMap(asMap(claims.get(claim.CLAIM_STATUS)).get("status_list"));
  readOptionalText(identity, 20);
  readOptionalText(identity, 22);
  return {
    issuer: readText(claims, claim.CLAIM_ISS),
    number: readText(claims, claim.CLAIM_SUB),
    iat: readInstant(claims, claim.CLAIM_IAT),
    nbf: readInstant(claims, claim.CLAIM_NBF),
    exp: readInstant(claims, claim.CLAIM_EXP),
    documentNumber: readText(identity, 1),
    fullName: readText(identity, 4),
    dateOfBirth: readDay(identity, 8),
    sex: readSex(identity, 9),
    nationality: readText(identity, 13),
    documentCountry: readText(identity, 23),
    kind: readText(permit, 2),
    employerName: readText(permit, 3),
    employerId: readText(permit, 4),
    occupation: readText(permit, 5),
    departments: readTexts(permit, 6),
    agencies: readTexts(permit, 7),
    conditions: readInstant(permit, 8),
    posts: permit.has(9) ? readTexts(permit, 9) : [],
    statusUri: readText(status, "uri"),
    statusIndex: readInstant(status, "idx"),
    secondName: readOptionalText(identity, 19),
  };
}

/** Claim 169 is a map, or (profile of Inji) a byte string with a map. */
function readIdentity(value) {
  if (!(value instanceof Uint8Array)) return asMap(value);
  return readClaims(value);
}

function readDay(claims, key) {
  const day = readText(claims, key);
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  if (!match) throw new Malformed("not a day");
  const [year, month, date] = match.slice(1).map(Number);
  const real = new Date(0);
  real.setUTCFullYear(year, month - 1, date);
  if (year < 1 || real.getUTCMonth() !== month - 1 || real.getUTCDate() !== date) {
    throw new Malformed("not a day of the calendar");
  }
  return day;
}

function readSex(claims, key) {
  const code = readInstant(claims, key);
  if (code < 1 || code > 3) throw new Malformed("sex");
  return code;
}
