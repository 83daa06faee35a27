/** The door of the scanner: opens the store, wires the views, and keeps data and queue moving. */

import { Bar } from "./bar.js";
import { Camera } from "./camera.js";
import { Device } from "./device.js";
import { Ending } from "./ending.js";
import { EndingView } from "./ending-view.js";
import { enrolled, sign } from "./entry/keys.js";
import { FaceSeek } from "./face-view.js";
import { judgeFace } from "./face.js";
import { Feedback } from "./feedback.js";
import { freshId } from "./fresh-id.js";
import { HaltView } from "./halt-view.js";
import { Lock } from "./lock.js";
import { LockView } from "./lock-view.js";
import { LoneView } from "./lone-view.js";
import { lookUp } from "./lookup.js";
import { byId, nowSeconds, onTap, say, show } from "./page.js";
import { PrepareView } from "./prepare-view.js";
import { CrossingQueue, recordAlert, recordCrossing } from "./queue.js";
import { prepareReader } from "./reader.js";
import { ENDING_TEXTS, Refresher } from "./refresh.js";
import { FRAME_MARK, ScanView } from "./scan-view.js";
import { judge } from "./scans.js";
import { tellShortWay } from "./short-way.js";
import { openStore } from "./store.js";
import { Updates } from "./updates.js";
import { VerdictView } from "./verdict-view.js";
import { readWording, Words } from "./words.js";

/** Name of the measure that a benchmark reads: from the frame taken to the verdict drawn, in ms. */
const MEASURE = "vereda:frame-to-verdict";

const FLUSH_EVERY = 15_000;
const REFRESH_EVERY = 15 * 60_000;
const REDRAW_EVERY = 20_000;
const LOCK_LOOK_EVERY = 5_000;

/** The scanner: which view is open, and what happens between them. */
class Scanner {
  constructor(store, words) {
    this.store = store;
    this.words = words;
    this.device = new Device(store);
    this.refresher = new Refresher(store, (...request) => fetch(...request), nowSeconds);
    const tell = (state) => {
      this.bar.drawQueue(state);
      if (state.reached !== null) this.bar.heard(state.reached);
      this.verdictView.tell(state.outcomes);
      this.loneView.tell(state.outcomes);
    };
    const signed = (...what) => this.#sign(...what);
    this.ending = new EndingView(words, new Ending(store, (...request) => fetch(...request), words.wording.lang));
    this.queue = new CrossingQueue(store, (...request) => fetch(...request), tell, signed);
    this.view = "prepare";
  }

