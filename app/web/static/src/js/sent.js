// A form that must not be lost is sent from within its page: a browser that posts into nothing shows
// its own error, and its "reload" sends the words and not the voice or the photos. So the page stays
// until the reply is here, which takes its place. Nothing is kept in the browser, its history neither.
//
// XMLHttpRequest and not fetch: it reads a reply as a document, whose scripts never run. To make one
// of a text, a page with Trusted Types would need a policy of its own.

const PATIENCE = 60_000; // without a byte in either direction; a form sent twice is one complaint

/** The answer to a form; its `response` is null where the network went away. */
function post(address, data) {
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), PATIENCE);
    };
    request.open("POST", address);
    request.responseType = "document";
    request.upload.addEventListener("progress", wait);
    request.addEventListener("progress", wait);
    request.addEventListener("loadend", () => {
      clearTimeout(timer);
      done(request);
    });
    wait();
    request.send(data);
  });
}

/** What was recorded or chosen goes along to the same form; no server can put a file there. */
function carryFiles(before, form) {
  if (!form || "fresh" in form.dataset) return;
  for (const field of before.querySelectorAll("input[type=file]")) {
    const same = form.querySelector(`input[type=file][name="${field.name}"]`);
    if (same && field.files.length) same.files = field.files;
  }
}

/** Show a reply in the place of this page; the frame around it, and its scripts, are the same. */
function show(reply, before, hash) {
  const { lang, dir } = reply.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  document.title = reply.title;
  for (const part of ["header", "main", "footer"]) {
    document.querySelector(`body ${part}`).replaceWith(reply.querySelector(`body ${part}`));
  }
  const main = document.querySelector("main");
  carryFiles(before, main.querySelector(`form[id="${before.id}"][data-stays]`));
  main.focus({ preventScroll: true });
  const place = hash && document.getElementById(hash.slice(1));
  place ? place.scrollIntoView() : window.scrollTo(0, 0);
  return main;
}

/** Why a form is still here, in words: no answer, or an error's page, which has no form. */
function whyNot({ status, response }, said) {
  if (!response?.querySelector("body main")) return said.dataset.unsent;
  if (status < 400 || response.querySelector("main form")) return "";
  const [what, ...advice] = response.querySelectorAll("main h1, main p");
  return [`${what.textContent.trim()}.`, ...advice.map((one) => one.textContent)].join(" ");
}

/** While it goes, the button says so. Returned is what sets it free. */
function busy(button) {
  if (!button?.dataset.busy) return () => {};
  const text = button.textContent;
  button.setAttribute("aria-disabled", "true");
  button.textContent = button.dataset.busy;
  return () => {
    button.removeAttribute("aria-disabled");
    button.textContent = text;
  };
}

/**
 * Send every form[data-stays] so, and again by its [data-again]; a second press waits for the first.
 * `revive` is told the part of the page that a reply brought.
 */
export function sendWithin(revive) {
  let sending = false;
  let pressed = null;

  async function send(form, button) {
    if (sending) return;
    sending = true;
    pressed = button;
    const data = new FormData(form);
    if (button?.name) data.append(button.name, button.value);
    const address = new URL(button?.hasAttribute("formaction") ? button.formAction : form.action);
    const [said, kept] = ["said", "kept"].map((name) => form.querySelector(`[data-${name}-unsent]`));
    said.textContent = "";
    kept.hidden = true;
    const free = busy(button);
    const answer = await post(address, data);
    sending = false;
    const why = whyNot(answer, said);
    if (!why) return revive(show(answer.response, form, address.hash));
    free();
    said.textContent = why;
    kept.hidden = false;
  }

  // Before busy.js hears of it, which marks the button as at work.
  const first = (event) => {
    if (!event.target.matches("form[data-stays]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    send(event.target, event.submitter);
  };
  document.addEventListener("submit", first, { capture: true });
  document.addEventListener("click", (event) => {
    const again = event.target.closest("[data-again]");
    if (again) send(again.form, pressed);
  });
}
