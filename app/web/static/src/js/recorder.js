// A voice that is recorded in the page, heard again, deleted or disguised before it is sent.

const RATE = 16000;
const LOWER = 0.8;
const RECORDED = "voz";

/** One channel of 16 bits as a WAV; also what hides which browser recorded it. */
export function wav(samples, rate = RATE) {
  const view = new DataView(new ArrayBuffer(44 + samples.length * 2));
  const write = (at, text) => [...text].forEach((c, i) => view.setUint8(at + i, c.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + samples.length * 2, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  write(36, "data");
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) =>
    view.setInt16(44 + i * 2, Math.max(-1, Math.min(1, sample)) * 0x7fff, true),
  );
  return view.buffer;
}

/** The same words lower and slower; a person will not know the voice, an expert may. */
async function disguised(blob) {
  const heard = await new AudioContext().decodeAudioData(await blob.arrayBuffer());
  const length = Math.ceil((heard.duration / LOWER) * RATE);
  const room = new OfflineAudioContext(1, length, RATE);
  const source = new AudioBufferSourceNode(room, { buffer: heard, playbackRate: LOWER });
  source.connect(room.destination);
  source.start();
  const lower = await room.startRendering();
  return new Blob([wav(lower.getChannelData(0))], { type: "audio/wav" });
}

function offerRecording(box) {
  const field = box.querySelector("input[type=file]");
  const panel = box.querySelector(".recorder");
  const [record, stop, forget] = ["record", "stop", "delete"].map((name) =>
    panel.querySelector(`[data-${name}]`),
  );
  const player = panel.querySelector("audio");
  const disguise = panel.querySelector("[data-disguise]");
  const said = panel.querySelector("[data-said]");
  let recorder = null;
  let timer = 0;

  function put(blob) {
    const kind = blob.type.split(";")[0];
    const files = new DataTransfer();
    files.items.add(new File([blob], RECORDED, { type: kind }));
    field.files = files.files;
    play(blob);
  }

  function play(blob) {
    player.src = URL.createObjectURL(blob);
    player.hidden = forget.hidden = false;
  }

  function clear() {
    URL.revokeObjectURL(player.src);
    player.removeAttribute("src");
    player.hidden = forget.hidden = true;
    field.value = "";
  }

  async function start() {
    clear();
    said.textContent = "";
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      said.textContent = box.dataset.denied;
      return;
    }
    const parts = [];
    recorder = new MediaRecorder(stream, { audioBitsPerSecond: 24000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", async () => {
      clearTimeout(timer);
      stream.getTracks().forEach((track) => track.stop());
      record.hidden = false;
      stop.hidden = true;
      const whole = new Blob(parts, { type: recorder.mimeType });
      put(disguise?.checked ? await disguised(whole) : whole);
    });
    recorder.start();
    record.hidden = true;
    stop.hidden = false;
    timer = setTimeout(() => {
      said.textContent = box.dataset.late;
      recorder.stop();
    }, Number(box.dataset.limit) * 1000);
  }

  panel.hidden = false;
  const [came] = field.files; // along from the page before (sent.js)
  if (came?.name === RECORDED) play(came);
  record.addEventListener("click", start);
  stop.addEventListener("click", () => recorder.stop());
  forget.addEventListener("click", clear);
}

/** Let a voice be recorded wherever the page asks for one, where the browser can. */
export function offerRecordings(root = document) {
  if (!window.MediaRecorder || !window.DataTransfer || !navigator.mediaDevices) return;
  root.querySelectorAll("[data-recorder]").forEach(offerRecording);
}

if (typeof document !== "undefined") offerRecordings();
