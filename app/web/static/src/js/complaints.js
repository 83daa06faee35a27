// Comfort for who tells something: a quick way out, printing, a voice (recorder.js), a number said
// aloud (spoken.js), and the network asked for before a form goes (asked.js). Nothing is kept in the browser.
import { askFirstOf } from "./asked.js";
import "./recorder.js";
import { sayNumbersOf } from "./spoken.js";

const AWAY_KEYS = 3;

/** Leave so that "back" does not lead here: the page is emptied first, as a slow network waits. */
function leave(address) {
  document.body.replaceChildren();
  document.title = "";
  window.location.replace(address);
}

function offerLeaving() {
  const link = document.querySelector("[data-leave]");
  if (!link) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link.href);
  });
  let pressed = 0;
  document.addEventListener("keydown", (event) => {
    pressed = event.key === "Escape" ? pressed + 1 : 0;
    if (pressed === AWAY_KEYS) leave(link.href);
  });
}

function offerPrinting() {
  const button = document.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

if (typeof document !== "undefined") {
  offerLeaving();
  offerPrinting();
  askFirstOf();
  sayNumbersOf();
}
