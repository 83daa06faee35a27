/** First letters only: enough to tell apart, too little to learn who it is. @param {string} name */
export function initials(name) {
  return name
    .split(/\s+/)
    .filter(Boolean)
    .map((part) => `${[...part][0].toUpperCase()}.`)
    .join(" ");
}
