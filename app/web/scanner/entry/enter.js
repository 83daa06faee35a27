/** The door for agents: name and PIN, or a passkey, on an enrolled device; then the scanner. */

import { knowsPasskeys, usePasskey } from "../../static/src/js/passkeys.js";
import { sweep } from "../broom.js";
import { ENDED, Ending } from "../ending.js";
import { byId, onTap, say, show } from "../page.js";
import { openStore } from "../store.js";
import { Refused } from "./asking.js";
import { Entrance } from "./entrance.js";
import { enrolled } from "./keys.js";

const store = await openStore(indexedDB);
const device = await enrolled(store);
const form = byId("enter");

const fetcher = (...request) => fetch(...request);
const ending = new Ending(store, fetcher, document.documentElement.lang);

/** How often an ended device offers again what it owes, in milliseconds. */
const AGAIN = 30_000;

/** The device was ended: it hands in what it owes and empties itself, at this door too. */
async function leave() {
  form.hidden = true;
  show("ended", true);
  const { owing, clear } = byId("ended").dataset;
  const owed = await ending.settle();
  if (owed > 0) {
    setTimeout(leave, AGAIN);
    return say("said", owing.replace("{n}", owed));
  }
  await sweep(store);
  say("said", clear);
}

async function tell(error) {
  if (error.code === ENDED && (await ending.look())) return leave();
  say("said", error instanceof Refused ? error.message : form.dataset.noNetwork);
}

/** A passkey that is not at hand is no missing network. */
function tellOfPasskey(error) {
  if (error instanceof DOMException) say("said", form.dataset.noPasskey);
  else tell(error);
}

async function begin() {
  const entrance = new Entrance(store, fetcher, device, document.documentElement.lang);
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
      await tell(error);
    }
  });
}

show("not-enrolled", !device);
if (await ending.isKnown()) await leave();
else if (device) await begin().catch(tell);
