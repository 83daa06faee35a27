/**
 * Builds the scanner into app/web/static/vendor/scanner/ (ignored by git): one bundle, one style
 * sheet, the reader's WebAssembly, icons, and a service worker that knows them all by their hash.
 */
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressOf, catalogues, hashOfWorker, read, Room, root, sha256, versionOf } from "../static/room.mjs";
import { putIcons } from "./icons.mjs";

const here = dirname(fileURLToPath(import.meta.url));

/** The pages of the shell, one for each language; the first is shown where none was chosen. */
const PAGES = ["/escaner/?idioma=es", "/escaner/?idioma=en"];

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

const room = new Room("scanner", ["chrome90", "firefox90", "safari15.4"]);
const svg = read(here, "icon.svg").toString();
const icons = putIcons(room, "scanner-icon", svg);
room.put("scanner-icon.svg", svg);
room.put("scanner.webmanifest", webManifest(icons));
await room.putStyles("scanner.css", join(here, "scanner.css"));
await room.putScript("scanner.js", join(here, "app.js"));
await room.putScript("enrol.js", join(here, "entry", "enrol.js"));
await room.putScript("enter.js", join(here, "entry", "enter.js"));
const reader = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
room.put("zxing_reader.wasm", readFileSync(reader));

// The large icon is asked for on installing only, which needs a network anyhow.
// The device's own doors need one too.
const online = new Set(["scanner-icon-512.png", "enrol.js", "enter.js"]);
const shell = Object.entries(room.entries).filter(([name]) => !online.has(name));
const assets = shell.map(([, entry]) => addressOf(entry));
const worker = await hashOfWorker(join(here, "sw.js"), room.target);
const page = ["scanner.html", join("scanner", "wording.html")].map((file) => read(root, "templates", file));
const version = versionOf(assets, PAGES, catalogues(), [...page.map(sha256), worker]);
await room.finish(join(here, "sw.js"), { version, pages: PAGES, assets });

const total = shell.reduce((sum, [, { gzip }]) => sum + gzip, 0);
console.log(`shell ${version}: ${total} bytes gz without the page`);
