// Builds what pages load: own SCSS and JavaScript with the parts taken from the npm registry.
// Every file gets its hash in its name, so it can be cached for ever; manifest.json tells names,
// hashes and sizes to app/web/assets.py. Nothing of third parties is committed.
import { createHash } from "node:crypto";
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "..", "node_modules");
const vendor = join(here, "vendor");

function styles(name) {
  const source = join(here, "src", "scss", `${name}.scss`);
  const { css } = compile(source, { loadPaths: [modules], style: "compressed", quietDeps: true });
  return Buffer.from(css);
}

async function script(name) {
  const { outputFiles } = await build({
    entryPoints: [join(here, "src", "js", `${name}.js`)],
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2020",
    legalComments: "eof",
    write: false,
  });
  return Buffer.from(outputFiles[0].contents);
}

function fingerprinted(name, content) {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const [stem, extension] = name.split(".");
  const file = `${stem}.${sha256.slice(0, 12)}.${extension}`;
  writeFileSync(join(vendor, file), content);
  return { file, sha256, bytes: content.length, gzip: gzipSync(content, { level: 9 }).length };
}

mkdirSync(vendor, { recursive: true });
const manifest = {
  "applicant.css": fingerprinted("applicant.css", styles("applicant")),
  "officials.css": fingerprinted("officials.css", styles("officials")),
  "applicant.js": fingerprinted("applicant.js", await script("applicant")),
  "officials.js": fingerprinted("officials.js", await script("officials")),
  "complaints.js": fingerprinted("complaints.js", await script("complaints")),
  "recorder.js": fingerprinted("recorder.js", await script("recorder")),
  "kiosk.js": fingerprinted("kiosk.js", await script("kiosk")),
  "code-reader.js": fingerprinted("code-reader.js", await script("code-reader")),
  "offer-scan.js": fingerprinted("offer-scan.js", await script("offer-scan")),
  "public-check.js": fingerprinted("public-check.js", await script("public-check")),
  "icon.svg": fingerprinted("icon.svg", readFileSync(join(here, "src", "icon.svg"))),
};
// The printed papers' typeface, for app/adapters/prints.py: typst reads TTF and nothing else.
const typeface = join(modules, "@expo-google-fonts", "noto-sans");
const fonts = join(vendor, "fonts");
mkdirSync(fonts, { recursive: true });
for (const weight of ["400Regular", "600SemiBold", "700Bold"]) {
  const file = `NotoSans_${weight}.ttf`;
  copyFileSync(join(typeface, weight, file), join(fonts, file));
}
copyFileSync(join(typeface, "LICENSE_FONT"), join(fonts, "LICENSE"));
// The manifest is replaced in one move: a server that starts meanwhile sees the old or the new one.
writeFileSync(join(vendor, "manifest.json.new"), JSON.stringify(manifest, null, 2) + "\n");
renameSync(join(vendor, "manifest.json.new"), join(vendor, "manifest.json"));

const built = Object.values(manifest).map((entry) => entry.file);
// "scanner", "brigade" and "gate" are built by their own build.mjs, "audio" by app/web/pages/voices.py.
const kept = new Set(["manifest.json", "audio", "brigade", "fonts", "gate", "scanner", ...built]);
for (const file of readdirSync(vendor)) {
  if (!kept.has(file)) rmSync(join(vendor, file), { recursive: true });
}
for (const [name, { bytes, gzip }] of Object.entries(manifest)) {
  console.log(`${name.padEnd(14)} ${String(bytes).padStart(7)} bytes ${String(gzip).padStart(6)} gz`);
}
