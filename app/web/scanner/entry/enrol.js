/** The door for enrolling: the code of the address, or a typed one. */

import { byId, say, show } from "../page.js";
import { openStore } from "../store.js";
import { Refused } from "./asking.js";
import { enrol, readFragment } from "./enrolment.js";
import { enrolled } from "./keys.js";

const store = await openStore(indexedDB);
const form = byId("enrol");

show("already", Boolean(await enrolled(store)));
const { code, prints } = readFragment(location.hash.slice(1));
byId("code").value = code;
// The code works once, and stands in no history.
history.replaceState(null, "", location.pathname + location.search);

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  say("said", "");
  try {
    const fetcher = (...request) => fetch(...request);
    const { name, postName } = await enrol(
      store,
      fetcher,
      byId("code").value,
      document.documentElement.lang,
      prints,
    );
    await navigator.storage?.persist?.().catch(() => false);
    say("device-name", name);
    say("post-name", postName);
    form.hidden = true;
    show("already", false);
    show("done", true);
  } catch (error) {
    say("said", error instanceof Refused ? error.message : form.dataset.noNetwork);
  }
});
form.hidden = false; // pressed before, it would be sent by the browser itself, without its code