  /** Build the views on what the device knows, then bring it up to date. */
  async start() {
    if (await this.ending.isKnown()) return this.ending.run();
    await this.device.load();
    const { words, device } = this;
    this.bar = new Bar(words, device);
    const camera = new Camera(byId("video"));
    this.feedback = new Feedback(device.muted);
    this.updates = new Updates(() => this.bar.offerUpdate(), () => this.#draw());
    const refresh = () => this.refresh(true);
    const enrol = async () => {
      await device.forget();
      await this.refresh(true);
    };
    this.prepareView = new PrepareView({ words, device, camera, updates: this.updates, refresh, enrol });
    const found = async (text) => (await this.faceSeek.take(text)) || this.#judge(text);
    this.scanView = new ScanView({ words, device, camera, feedback: this.feedback, found });
    const record = (verdict, direction, minors) => this.#record(verdict, direction, minors);
    const raise = (minors, direction, number = null) => this.#raise(minors, direction, number);
    this.verdictView = new VerdictView({ words, device, next: () => this.#next(), record, raise });
    const { scanView, verdictView, feedback } = this;
    this.faceSeek = new FaceSeek({ words, device, scanView, verdictView, feedback });
    this.loneView = new LoneView({ words, device, raise });
    const close = () => this.#putAway();
    const open = () => {
      this.#goOn();
      this.refresh(false);
    };
    this.haltView = new HaltView({ device, close, open });
    this.lockView = new LockView({ words, lock: new Lock(this.store, () => Date.now()), close, open });
    await this.lockView.look();
    this.haltView.look();
    this.#listen();
    await this.#draw();
    await this.updates.start(words.wording.lang);
    await Promise.all([this.#prepareReader(), this.refresh(false), this.queue.refresh()]);
    await this.queue.flush();
  }

  #listen() {
    onTap("start", () => this.#begin());
    onTap("to-prepare", () => this.#open("prepare"));
    onTap("update-now", () => this.updates.apply());
    onTap("halted-refresh", () => this.refresh(true));
    document.addEventListener("visibilitychange", () => this.#visibility());
    document.addEventListener("keydown", (event) => this.#typeAnywhere(event));
    addEventListener("online", () => {
      this.#flush();
      this.refresh(false);
    });
    addEventListener("offline", () => this.bar.draw());
    this.timers = [
      setInterval(() => this.#flush(), FLUSH_EVERY),
      setInterval(() => this.refresh(false), REFRESH_EVERY),
      setInterval(() => this.#draw(), REDRAW_EVERY),
      setInterval(() => this.lockView.look(), LOCK_LOOK_EVERY),
    ];
  }

  #flush() {
    if (!this.ending.shown) this.queue.flush();
  }

  /** The device's signature of what it uploads; null where it is not enrolled. */
  async #sign(purpose, key, body) {
    const device = await enrolled(this.store);
    return device ? sign(device.privateKey, purpose, device.id, key, body) : null;
  }

  async #prepareReader() {
    await prepareReader(document.body.dataset.wasm).catch(() => {});
  }

  /** Fetch everything. @param {boolean} asked whether a person waits for the answer. */
  async refresh(asked) {
    if (asked) say("prepare-summary", this.words.text("refreshing"));
    if (await this.ending.look()) return this.#end();
    const ending = await this.refresher.refresh(!this.lockView.shown);
    if (this.ending.shown) return;
    await this.device.load();
    this.haltView.look();
    this.bar.heard(ending !== "no-network");
    if (ending === "sign-in") this.bar.askSignIn();
    if (ending === "refreshed" && !this.lockView.shown) this.bar.signedIn();
    await this.#draw();
    const alarm = ending === "refused" || ending === "roots";
    if (asked || alarm) say("prepare-summary", this.words.text(ENDING_TEXTS[ending]));
    if (asked) await this.updates.look();
  }

  /** The device was ended: nothing of it is seen any more, and it empties itself. */
  async #end() {
    this.timers?.forEach(clearInterval);
    this.#putAway();
    await this.ending.run();
  }

  async #draw() {
    if (this.ending.shown) return;
    await this.device.noteNow(nowSeconds());
    this.bar.draw();
    if (this.view === "prepare") await this.prepareView.draw();
  }

  /** The first tap: sound is allowed from here on, and the data may be kept for good. */
  async #begin() {
    this.feedback.unlock();
    await navigator.storage?.persist?.().catch(() => false);
    await this.#open("scan");
  }

  async #open(view) {
    this.scanView.stop();
    this.view = view;
    show("view-prepare", view === "prepare");
    show("view-scan", view === "scan");
    document.title = `${this.words.text(`title_${view}`)} · Vereda`;
    byId(`${view}-title`).focus({ preventScroll: true });
    scrollTo(0, 0);
    if (view === "scan") await this.scanView.start();
    else await this.prepareView.draw();
  }

  async #judge(text) {
    const verdict = await this.#verdictOn(text);
    this.verdictView.show(verdict);
    this.#measure(verdict);
    document.title = `${this.words.verdict(verdict.colour)} · Vereda`;
    this.feedback.give(verdict.colour);
    if (verdict.reason === "unknown-key") await this.#askOnce(text);
    const fetcher = (...request) => fetch(...request);
    tellShortWay(text, verdict, this.bar.online, fetcher, (green) => this.verdictView.tellWay(green));
  }

  async #verdictOn(text) {
    const reader = this.device.reader(nowSeconds());
    const judged = await judge(text, reader);
    if (judged.reason === "typed-number") return this.#lookUp(judged);
    // A face that is read first is of no permit yet.
    const isFace = judged.reason === "not-ours" && (await judgeFace(text, {}, reader)).reason === "other-permit";
    return { ...judged, isFace };
  }

  /** What the server knows of a number, where there is a network to ask over. */
  async #lookUp(judged) {
    say("scan-hint", this.words.text("looking_up"));
    const verdict = await lookUp(judged, this.bar.online, (...request) => fetch(...request));
    if (verdict.asked === "sign-in") this.bar.askSignIn();
    return verdict;
  }

