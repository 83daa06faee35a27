/** The permit number that is printed on the card: twelve characters, the last one a check. */

/** 31 characters, none of them easily misread; 31 is prime, so the check finds one wrong one. */
const ALPHABET = "123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** Whether this is a permit number as stored. @param {string} text */
export function isPermitNumber(text) {
  if (text.length !== LENGTH) return false;
  const values = Array.from(text, (character) => ALPHABET.indexOf(character));
  if (values.includes(-1)) return false;
  const sum = values.slice(0, -1).reduce((total, value, at) => total + value * (at + 1), 0);
  return sum % ALPHABET.length === values[LENGTH - 1];
}

/** The number as it is printed, in groups of four. @param {string} number */
export function showPermitNumber(number) {
  return number.match(/.{1,4}/g).join("-");
}
