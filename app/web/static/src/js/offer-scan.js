// The scam check reads a QR code by the phone's camera: what it says is put into the field, and
// nobody sends it but the person. The reader, which is large, loads when the camera is opened.
const part = document.querySelector("[data-offer-scan]");
const { dataset } = part;
const at = (name) => part.querySelector(`[data-scan-${name}]`);
const opener = part.querySelector("[data-scan]");
const field = document.getElementById(dataset.field);
const sender = field.form.querySelector("button:not([type=button])");
const LONGEST = 4000; // as recruitment/scam_checks.py: of a longer text the beginning is looked at

let camera = null;
let turn = 0;

function say(word) {
  at("hint").textContent = word ? dataset[word] : "";
}

function close() {
  turn += 1;
  camera?.stop();
  camera = null;
  at("video").hidden = true;
  opener.textContent = dataset.open;
}

/** Look until a code is read; null where the camera was closed meanwhile. */
async function look(reader, mine) {
  while (mine === turn) {
    await camera.nextFrame();
    const frame = mine === turn && camera.frame();
    const text = frame && (await reader.read(frame));
    if (text) return mine === turn ? text : null;
  }
  return null;
}

async function open() {
  const mine = ++turn;
  opener.textContent = dataset.close;
  say("loading");
  try {
    const { Camera, FrameReader, prepareReader } = await import(dataset.reader);
    await prepareReader(dataset.wasm);
    if (mine !== turn) return;
    camera = new Camera(at("video"));
    if (!(await camera.start())) return;
    at("video").hidden = false;
    say("pointing");
    const text = await look(new FrameReader(), mine);
    if (text === null) return;
    close();
    field.value = text.slice(0, LONGEST);
    sender.focus(); // in the field, a phone's keyboard would cover what to do next
    say("read");
  } catch (error) {
    if (mine !== turn) return;
    close();
    say(error.fault === "denied" ? "denied" : "failed");
  }
}

opener.textContent = dataset.open;
opener.addEventListener("click", () => {
  if (opener.textContent === dataset.close) {
    close();
    say("");
  } else open();
});
// Elsewhere on the phone: the camera and its light are let go.
document.addEventListener("visibilitychange", () => {
  if (document.hidden && camera) {
    close();
    say("");
  }
});
part.hidden = false;
