/** The camera's part of a gate's form: it loads when it is opened, and shows what a permit says. */

const LATE = new Set(["mine", "other", "pool", "stopped"]);

/** Opens the camera, shows each code that is found, and hands on what a person says to note. */
export class CameraPart {
  #scan = null;
  #standing = null;
  #noted = false;
  #opening = false;

  /**
   * @param {HTMLElement} part
   * @param {object} parts
   * @param {import("../scanner/sealed-rooms.js").SealedRooms} parts.rooms
   * @param {object} parts.facts of the page.
   * @param {() => string} parts.employer the farm's.
   * @param {import("../scanner/words.js").Words} parts.words
   * @param {() => "entry" | "exit"} parts.direction as the form says.
   * @param {(text: string) => Promise<string>} parts.note gives what became of it, in words.
   * @param {() => void} parts.closed after something was noted.
   * @param {(script: string) => Promise<typeof import("./scan.js")>} [parts.load]
   */
  constructor(part, parts) {
    Object.assign(this, { part, load: (script) => import(script), ...parts });
    this.at = (name) => part.querySelector(`[data-scan-${name}]`);
    this.opener = part.querySelector("[data-scan]");
    this.opener.addEventListener("click", () => this.#toggle());
    this.at("note").addEventListener("click", () => this.#note());
    this.at("next").addEventListener("click", () => this.#look());
    this.at("light").addEventListener("click", () => this.#switchLight());
    const photo = part.querySelector("input[type=file]");
    photo.addEventListener("change", async () => {
      const [file] = photo.files;
      photo.value = "";
      if (file) await this.#scan?.takePhoto(file);
    });
    // Elsewhere on the phone, as for taking a photo: the camera and its light are let go meanwhile.
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#scan?.stop();
      else if (!this.#standing) this.#scan?.start();
    });
    part.hidden = false;
  }

  async #toggle() {
    if (this.#scan) return this.#close();
    if (this.#opening) return undefined; // tapped twice while it loads
    this.#opening = true;
    await this.#open().finally(() => {
      this.#opening = false;
    });
    return this.#look();
  }

  async #open() {
    this.#showViews(true);
    this.#say("loading");
    try {
      const { GateScan, prepareReader } = await this.load(this.facts.scan);
      await prepareReader(this.facts.wasm);
      this.#scan = new GateScan({
        rooms: this.rooms,
        facts: this.facts,
        employer: this.employer(),
        video: this.at("video"),
        say: (word) => this.#say(word),
        opened: () => this.#drawLight(),
        found: (standing) => this.#show(standing),
      });
    } catch {
      this.#say("no_reader");
      return;
    }
    this.opener.textContent = this.words.text("close");
  }

  #close() {
    this.#scan.stop();
    this.#scan = null;
    this.#standing = null;
    this.#showViews(false);
    this.at("found").hidden = true;
    this.opener.textContent = this.words.text("open");
    if (this.#noted) this.closed();
  }

  #showViews(shown) {
    for (const view of this.part.querySelectorAll("[data-scan-view]")) view.hidden = !shown;
  }

  /** Whether somebody is looking at the camera's picture. */
  get isOpen() {
    return this.#scan !== null;
  }

  /** Buses come before dawn: where the camera has a light, it can be switched on. */
  #drawLight() {
    const camera = this.#scan?.camera;
    this.at("light").hidden = !camera?.hasTorch;
    this.at("light").textContent = this.words.text(camera?.lit ? "light_on" : "light_off");
  }

  async #switchLight() {
    const camera = this.#scan?.camera;
    await camera?.light(!camera.lit);
    this.#drawLight();
  }

  #say(word) {
    this.at("hint").textContent = this.words.text(word);
  }

  async #look() {
    this.#standing = null;
    this.at("found").hidden = true;
    await this.#scan?.start();
  }

  #show(standing) {
    this.#standing = standing;
    const found = this.at("found");
    found.classList.remove("notice--good", "notice--look", "notice--stop");
    found.classList.add(`notice--${standing.tone}`);
    this.at("name").textContent = standing.name || this.words.text("scanned");
    this.at("standing").textContent = this.#words(standing);
    const aged = standing.listAge !== null && LATE.has(standing.code);
    this.at("age").hidden = !aged;
    const asOf = Date.now() / 1000 - (standing.listAge ?? 0);
    this.at("age").textContent = aged ? this.words.text("as_of", { what: this.words.moment(asOf) }) : "";
    this.at("note").hidden = standing.text === "";
    this.at("note").textContent = this.words.text(`note_${this.direction()}`);
    this.at("hint").textContent = this.at("told").textContent = "";
    found.hidden = false;
    found.focus();
  }

  #words({ code, begins, ends }) {
    if (code === "expired") return this.words.text(code, { what: this.words.lastDay(ends) });
    if (code === "early") return this.words.text(code, { what: this.words.day(begins) });
    return this.words.text(code);
  }

  async #note() {
    const standing = this.#standing;
    if (!standing) return; // pressed twice
    this.#standing = null;
    this.#noted = true;
    this.at("told").textContent = await this.note(standing.text);
    await this.#look();
  }
}
