/** The door for agents: name and PIN, or a passkey, on an enrolled device; then the scanner. */

import { knowsPasskeys, usePasskey } from "../../static/src/js/passkeys.js";
import { byId, onTap, say, show } from "../page.js";
import { openStore } from "../store.js";
import { Refused } from "./asking.js";
import { Entrance } from "./entrance.js";
import { enrolled } from "./keys.js";

const store = await openStore(indexedDB);
const device = await enrolled(store);
const form = byId("enter");

function tell(error) {
  say("said", error instanceof Refused ? error.message : form.dataset.noNetwork);
}

/** A passkey that is not at hand is no missing network. */
function tellOfPasskey(error) {
  if (error instanceof DOMException) say("said", form.dataset.noPasskey);
  else tell(error);
}

async function begin() {
  const entrance = new Entrance(store, (...request) => fetch(...request), device, document.documentElement.lang);
  say("device-name", device.name);
  say("post-name", device.postName);
  const agents = await entrance.agents();
  byId("agent").replaceChildren(...agents.map(({ id, name }) => new Option(name, id)));
  form.hidden = false;
  show("by-passkey", knowsPasskeys());
  onTap("use-passkey", async () => {
    say("said", "");
    try {
      await entrance.enterByPasskey(usePasskey);
      location.assign("/escaner/");
    } catch (error) {
      tellOfPasskey(error);
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("said", "");
    try {
      await entrance.enter(byId("agent").value, byId("pin").value, byId("chosen").value);
      location.assign("/escaner/");
    } catch (error) {
      if (error.code === "pin-to-choose") show("choose", true);
      else if (byId("choose").hidden) byId("pin").value = "";
      tell(error);
    }
  });
}

show("not-enrolled", !device);
if (device) await begin().catch(tell);
