// Phone photos are large and the network is slow: shrink them before they are sent.
// Without JavaScript the server accepts the whole file and shrinks it itself.

const LONGEST_SIDE = 1600; // pixels
const QUALITY = 0.85;

/** The width and height that fit in the longest side, never larger than they were. */
export function fit(width, height, longest = LONGEST_SIDE) {
  const factor = Math.min(1, longest / Math.max(width, height));
  return [Math.round(width * factor), Math.round(height * factor)];
}

/** A smaller JPEG of a photo; the file itself where it is none, or small already. */
export async function shrink(file) {
  if (!/^image\/(jpeg|png|webp)$/.test(file.type)) return file;
  const image = await createImageBitmap(file, { imageOrientation: "from-image" });
  const [width, height] = fit(image.width, image.height);
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  canvas.getContext("2d").drawImage(image, 0, 0, width, height);
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!small || small.size >= file.size) return file;
  return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

/** Shrink what is chosen in every input[type=file][data-shrink]; what cannot be read stays as it is. */
export function shrinkPhotos(root = document) {
  for (const input of root.querySelectorAll('input[type="file"][data-shrink]')) {
    input.addEventListener("change", async () => {
      const chosen = new DataTransfer();
      for (const file of input.files) {
        chosen.items.add(await shrink(file).catch(() => file));
      }
      input.files = chosen.files;
    });
  }
}
