/**
 * Builds a gate's program into app/web/static/vendor/gate/ (ignored by git): what the page loads,
 * what the camera loads when it is opened, and a service worker that knows the shell by its hash. It
 * runs after the builds of ../static and ../scanner, whose style sheet and reader it shares.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { addressOf, catalogues, hashesOf, hashOfWorker, manifestOf, Room, root, versionOf } from "../static/room.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const PAGES = ["/porton/sin-red?idioma=es", "/porton/sin-red?idioma=en"];

const room = new Room("gate", ["chrome90", "firefox98", "safari15.4"]);
await room.putScript("gate.js", join(here, "app.js"));
await room.putScript("gate-scan.js", join(here, "scan.js"));

const shared = manifestOf();
const parts = ["applicant.css", "applicant.js", "icon.svg"].map((name) => shared[name]);
const reader = manifestOf("scanner")["zxing_reader.wasm"];
const assets = [...parts, reader, ...Object.values(room.entries)].map(addressOf);
const templates = ["farms", "layouts", "widgets"].map((name) => hashesOf(join(root, "templates", name), ".html"));
const version = versionOf(assets, PAGES, catalogues(), templates, await hashOfWorker(join(here, "sw.js"), room.target));
await room.finish(join(here, "sw.js"), { version, pages: PAGES, assets });
