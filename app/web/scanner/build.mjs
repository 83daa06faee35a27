/**
 * Builds the scanner into app/web/static/vendor/scanner/ (ignored by git): one bundle, one style
 * sheet, the reader's WebAssembly, icons, and a service worker that knows them all by their hash.
 * manifest.json there has the form of the one beside it (app/web/assets.py reads that).
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

import { drawPng } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const folder = join(here, "..", "static", "vendor", "scanner");

/** Where the server serves app/web/static/vendor. */
const PREFIX = "/static";

/** The pages of the shell, one for each language; the first is shown where none was chosen. */
const PAGES = ["/escaner/?idioma=es", "/escaner/?idioma=en"];

const TARGET = ["chrome90", "firefox90", "safari15.4"];

function read(...path) {
  return readFileSync(join(...path));
}

function sha256(content) {
  return createHash("sha256").update(content).digest("hex");
}

async function bundle(entry) {
  const { outputFiles } = await build({
    entryPoints: [join(here, ...entry)],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    legalComments: "eof",
    supported: { "top-level-await": true },
    external: ["module", "fs", "path", "url"], // the reader's branches for Node are never taken
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

async function styles() {
  const { code } = await transform(read(here, "scanner.css").toString(), {
    loader: "css",
    minify: true,
    target: TARGET,
  });
  return Buffer.from(code);
}

const entries = {};

/** Write a file under its fingerprint; its place in the manifest is its plain name. */
function put(name, content) {
  const bytes = Buffer.from(content);
  const hash = sha256(bytes);
  const [stem, extension] = name.split(".");
  const file = `${stem}.${hash.slice(0, 12)}.${extension}`;
  writeFileSync(join(folder, file), bytes);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  entries[name] = { file: `scanner/${file}`, sha256: hash, bytes: bytes.length, gzip };
  return `${PREFIX}/scanner/${file}`;
}

/** What the browser needs to know to install the app. */
function webManifest(icons) {
  return JSON.stringify({
    id: "/escaner/",
    name: "Vereda · Escáner de permisos",
    short_name: "Escáner",
    lang: "es-HN",
    start_url: "/escaner/",
    scope: "/escaner/",
    display: "standalone",
    orientation: "portrait",
    background_color: "#ffffff",
    theme_color: "#1b211e",
    icons,
  });
}

/** Anything that a shell page is made of; a change of any of it is a new version. */
function shellVersion(assets) {
  const locales = join(root, "app", "web", "locales", "en", "LC_MESSAGES");
  const catalogues = readdirSync(locales).filter((file) => file.endsWith(".po")).sort();
  const texts = catalogues.map((file) => sha256(read(locales, file)));
  const page = ["scanner.html", join("scanner", "wording.html")].map((file) => read(root, "templates", file));
  const parts = [...page, read(here, "sw.js")].map(sha256);
  return sha256(JSON.stringify([assets, PAGES, texts, parts])).slice(0, 16);
}

async function serviceWorker(assets) {
  const shell = { version: shellVersion(assets), pages: PAGES, assets };
  const define = { SHELL: JSON.stringify(shell) };
  const { code } = await transform(read(here, "sw.js").toString(), { define, target: TARGET });
  writeFileSync(join(folder, "sw.js"), code);
  return { version: shell.version, bytes: code.length };
}

mkdirSync(folder, { recursive: true });
const svg = read(here, "icon.svg").toString();
const icons = [192, 512].map((size) => ({
  src: put(`scanner-icon-${size}.png`, drawPng(svg, size)),
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose: "any maskable",
}));
put("scanner-icon.svg", svg);
put("scanner.webmanifest", webManifest(icons));
put("scanner.css", await styles());
put("scanner.js", await bundle(["app.js"]));
put("enrol.js", await bundle(["entry", "enrol.js"]));
put("enter.js", await bundle(["entry", "enter.js"]));
const reader = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
put("zxing_reader.wasm", readFileSync(reader));

// The large icon is asked for on installing only, which needs a network anyhow.
// The device's own doors need one too.
const online = new Set(["scanner-icon-512.png", "enrol.js", "enter.js"]);
const shell = Object.entries(entries).filter(([name]) => !online.has(name));
const worker = await serviceWorker(shell.map(([, { file }]) => `${PREFIX}/${file}`));
writeFileSync(join(folder, "manifest.json.new"), `${JSON.stringify(entries, null, 2)}\n`);
renameSync(join(folder, "manifest.json.new"), join(folder, "manifest.json"));

const kept = new Set(["manifest.json", "sw.js", ...Object.values(entries).map((e) => e.file.slice(8))]);
for (const file of readdirSync(folder)) if (!kept.has(file)) rmSync(join(folder, file));

const total = shell.reduce((sum, [, { gzip }]) => sum + gzip, 0);
for (const [name, { bytes, gzip }] of Object.entries(entries)) {
  console.log(`${name.padEnd(22)} ${String(bytes).padStart(7)} bytes ${String(gzip).padStart(7)} gz`);
}
console.log(`shell ${worker.version}: ${total} bytes gz without the page`);
