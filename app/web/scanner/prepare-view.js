/** The preparation: a list that says what is ready for working with no network, and what is not. */

import { CameraError } from "./camera.js";
import { byId, mark, nowSeconds, onTap, say, show } from "./page.js";
import { fingerprints } from "./roots.js";

/** Below this many free bytes the list says so. */
const LITTLE_SPACE = 20 * 1024 * 1024;

/** A list as people tell it apart: who issues it, and its number. @param {string} uri */
function shortName(uri) {
  const { host, pathname } = new URL(uri);
  return `${host} ${pathname.split("/").pop()}`;
}

/** The checklist, the choice of the post, and what can be done about either. */
export class PrepareView {
  #installPrompt = null;
  #cameraState = null;

  /**
   * @param {object} parts
   * @param {import("./words.js").Words} parts.words
   * @param {import("./device.js").Device} parts.device
   * @param {import("./camera.js").Camera} parts.camera
   * @param {import("./updates.js").Updates} parts.updates
   * @param {() => Promise<void>} parts.refresh fetch everything now.
   * @param {() => Promise<void>} parts.enrol forget and fetch everything anew.
   */
  constructor(parts) {
    Object.assign(this, parts);
    onTap("try-camera", () => this.tryCamera());
    onTap("refresh", () => this.refresh());
    onTap("enrol", () => {
      if (confirm(this.words.text("enrol_confirm"))) this.enrol();
    });
    onTap("install", () => this.#install());
    byId("post").addEventListener("change", async (event) => {
      await this.device.choosePost(event.target.value);
      await this.draw();
    });
    addEventListener("beforeinstallprompt", (event) => {
      event.preventDefault();
      this.#installPrompt = event;
      show("install", true);
    });
  }

  /** Say again how everything stands. */
  async draw() {
    this.#drawPosts();
    this.#drawAges();
    const states = await Promise.all([
      this.#checkApp(),
      this.#checkCamera(),
      this.#checkKeys(),
      this.#checkLists(),
      this.#checkClock(),
      this.#checkSpace(),
      this.#checkKept(),
    ]);
    // An app that is still being saved would not open without a network: that is not ready.
    const [app] = states;
    const done = app === "done" && states.every((state) => state !== "todo");
    const ready = done && this.device.post !== "";
    if (ready) say("prepare-summary", this.words.text("all_ready"));
    else say("prepare-summary", this.words.text(this.device.post ? "not_ready" : "post_missing"));
    byId("prepare-summary").dataset.ready = String(ready);
    say("device-id", this.device.id);
    say("device-version", (await this.updates.version()) ?? "–");
    await this.#drawRoots();
  }

  /** What the supervisor's page shows beside the code that was typed; to be compared. */
  async #drawRoots() {
    const lines = (await fingerprints(this.device.roots)).map((print) => {
      const line = document.createElement("div");
      line.textContent = print;
      return line;
    });
    byId("device-roots").replaceChildren(...(lines.length ? lines : ["–"]));
  }

  #set(name, state, text, values) {
    mark(byId(`check-${name}`), state, this.words.text(text, values));
    return state;
  }

  #drawPosts() {
    const select = byId("post");
    const codes = this.device.config.posts.map((post) => post.code);
    const drawn = Array.from(select.options, (option) => option.value).slice(1);
    if (codes.join() !== drawn.join()) {
      const options = this.device.config.posts.map(({ code, name }) => new Option(name, code));
      select.replaceChildren(select.options[0], ...options);
    }
    select.value = this.device.post;
  }

  /** When each list that is held was issued, the oldest told as plainly as the newest. */
  #drawAges() {
    const { trust, statusLists } = this.device;
    const told = (key, iat, more = {}) => {
      const line = document.createElement("li");
      const age = this.words.ago(Math.max(0, nowSeconds() - iat));
      line.textContent = this.words.text(key, { moment: this.words.moment(iat), age, ...more });
      return line;
    };
    const lists = [...statusLists.values()].map(({ uri, iat }) => told("age_list", iat, { name: shortName(uri) }));
    byId("list-ages").replaceChildren(...(trust ? [told("age_keys", trust.iat)] : []), ...lists);
    show("ages", trust !== null);
  }

  async #checkApp() {
    if (await this.updates.isSaved()) return this.#set("app", "done", "app_saved");
    const coming = "serviceWorker" in navigator && navigator.onLine;
    return this.#set("app", coming ? "wait" : "todo", coming ? "app_saving" : "app_missing");
  }

  async #checkCamera() {
    if (this.#cameraState) return this.#set("camera", ...this.#cameraState);
    const asked = await navigator.permissions?.query({ name: "camera" }).catch(() => null);
    if (asked?.state === "granted") return this.#set("camera", "done", "camera_ready");
    if (asked?.state === "denied") return this.#set("camera", "warn", "camera_denied");
    return this.#set("camera", "wait", "camera_ask");
  }

  /** Open the camera once, so that the question about it is asked before work begins. */
  async tryCamera() {
    try {
      await this.camera.start();
      this.#cameraState = ["done", "camera_ready"];
    } catch (error) {
      if (!(error instanceof CameraError)) throw error;
      this.#cameraState = ["warn", `camera_${error.fault}`];
    } finally {
      this.camera.stop();
    }
    await this.draw();
  }

  #checkKeys() {
    const { trust } = this.device;
    if (!trust) return this.#set("keys", "todo", "keys_missing");
    if (nowSeconds() >= trust.exp) return this.#set("keys", "todo", "keys_expired");
    return this.#set("keys", "done", "keys_ready", { n: trust.keys.size });
  }

  #checkLists() {
    const issued = this.device.listsIssuedAt;
    if (issued === null) return this.#set("lists", "todo", "lists_missing");
    const age = Math.max(0, nowSeconds() - issued);
    const values = { moment: this.words.moment(issued), age: this.words.ago(age) };
    const fresh = age <= this.device.freshness.listFresh;
    return this.#set("lists", fresh ? "done" : "todo", fresh ? "lists_ready" : "lists_old", values);
  }

  #checkClock() {
    const found = this.device.judgeClock(nowSeconds());
    const state = { right: "done", unchecked: "wait" }[found] ?? "todo";
    return this.#set("clock", state, `clock_${found.replace("-", "_")}`);
  }

  async #checkSpace() {
    const room = await navigator.storage?.estimate?.().catch(() => null);
    if (!room?.quota) return this.#set("space", "wait", "space_unknown");
    const free = Math.max(0, room.quota - room.usage);
    const little = free < LITTLE_SPACE;
    const size = this.words.size(free);
    return this.#set("space", little ? "todo" : "done", little ? "space_low" : "space_free", { size });
  }

  async #checkKept() {
    const kept = await navigator.storage?.persisted?.().catch(() => false);
    return this.#set("kept", kept ? "done" : "warn", kept ? "kept_yes" : "kept_no");
  }

  async #install() {
    await this.#installPrompt?.prompt();
    this.#installPrompt = null;
    show("install", false);
  }
}
