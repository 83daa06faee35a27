// A form that would be lost without a network asks for it first: a browser that posts into nothing
// shows its own error, and its "reload" sends the words and not the voice or the photos. So the
// page lets go only once the service has answered. Nothing of it is kept in the browser.

const PATIENCE = 10_000;

/** Whether the service answers now and could keep a form, within ten seconds. */
async function answers(address) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const asking = { cache: "no-store", credentials: "omit", signal: stop.signal };
    return (await fetch(address, asking)).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Ask before each sending of this form; without an answer it stays as it is, and says so. */
function askFirst(form) {
  const said = form.querySelector("[data-unsent]");
  let asking = false;
  let sure = false;
  const ask = async (button) => {
    asking = true;
    said.textContent = said.dataset.asking;
    sure = await answers(form.dataset.asks);
    asking = false;
    said.textContent = sure ? "" : said.dataset.unsent;
    if (sure) button ? button.click() : form.submit();
  };
  // Before busy.js hears of it, which marks the button as at work.
  const first = (event) => {
    if (event.target !== form || sure) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!asking) ask(event.submitter);
  };
  document.addEventListener("submit", first, { capture: true });
}

/** Every form that names an address to ask at. */
export function askFirstOf(root = document) {
  root.querySelectorAll("form[data-asks]").forEach(askFirst);
}