  /** A key that is not known may be a new one: with a network, fetch the lists and judge again. */
  async #askOnce(text) {
    const before = this.verdictView.shown;
    if (!this.bar.online) return;
    await this.refresh(false);
    const verdict = await judge(text, this.device.reader(nowSeconds()));
    if (verdict.reason === "unknown-key" || this.verdictView.shown !== before) return;
    this.verdictView.show(verdict);
    this.feedback.give(verdict.colour);
  }

  #measure({ reason }) {
    if (performance.getEntriesByName(FRAME_MARK).length === 0) return; // typed: there was no frame
    performance.measure(MEASURE, { start: FRAME_MARK, detail: { reason } });
    performance.clearMarks(FRAME_MARK);
  }

  #next() {
    this.faceSeek.stop();
    this.verdictView.close();
    this.scanView.restLast();
    document.title = `${this.words.text("title_scan")} · Vereda`;
    byId("scan-title").focus({ preventScroll: true });
    this.scanView.start();
  }

  /** What every record of this device begins with. */
  #seen(direction) {
    const { post, id: device_id } = this.device;
    return { direction, post, device_id, device_time: new Date().toISOString() };
  }

  async #raise(minors, direction, number) {
    const facts = { ...this.#seen(direction), minors, permit_number: number };
    const alert = await recordAlert(this.store, facts, freshId());
    this.queue.flush();
    return alert;
  }

  async #record(verdict, direction, minors) {
    const now = Date.now();
    const issued = verdict.listAge === null ? null : Math.floor(now / 1000) - verdict.listAge;
    const facts = {
      ...this.#seen(direction),
      permit_number: verdict.permit?.number ?? verdict.number,
      verdict: verdict.colour,
      reason: verdict.reason,
      list_issued_at: issued === null ? null : new Date(issued * 1000).toISOString(),
      offline: !this.bar.online,
      minors,
    };
    const crossing = await recordCrossing(this.store, facts, freshId());
    this.queue.flush();
    return crossing;
  }

  get #covered() {
    return this.lockView.shown || this.ending.shown || this.haltView.shown;
  }

  /** A hidden page shows nobody's data and holds no camera. */
  async #visibility() {
    if (this.ending.shown) return;
    if (document.visibilityState === "hidden") return this.#putAway();
    await this.lockView.look();
    this.#goOn();
  }

  #putAway() {
    this.scanView.stop();
    this.faceSeek.stop();
    this.verdictView.close();
    this.loneView.close();
  }

  #goOn() {
    this.haltView.look();
    if (this.view === "scan" && !this.#covered) this.#next();
  }

  /** A hand-held reader types wherever the focus is: its first sign opens the field for it. */
  #typeAnywhere(event) {
    const typing = event.key.length === 1 && event.key !== " ";
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    const field = byId("typed-text");
    if (this.view !== "scan" || this.#covered || !typing || chord || document.activeElement === field) return;
    if (this.verdictView.open) this.#next();
    field.focus();
  }
}

new Scanner(await openStore(indexedDB), new Words(readWording(document))).start();
