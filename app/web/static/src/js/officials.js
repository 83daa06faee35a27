// Comfort for officials: htmx swaps parts of a page, keys walk the queue. Pages work without it.
import "htmx.org";
import { focusErrors, guardForms } from "./busy.js";
import { listen } from "./shortcuts.js";

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
listen();
countTicks();
