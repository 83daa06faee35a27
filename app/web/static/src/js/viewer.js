// Pictures of documents, large: turned by quarters, nearer and farther, by buttons and keys.
// Without JavaScript the same links open the plain picture.

const ZOOMS = [1, 1.5, 2, 3, 4];

/**
 * The sides of a picture, and of the sheet that it covers once it is turned.
 *
 * `turn` counts quarters to the right. At zoom 1 all of it fits in the room (CSS pixels), and
 * nothing is drawn larger than that.
 */
export function fit([width, height], [roomWidth, roomHeight], turn, zoom) {
  const lies = turn % 2 === 1;
  const [across, down] = lies ? [height, width] : [width, height];
  const scale = Math.min(roomWidth / across, roomHeight / down) * zoom;
  const picture = [Math.round(width * scale), Math.round(height * scale)];
  return { picture, sheet: lies ? [picture[1], picture[0]] : picture };
}

/** What is shown after an act: which picture, how it lies, how near it is. */
export function after(shown, act, count) {
  const moved = { ...shown, turn: 0, near: 0 };
  const last = ZOOMS.length - 1;
  switch (act) {
    case "left":
      return { ...shown, turn: (shown.turn + 3) % 4 };
    case "right":
      return { ...shown, turn: (shown.turn + 1) % 4 };
    case "nearer":
      return { ...shown, near: Math.min(last, shown.near + 1) };
    case "farther":
      return { ...shown, near: Math.max(0, shown.near - 1) };
    case "whole":
      return { ...shown, turn: 0, near: 0 };
    case "next":
      return shown.at < count - 1 ? { ...moved, at: shown.at + 1 } : shown;
    case "before":
      return shown.at > 0 ? { ...moved, at: shown.at - 1 } : shown;
    default:
      return shown;
  }
}

/** Whether an act would change nothing: its button says so. */
export function isIdle(shown, act, count) {
  const { at, near } = after(shown, act, count);
  if (act === "next" || act === "before") return at === shown.at;
  return (act === "nearer" || act === "farther") && near === shown.near;
}

export const KEYS = {
  r: "right",
  R: "left",
  "+": "nearer",
  "=": "nearer",
  "-": "farther",
  0: "whole",
  j: "next",
  k: "before",
};

/** Let every a[data-view] of the page open in the page's dialog[data-viewer], if it has one. */
export function openPictures(root = document) {
  const dialog = root.querySelector("dialog[data-viewer]");
  const links = [...root.querySelectorAll("a[data-view]")];
  if (!dialog?.showModal || links.length === 0) return;
  const part = (name) => dialog.querySelector(`[data-viewer-${name}]`);
  const [stage, sheet, picture, name] = ["stage", "sheet", "picture", "name"].map(part);
  let shown = { at: 0, turn: 0, near: 0 };

  const lay = () => {
    if (!picture.naturalWidth) return; // it is on its way, and tells when it is here
    const room = [stage.clientWidth, stage.clientHeight];
    const whole = [picture.naturalWidth, picture.naturalHeight];
    const laid = fit(whole, room, shown.turn, ZOOMS[shown.near]);
    [picture, sheet].forEach((one, index) => {
      const [width, height] = index ? laid.sheet : laid.picture;
      one.style.width = `${width}px`;
      one.style.height = `${height}px`;
    });
    picture.style.transform = `translate(-50%, -50%) rotate(${shown.turn * 90}deg)`;
  };

  const show = (next) => {
    shown = next;
    const link = links[shown.at];
    const text = link.dataset.view || link.textContent.trim();
    if (picture.getAttribute("src") !== link.href) picture.src = link.href;
    if (name.textContent !== text) name.textContent = text;
    picture.alt = text;
    for (const button of dialog.querySelectorAll("[data-view-act]")) {
      button.disabled = isIdle(shown, button.dataset.viewAct, links.length);
    }
    lay();
  };
  const perform = (act) => show(after(shown, act, links.length));

  links.forEach((link, at) => {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button > 0) return;
      event.preventDefault();
      dialog.showModal();
      show({ at, turn: 0, near: 0 });
      stage.focus();
    });
  });
  picture.addEventListener("load", lay);
  globalThis.addEventListener("resize", () => dialog.open && lay());
  dialog.addEventListener("click", (event) => {
    const act = event.target.closest("[data-view-act]")?.dataset.viewAct;
    if (act === "close") dialog.close();
    else if (act) perform(act);
  });
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation(); // the page's own keys wait
    if (event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return;
    event.preventDefault();
    perform(KEYS[event.key]);
  });
}
