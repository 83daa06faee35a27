/**
 * Builds a gate's program into app/web/static/vendor/gate/ (ignored by git): what the page loads,
 * what the camera loads when it is opened, and a service worker that knows the shell by its hash. It
 * runs after the builds of ../static and ../scanner, whose style sheet and reader it shares.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const vendor = join(here, "..", "static", "vendor");
const folder = join(vendor, "gate");
const PREFIX = "/static";
const PAGES = ["/porton/sin-red?idioma=es", "/porton/sin-red?idioma=en"];
const TARGET = ["chrome90", "firefox98", "safari15.4"];

const read = (...path) => readFileSync(join(...path));
const sha256 = (content) => createHash("sha256").update(content).digest("hex");
const entries = {};

/** Write a file under its fingerprint; its place in the manifest is its plain name. */
function put(name, content) {
  const bytes = Buffer.from(content);
  const hash = sha256(bytes);
  const [stem, extension] = name.split(".");
  const file = `${stem}.${hash.slice(0, 12)}.${extension}`;
  writeFileSync(join(folder, file), bytes);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  entries[name] = { file: `gate/${file}`, sha256: hash, bytes: bytes.length, gzip };
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    legalComments: "eof",
    supported: { "top-level-await": true },
    external: ["module", "fs", "path", "url"], // the reader's branches for Node are never taken
    write: false,
  });
  return outputFiles[0].contents;
}

/** Anything that the kept page is made of; a change of any of it is a new version. */
function shellVersion(assets) {
  const files = (path, ending) =>
    readdirSync(path, { recursive: true })
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => sha256(read(path, file)));
  const locales = files(join(root, "app", "web", "locales", "en", "LC_MESSAGES"), ".po");
  const rooms = ["farms", "layouts", "widgets"].map((room) => files(join(root, "templates", room), ".html"));
  return sha256(JSON.stringify([assets, PAGES, locales, rooms, sha256(read(here, "sw.js"))])).slice(0, 16);
}

mkdirSync(folder, { recursive: true });
put("gate.js", await bundle("app.js"));
put("gate-scan.js", await bundle("scan.js"));

const shared = JSON.parse(read(vendor, "manifest.json"));
const reader = JSON.parse(read(vendor, "scanner", "manifest.json"))["zxing_reader.wasm"];
const parts = ["applicant.css", "applicant.js", "icon.svg"].map((name) => shared[name]);
const assets = [...parts, reader, ...Object.values(entries)].map(({ file }) => `${PREFIX}/${file}`);
const define = { SHELL: JSON.stringify({ version: shellVersion(assets), pages: PAGES, assets }) };
const worker = await transform(read(here, "sw.js").toString(), { define, target: TARGET });
writeFileSync(join(folder, "sw.js"), worker.code);
writeFileSync(join(folder, "manifest.json.new"), `${JSON.stringify(entries, null, 2)}\n`);
renameSync(join(folder, "manifest.json.new"), join(folder, "manifest.json"));

const kept = new Set(["manifest.json", "sw.js", ...Object.values(entries).map(({ file }) => file.slice(5))]);
for (const file of readdirSync(folder)) if (!kept.has(file)) rmSync(join(folder, file));
for (const [name, { bytes, gzip }] of Object.entries(entries)) {
  console.log(`${name.padEnd(22)} ${String(bytes).padStart(7)} bytes ${String(gzip).padStart(7)} gz`);
}
