/**
 * Builds the brigade's tablet into app/web/static/vendor/brigade/ (ignored by git): one bundle, one
 * style sheet, icons, and a service worker that knows the whole shell by its hash. It runs after
 * ../static/build.mjs, whose style sheet the pages share.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { putIcons } from "../scanner/icons.mjs";
import { addressOf, catalogues, hashesOf, hashOfWorker, manifestOf, read, Room, root, versionOf } from "../static/room.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const PAGES = ["/brigada/?idioma=es", "/brigada/?idioma=en"];

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

const room = new Room("brigade", ["chrome90", "firefox98", "safari15.4"]);
const svg = read(here, "..", "scanner", "icon.svg").toString();
room.put("brigade.webmanifest", webManifest(putIcons(room, "brigade-icon", svg)));
await room.putStyles("brigade.css", join(here, "brigade.css"));
const script = await room.putScript("brigade.js", join(here, "app.js"));

const shared = manifestOf();
const own = Object.entries(room.entries).filter(([name]) => name !== "brigade-icon-512.png");
const parts = [shared["applicant.css"], shared["icon.svg"], ...own.map(([, entry]) => entry)];
const assets = parts.map(addressOf);
const rooms = ["applications", "brigade", "layouts", "widgets"];
const templates = rooms.map((name) => hashesOf(join(root, "templates", name), ".html"));
const version = versionOf(assets, PAGES, catalogues(), templates, await hashOfWorker(join(here, "sw.js"), room.target));
await room.finish(join(here, "sw.js"), { version, pages: PAGES, assets, script });
