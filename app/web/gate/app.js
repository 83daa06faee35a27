/**
 * A farm's gate on a phone: whatever is noted is kept first and sent then, so that no network, or one
 * that is none, loses anything. Without this program the page's form is sent as any other.
 */

import { Words } from "../scanner/words.js";
import { CameraPart } from "./camera-part.js";
import { showAll, startFinding } from "./find.js";
import { forgetList, hasLists, keepList, listOf, openList } from "./kept-list.js";
import { Left } from "./left.js";
import { GateNotes } from "./notes.js";
import { dropShell, keepLanguage, keepShell } from "./preparing.js";
import { openRooms, placeOf } from "./rooms.js";

const EVERY_MS = 60_000;

/** A second press within this is the same one. */
const TWICE_MS = 1500;

/** How long whoever scans waits for an answer: a bus has fifty people. */
const QUICK_MS = 2500;

/** A gate's address, as the kept page has it from the address bar. */
const GATE = /^\/porton\/[\w-]{20,}$/;

const at = (name) => document.querySelector(`[data-gate-${name}]`);
const facts = JSON.parse(document.getElementById("gate-facts").textContent);
const words = new Words({ lang: facts.lang, verdicts: {}, reasons: {}, texts: facts.words });
const form = document.querySelector("form[data-gate]");
/** The kept page is everybody's: which gate it is for stands in the address bar alone. */
const isKept = facts.address === "";
const address = isKept ? (GATE.exec(location.pathname)?.[0] ?? "") : facts.address;

const rooms = await openRooms(indexedDB);
const place = await placeOf(address);
const notes = new GateNotes(rooms, place, `${address}/notas.json`, (...asked) => fetch(...asked), navigator.locks);
const nameOf = (hand) => document.getElementById(`hand-${hand}`)?.labels[0].textContent ?? words.text("listed");
const left = new Left(at("left"), words, nameOf, async (id) => {
  await notes.drop(id);
  await show(lastHeld);
});
let lastHeld = "";
let employer = facts.employer;
let camera = null;
let asked = false;

async function show(held) {
  lastHeld = held;
  left.draw(await notes.list(), held);
}

/** Send what waits and show what is left; a link that is over keeps no names here either. */
async function flush() {
  const { held, noted } = await notes.flush();
  await show(held);
  if (held === "ended") await forgetList(rooms, place);
  return { held, noted };
}

/** What waited went out by itself: the page is asked for anew, unless somebody is at work on it. */
async function flushAll() {
  const { held, noted } = await flush();
  if (held || noted.length === 0) return;
  const atWork = form && (camera?.isOpen || readForm().length > 0);
  if (!form || atWork) await showSent();
  else location.replace(outcome(noted, direction() || "entry"));
}

async function showSent() {
  if ((await notes.list()).length === 0) left.drawSent();
}

/** The page that says what became of what was noted. */
function outcome(noted, way) {
  const done = [...new Set(noted.map(({ belonging }) => belonging))].sort().join(",");
  return `${address}?hecho=${done}&sentido=${way}`;
}

const direction = () => new FormData(form).get("direction") ?? "";

/** Keep them, and say at once that they are kept: sending may take its time. */
async function keep(said, paper = null) {
  const now = new Date();
  const ids = [];
  for (const one of said) ids.push(await notes.add(paper ? { ...one, paper: true } : one, paper ?? now));
  if (ids.length && !asked) asked = Boolean(navigator.storage?.persist?.()); // some browsers ask their person
  await show(lastHeld);
  return ids;
}

/** A phone that is full, or keeps nothing, keeps no note: it is sent as any form, or told at once. */
function notKept() {
  if (!isKept) return form.submit();
  at("kept").textContent = words.text("not_saved");
  at("kept").scrollIntoView();
}

/** After a form: the register as it is now, where there is a network, else the next one. */
async function takeForm(said, hour) {
  try {
    await keep(said, hour);
  } catch {
    return notKept();
  }
  for (const box of form.querySelectorAll('input[name="hands"]')) box.checked = false;
  form.elements.namedItem("text").value = "";
  form.elements.namedItem("happened_at").value = "";
  if (at("hands")) showAll(at("hands"));
  at("left").scrollIntoView();
  flushAll();
}

function readForm() {
  const typed = new FormData(form);
  const text = String(typed.get("text") ?? "").trim();
  const way = direction();
  const hands = typed.getAll("hands").map((hand) => ({ direction: way, hand: String(hand) }));
  return way === "" ? [] : [...hands, ...(text ? [{ direction: way, text }] : [])];
}

/** What stood on paper, in the hour of Honduras wherever the phone thinks it is; null for nothing. */
function hourOf() {
  const typed = form.elements.namedItem("happened_at").value.trim();
  return typed ? new Date(`${typed.replace(" ", "T")}-06:00`) : null;
}

let busy = false;

