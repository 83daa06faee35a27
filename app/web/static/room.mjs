/**
 * A folder of app/web/static/vendor/ (ignored by git) that is kept for when there is no network: its
 * files under their fingerprints, and manifest.json, which has the form of the one beside it
 * (app/web/assets.py reads that). The builds of ../scanner, ../brigade and ../gate fill one each.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

/** Where the server serves app/web/static/vendor. */
const PREFIX = "/static";
const vendor = join(dirname(fileURLToPath(import.meta.url)), "vendor");

/** The top of the repository. */
export const root = join(vendor, "..", "..", "..", "..");

export const read = (...path) => readFileSync(join(...path));
export const sha256 = (content) => createHash("sha256").update(content).digest("hex");

/** What another build has put there, by its plain name. */
export const manifestOf = (...rooms) => JSON.parse(read(vendor, ...rooms, "manifest.json"));

/** The fingerprints of all files of a folder and those below that end so, in the order of names. */
export function hashesOf(path, ending) {
  const files = readdirSync(path, { recursive: true }).filter((file) => file.endsWith(ending));
  return files.sort().map((file) => sha256(read(path, file)));
}

/** The translations of every page. */
export const catalogues = () => hashesOf(join(root, "app", "web", "locales", "en", "LC_MESSAGES"), ".po");

/** The version of a shell: another one as soon as anything that its pages are made of is another. */
export const versionOf = (...parts) => sha256(JSON.stringify(parts)).slice(0, 16);

/**
 * A service worker with what it imports, as one plain script that is told its shell.
 * @param {string} worker its source @param {object} shell @param {string[]} target the oldest browsers
 */
export async function bundleWorker(worker, shell, target) {
  const define = { SHELL: JSON.stringify(shell) };
  const how = { bundle: true, format: "iife", define, target, minify: true, write: false };
  return (await build({ entryPoints: [worker], ...how })).outputFiles[0].text;
}

/** The fingerprint of a service worker with what it imports, whatever shell it is told. */
export const hashOfWorker = async (worker, target) => sha256(await bundleWorker(worker, {}, target));

export class Room {
  /** @param {string} name of the folder @param {string[]} target the oldest browsers */
  constructor(name, target) {
    this.name = name;
    this.target = target;
    this.folder = join(vendor, name);
    this.entries = {};
    mkdirSync(this.folder, { recursive: true });
  }

  /** Write a file under its fingerprint; its place in the manifest is its plain name. */
  put(name, content) {
    const bytes = Buffer.from(content);
    const hash = sha256(bytes);
    const [stem, extension] = name.split(".");
    const file = `${this.name}/${stem}.${hash.slice(0, 12)}.${extension}`;
    writeFileSync(join(vendor, file), bytes);
    const gzip = gzipSync(bytes, { level: 9 }).length;
    this.entries[name] = { file, sha256: hash, bytes: bytes.length, gzip };
    return addressOf(this.entries[name]);
  }

  /** One script with all that it imports; licences of others stand at its end. */
  async putScript(name, entry) {
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      format: "esm",
      minify: true,
      target: this.target,
      legalComments: "eof",
      supported: { "top-level-await": true },
      external: ["module", "fs", "path", "url"], // the reader's branches for Node are never taken
      write: false,
    });
    return this.put(name, outputFiles[0].contents);
  }

  async putStyles(name, entry) {
    const options = { loader: "css", minify: true, target: this.target };
    return this.put(name, (await transform(read(entry).toString(), options)).code);
  }

  /** The service worker, which has no fingerprint in its name and is told the whole shell. */
  async finish(worker, shell) {
    writeFileSync(join(this.folder, "sw.js"), await bundleWorker(worker, shell, this.target));
    writeFileSync(join(this.folder, "manifest.json.new"), `${JSON.stringify(this.entries, null, 2)}\n`);
    renameSync(join(this.folder, "manifest.json.new"), join(this.folder, "manifest.json"));
    this.#sweep();
    for (const [name, { bytes, gzip }] of Object.entries(this.entries)) {
      console.log(`${name.padEnd(22)} ${String(bytes).padStart(7)} bytes ${String(gzip).padStart(7)} gz`);
    }
  }

  /** What an earlier build left. */
  #sweep() {
    const files = Object.values(this.entries).map(({ file }) => file.slice(this.name.length + 1));
    const kept = new Set(["manifest.json", "sw.js", ...files]);
    for (const file of readdirSync(this.folder)) if (!kept.has(file)) rmSync(join(this.folder, file));
  }
}

/** Where the server serves a file of a manifest. */
export const addressOf = ({ file }) => `${PREFIX}/${file}`;
