// Comfort for who tells something: a quick way out, printing, a voice (recorder.js), a number said
// aloud (spoken.js), and a form that stays until it arrived (sent.js). Nothing is kept in the browser.
import { focusErrors, guardForms } from "./busy.js";
import { shrinkPhotos } from "./photos.js";
import { offerRecordings } from "./recorder.js";
import { sendWithin } from "./sent.js";
import { sayNumbersOf } from "./spoken.js";

const AWAY_KEYS = 3;

/** Leave so that "back" does not lead here: the page is emptied first, as a slow network waits. */
function leave(address) {
  document.body.replaceChildren();
  document.title = "";
  window.location.replace(address);
}

function offerLeaving() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-leave]");
    if (!link) return;
    event.preventDefault();
    leave(link.href);
  });
  let pressed = 0;
  document.addEventListener("keydown", (event) => {
    pressed = event.key === "Escape" ? pressed + 1 : 0;
    const link = document.querySelector("[data-leave]");
    if (link && pressed === AWAY_KEYS) leave(link.href);
  });
}

function offerPrinting(root = document) {
  const button = root.querySelector("[data-print]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

if (typeof document !== "undefined") {
  offerLeaving();
  offerPrinting();
  sayNumbersOf();
  const revived = [guardForms, shrinkPhotos, offerRecordings, offerPrinting, sayNumbersOf];
  sendWithin((main) => {
    for (const revive of [...revived, focusErrors]) revive(main);
  });
}
