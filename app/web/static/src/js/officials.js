// Comfort for officials: htmx swaps parts of a page, keys walk the queue. Pages work without it.
import htmx from "htmx.org";
import { focusErrors, guardForms } from "./busy.js";
import { offerPasskeys } from "./passkeys.js";
import { pressMaps } from "./press-map.js";
import { listen } from "./shortcuts.js";
import { openPictures } from "./viewer.js";

// Trusted Types: of all scripts only htmx may make markup of text, and only by this policy (it asks
// this very site, and our templates escape). It never makes scripts of what it was sent.
const refuse = () => {
  throw new TypeError("no script is made of text here");
};
htmx.registerExtension("vereda-swaps", {
  init: (api) => {
    const policy = globalThis.trustedTypes?.createPolicy("vereda-swaps", {
      createHTML: (text) => text,
    });
    const createHTML = policy ? (text) => policy.createHTML(text) : (text) => text;
    api.initSecurity({ createHTML, createScript: refuse }, refuse, refuse);
  },
});

/** A tick box that ticks every row, and the count of what is ticked, read out. */
function countTicks() {
  const all = document.querySelector("[data-tick-all]");
  const count = document.querySelector("[data-tick-count]");
  const boxes = () => [...document.querySelectorAll("[data-tick]")];
  const tell = () => {
    if (count) count.textContent = String(boxes().filter((box) => box.checked).length);
  };
  all?.addEventListener("change", () => {
    for (const box of boxes()) box.checked = all.checked;
    tell();
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-tick]")) tell();
  });
}

focusErrors();
guardForms();
offerPasskeys();
listen();
openPictures();
pressMaps();
countTicks();
