/**
 * Making a dark, blurred or noisy picture readable: the mean of some frames, and the inverse of a
 * blur. Works on the square in the middle, where a code is held.
 */

/** Frames in the mean: noise falls to a third, and after a movement old ones are soon forgotten. */
const FRAMES = 8;

/** Width of a module, in pixels, whose edges the filters keep; smaller ones are not to be had. */
const MODULE = 4.3;

/** Wavelengths below which a filter is worked out, one for each step of 1/512 of a pixel. */
const STEPS = 256;

/**
 * Half of a filter that undoes a Gaussian blur, the middle first: Wiener's, for modules of `MODULE`
 * pixels, in one direction; used along the rows and then along the columns.
 * @param {number} sigma of the blur, in pixels.
 * @param {number} noise power of the noise beside that of the modules.
 */
export function inverseOfBlur(sigma, noise) {
  const reach = Math.ceil(4.8 * sigma);
  const taps = new Float32Array(reach + 1);
  for (let step = 0; step <= STEPS; step += 1) {
    const wave = step / (2 * STEPS);
    const blur = Math.exp(-2 * (Math.PI * sigma * wave) ** 2);
    const angle = Math.PI * wave * MODULE;
    const modules = step === 0 ? 1 : (Math.sin(angle) / angle) ** 2;
    const gain = (blur * modules) / (blur * blur * modules + noise);
    const twice = step === 0 || step === STEPS ? 1 : 2;
    for (let at = 0; at <= reach; at += 1) taps[at] += twice * gain * Math.cos(2 * Math.PI * wave * at);
  }
  for (let at = 0; at <= reach; at += 1) taps[at] *= 0.5 + 0.5 * Math.cos((Math.PI * at) / (reach + 1));
  const sum = taps.reduce((total, tap, at) => total + tap * (at ? 2 : 1), 0);
  return taps.map((tap) => tap / sum);
}

/**
 * The grey values of the square in the middle.
 * @param {ImageData} frame
 * @returns {{side: number, grey: Float32Array}}
 */
export function middleOf({ data, width, height }) {
  const side = Math.min(width, height);
  const [left, top] = [(width - side) >> 1, (height - side) >> 1];
  const grey = new Float32Array(side * side);
  for (let y = 0, to = 0; y < side; y += 1) {
    let from = 4 * ((top + y) * width + left);
    for (let x = 0; x < side; x += 1, to += 1, from += 4) {
      grey[to] = 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
    }
  }
  return { side, grey };
}

/** The mean of the frames of late. */
export class Mean {
  #count = 0;
  /** @type {{side: number, grey: Float32Array} | null} */
  picture = null;

  /** Forget all frames. */
  clear() {
    this.#count = 0;
  }

  /** Take one more in. @param {{side: number, grey: Float32Array}} picture */
  add(picture) {
    if (this.picture?.side !== picture.side) this.#count = 0;
    this.#count = Math.min(this.#count + 1, FRAMES);
    if (this.#count === 1) {
      this.picture = picture;
      return;
    }
    const { grey } = this.picture;
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] += (picture.grey[at] - grey[at]) / this.#count;
    }
  }
}

/**
 * The picture with its blur undone and its greys stretched from black to white.
 * @param {{side: number, grey: Float32Array}} picture
 * @param {Float32Array} taps of `inverseOfBlur`.
 * @returns {ImageData}
 */
export function sharpened({ side, grey }, taps) {
  return toImage(alongColumns(alongRows(grey, side, taps), side, taps), side);
}

function alongRows(grey, side, taps) {
  const reach = taps.length - 1;
  const out = new Float32Array(grey.length);
  const line = new Float32Array(side + 2 * reach);
  for (let begin = 0; begin < grey.length; begin += side) {
    line.fill(grey[begin], 0, reach);
    line.set(grey.subarray(begin, begin + side), reach);
    line.fill(grey[begin + side - 1], reach + side);
    for (let x = 0; x < side; x += 1) {
      let sum = taps[0] * line[x + reach];
      for (let at = 1; at <= reach; at += 1) {
        sum += taps[at] * (line[x + reach - at] + line[x + reach + at]);
      }
      out[begin + x] = sum;
    }
  }
  return out;
}

function alongColumns(grey, side, taps) {
  const out = new Float32Array(grey.length);
  const row = (y) => side * Math.min(side - 1, Math.max(0, y));
  for (let y = 0; y < side; y += 1) {
    const to = row(y);
    for (let x = 0; x < side; x += 1) out[to + x] = taps[0] * grey[to + x];
    for (let at = 1; at < taps.length; at += 1) {
      const [above, below, tap] = [row(y - at), row(y + at), taps[at]];
      for (let x = 0; x < side; x += 1) out[to + x] += tap * (grey[above + x] + grey[below + x]);
    }
  }
  return out;
}

/** Grey values as a picture; the darkest and the lightest hundredth are black and white. */
function toImage(grey, side) {
  const some = grey.filter((_, at) => at % 251 === 0).sort();
  const dark = some[Math.floor(some.length / 100)];
  const light = some[Math.floor((some.length * 99) / 100)];
  const scale = 255 / Math.max(1, light - dark);
  const image = new ImageData(side, side);
  for (let at = 0, to = 0; at < grey.length; at += 1, to += 4) {
    image.data[to] = image.data[to + 1] = image.data[to + 2] = (grey[at] - dark) * scale;
    image.data[to + 3] = 255;
  }
  return image;
}
