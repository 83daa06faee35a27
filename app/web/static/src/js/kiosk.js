// A shared tablet: asks whether somebody is still there, and leads to the end where nobody answers.
// Without JavaScript the page leads there by itself (templates/layouts/base.html).

const warning = document.getElementById("kiosk-warning");
const { warn, wait, end } = warning.dataset;
let timer;

/** Nothing typed by one person is offered to the next. */
for (const field of document.querySelectorAll("form, input")) field.autocomplete = "off";

function finish() {
  location.replace(end);
}

function ask() {
  warning.showModal();
  timer = setTimeout(finish, wait * 1000);
}

function begin() {
  clearTimeout(timer);
  timer = setTimeout(ask, warn * 1000);
}

for (const sign of ["pointerdown", "keydown", "scroll", "input"]) {
  addEventListener(sign, () => warning.open || begin(), { passive: true });
}
warning.addEventListener("close", begin);
begin();
