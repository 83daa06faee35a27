// A press on a farm's map, or the arrow keys on it, write the point into its field. Without this the
// picture sends the form, and the server writes the same.

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
const STEP = 1 / 64;

/** Let each map of the page be pressed. */
export function pressMaps(root = document) {
  for (const map of root.querySelectorAll("[data-press-map]")) listen(map);
}

function listen(map) {
  const { west, north, wide, high, places, pressMap } = map.dataset;
  const field = document.getElementById(pressMap);
  const svg = map.querySelector("svg").viewBox.baseVal;
  const mark = map.querySelector("[data-mark]");
  const said = map.parentElement.querySelector("[data-said]");

  // Where the mark stands, in parts of the width and of the height; the middle while there is none.
  const now = () => {
    const at = [mark.cx.baseVal.value / svg.width, mark.cy.baseVal.value / svg.height];
    return at[0] < 0 ? [0.5, 0.5] : at;
  };
  const put = (x, y) => {
    const [right, down] = [x, y].map((part) => Math.min(1, Math.max(0, part)));
    mark.setAttribute("cx", right * svg.width);
    mark.setAttribute("cy", down * svg.height);
    field.value = [north - down * high, Number(west) + right * wide]
      .map((degrees) => degrees.toFixed(places))
      .join(", ");
    said.textContent = field.value;
  };

  for (const picture of map.querySelectorAll("input")) {
    picture.tabIndex = 0;
    picture.addEventListener("click", (event) => {
      // Enter in another field presses the form's first button, which this is: that sends the form.
      const pointed = event.detail > 0;
      if (!pointed && document.activeElement !== picture) return;
      event.preventDefault();
      if (!pointed) return put(...now());
      const box = picture.getBoundingClientRect();
      put((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    });
    picture.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step && event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      const [x, y] = now();
      const [right, down] = step ?? [0, 0];
      put(x + right * STEP, y + down * STEP);
    });
  }
}
