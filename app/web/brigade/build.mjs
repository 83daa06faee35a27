/**
 * Builds the brigade's tablet into app/web/static/vendor/brigade/ (ignored by git): one bundle, one
 * style sheet, icons, and a service worker that knows the whole shell by its hash. It runs after
 * ../static/build.mjs, whose style sheet the pages share. manifest.json has the form of the one there.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

import { drawPng } from "../scanner/icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..", "..");
const vendor = join(here, "..", "static", "vendor");
const folder = join(vendor, "brigade");
const PREFIX = "/static";
const PAGES = ["/brigada/?idioma=es", "/brigada/?idioma=en"];
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
  entries[name] = { file: `brigade/${file}`, sha256: hash, bytes: bytes.length, gzip };
  return `${PREFIX}/brigade/${file}`;
}

async function bundle() {
  const { outputFiles } = await build({
    entryPoints: [join(here, "app.js")],
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    supported: { "top-level-await": true },
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

function webManifest(icons) {
  return JSON.stringify({
    id: "/brigada/",
    name: "Vereda · Registro de brigada",
    short_name: "Brigada",
    lang: "es-HN",
    start_url: "/brigada/",
    scope: "/brigada/",
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#0b5d3b",
    icons,
  });
}

/** Anything that a kept page is made of; a change of any of it is a new version. */
function shellVersion(assets) {
  const files = (path, ending) =>
    readdirSync(path, { recursive: true })
      .filter((file) => file.endsWith(ending))
      .sort()
      .map((file) => sha256(read(path, file)));
  const locales = files(join(root, "app", "web", "locales", "en", "LC_MESSAGES"), ".po");
  const rooms = ["applications", "brigade", "layouts", "widgets"];
  const templates = rooms.map((room) => files(join(root, "templates", room), ".html"));
  return sha256(JSON.stringify([assets, PAGES, locales, templates, sha256(read(here, "sw.js"))])).slice(0, 16);
}

mkdirSync(folder, { recursive: true });
const svg = read(here, "..", "scanner", "icon.svg").toString();
const icons = [192, 512].map((size) => ({
  src: put(`brigade-icon-${size}.png`, drawPng(svg, size)),
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose: "any maskable",
}));
put("brigade.webmanifest", webManifest(icons));
put("brigade.css", (await transform(read(here, "brigade.css").toString(), { loader: "css", minify: true, target: TARGET })).code);
const script = put("brigade.js", await bundle());

const shared = JSON.parse(read(vendor, "manifest.json"));
const own = Object.entries(entries).filter(([name]) => name !== "brigade-icon-512.png");
const assets = [shared["applicant.css"], shared["icon.svg"], ...own.map(([, entry]) => entry)];
const shell = assets.map(({ file }) => `${PREFIX}/${file}`);
const define = { SHELL: JSON.stringify({ version: shellVersion(shell), pages: PAGES, assets: shell, script }) };
const worker = await transform(read(here, "sw.js").toString(), { define, target: TARGET });
writeFileSync(join(folder, "sw.js"), worker.code);
writeFileSync(join(folder, "manifest.json.new"), `${JSON.stringify(entries, null, 2)}\n`);
renameSync(join(folder, "manifest.json.new"), join(folder, "manifest.json"));

const kept = new Set(["manifest.json", "sw.js", ...Object.values(entries).map(({ file }) => file.slice(8))]);
for (const file of readdirSync(folder)) if (!kept.has(file)) rmSync(join(folder, file));
for (const [name, { bytes, gzip }] of Object.entries(entries)) {
  console.log(`${name.padEnd(22)} ${String(bytes).padStart(7)} bytes ${String(gzip).padStart(7)} gz`);
}
