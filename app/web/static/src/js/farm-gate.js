// A gate's form when the network is away: it waits on the phone and goes out by itself.
import { GateQueue, openRooms } from "./gate-queue.js";

const form = document.querySelector("form[data-gate]");

/** Words of the page with a number or names in the place of {}. */
function tell(words, what = "") {
  const line = form.querySelector("[data-gate-state]");
  line.textContent = words.replace("{}", String(what));
  line.hidden = false;
}

async function flush(queue) {
  if (!(await queue.list()).length) return;
  const { left, refused } = await queue.flush();
  if (refused.length) tell(form.dataset.refused, refused.join(", "));
  else tell(left ? form.dataset.waiting : form.dataset.sent, left);
}

async function keep(queue) {
  const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)]);
  await queue.add(fields, new Date());
  form.reset();
  // The next one is another movement: it gets an id of its own.
  form.elements.namedItem("id").value = crypto.randomUUID();
  tell(form.dataset.waiting, (await queue.list()).length);
}

async function begin() {
  const queue = new GateQueue(await openRooms(indexedDB), form.action, (...asked) => fetch(...asked));
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    keep(queue);
  });
  addEventListener("online", () => flush(queue));
  await flush(queue);
}

if (form) begin();