async function submitted(event) {
  if (event.submitter?.name) return; // another language: the page is asked for, and nothing is noted
  if (busy) return event.preventDefault(); // pressed twice: it is noted, and the form is empty
  const [said, hour] = [readForm(), hourOf()];
  const isWrong = said.length === 0 || Number.isNaN(hour?.getTime());
  // What is missing or wrong is said by the service, by field; where there is none, here.
  if (isWrong && !isKept) return;
  event.preventDefault();
  if (isWrong) {
    at("kept").textContent = words.text("incomplete");
    return;
  }
  busy = true;
  setTimeout(() => {
    busy = false;
  }, TWICE_MS);
  await takeForm(said, hour);
}

/** What became of a scanned permit; the next one waits no longer than a moment for the network. */
async function noteScanned(text) {
  const [id] = await keep([{ direction: direction() || "entry", text }]).catch(() => []);
  if (!id) return words.text("not_saved");
  const late = new Promise((resolve) => setTimeout(resolve, QUICK_MS));
  const sent = await Promise.race([flush(), late]);
  const waiting = (await notes.list()).find((note) => note.id === id);
  if (waiting) return waiting.told ?? words.text("saved");
  const answer = sent?.noted.find((one) => one.id === id);
  return answer ? `${words.text("noted")} ${answer.words}` : words.text("noted");
}

/** The register with what was scanned, where the service has just answered; else the page stays. */
async function showRegister() {
  const waits = (await notes.list()).some(({ told }) => told === undefined);
  if (lastHeld === "" && !waits) location.assign(address);
}

/** @param {boolean} knowsFarm without its employer the camera could tell nobody whether they belong. */
function startForm(knowsFarm = true) {
  form.addEventListener("submit", submitted);
  if (at("hands")) startFinding(at("hands"));
  if (!knowsFarm) return;
  const parts = { rooms, facts, words, direction: () => direction() || "entry", note: noteScanned };
  camera = new CameraPart(at("scan"), { ...parts, employer: () => employer, closed: showRegister });
}

/** The kept page: the farm and its list as they were loaded last. */
async function openKept() {
  const list = await openList(rooms, place, Date.now());
  const told = list ? "kept" : address === "" ? "no_gate" : "none_kept";
  at("kept").textContent = words.text(told, list ? { what: words.moment(list.at / 1000) } : {});
  if (address === "") return;
  if (list) showList(list);
  at("open").hidden = false;
  startForm(list !== null);
}

function showList(list) {
  employer = list.employer;
  document.querySelector("h1").textContent = list.farm;
  const fieldset = at("hands");
  const empty = fieldset.querySelector("template");
  for (const [id, name] of list.hands) {
    const box = empty.content.cloneNode(true);
    Object.assign(box.querySelector("input"), { id: `hand-${id}`, value: id });
    Object.assign(box.querySelector("label"), { htmlFor: `hand-${id}`, textContent: name });
    empty.before(box);
  }
  fieldset.hidden = list.hands.length === 0;
}

const saidOf = (list) => words.text("prepared", { what: words.moment(list.at / 1000) });

function tellPrepared(text, ready) {
  const line = document.querySelector("[data-prepare-state]");
  Object.assign(line, { hidden: false, textContent: text });
  document.querySelector("[data-forget]").hidden = !ready;
  document.querySelector("[data-prepare]").hidden = ready;
}

async function prepare() {
  tellPrepared(words.text("preparing"), false);
  navigator.storage?.persist?.();
  try {
    const { prepareReader, refreshLists } = await import(facts.scan);
    await Promise.all([keepShell(), prepareReader(facts.wasm), refreshLists(rooms, facts.roots)]);
    await renewList();
  } catch {
    return tellPrepared(words.text("not_prepared"), false);
  }
  tellPrepared(saidOf(await openList(rooms, place, Date.now())), true);
}

async function renewList() {
  await keepList(rooms, place, listOf(document, facts), Date.now());
  await keepLanguage(facts.lang);
}

async function forget() {
  await forgetList(rooms, place);
  if (!(await hasLists(rooms))) await dropShell();
  tellPrepared(words.text("forgotten"), false);
}

/** On the foreman's own page, with a network: renew what is kept, or offer to keep it. */
async function startPreparing() {
  if (!navigator.serviceWorker || !facts.until) return;
  at("prepare").hidden = false;
  document.querySelector("[data-prepare]").addEventListener("click", prepare);
  document.querySelector("[data-forget]").addEventListener("click", forget);
  if (!(await openList(rooms, place, Date.now()))) return;
  await renewList();
  tellPrepared(saidOf(await openList(rooms, place, Date.now())), true);
}

async function start() {
  if (isKept) await openKept();
  else if (form) startForm();
  else await forgetList(rooms, place); // the link is over
  if (form && !isKept) await startPreparing();
  at("left").querySelector("[data-gate-send]").addEventListener("click", flushAll);
  addEventListener("online", flushAll);
  setInterval(async () => (await notes.list()).length && flushAll(), EVERY_MS);
  if ((await notes.list()).length) await flushAll();
}

await start();
