// Anybody checks a permit: the code stands after # in the address, where no server ever sees it.
// The scanner's own modules judge it here, against the published lists.
import { initials } from "../../../scanner/initials.js";
import { pinnedRoots, rootKeys } from "../../../scanner/roots.js";
import { judge } from "../../../scanner/scans.js";
import { openStatusList } from "../../../scanner/status-list.js";
import { openTrustList } from "../../../scanner/trust-list.js";
import { Words } from "../../../scanner/words.js";

const TRUST_LIST = "/api/v1/trust-list";
const STATUS_LISTS = "/api/v1/status-lists";

const facts = JSON.parse(document.getElementById("facts").textContent);
const words = new Words({ lang: facts.lang, verdicts: facts.verdicts, reasons: {}, texts: {} });
const place = (id) => document.getElementById(id);

async function bytes(path) {
  const reply = await fetch(path, { cache: "no-cache" });
  if (!reply.ok) throw new Error("no list");
  return new Uint8Array(await reply.arrayBuffer());
}

/** What the judge needs, fresh from the server; a list that cannot be believed is left out. */
async function reader() {
  const trust = await openTrustList(
    await bytes(TRUST_LIST),
    await rootKeys(await pinnedRoots(facts.roots)),
  );
  const statusLists = new Map();
  const { items } = await (await fetch(STATUS_LISTS, { cache: "no-cache" })).json();
  for (const { uri, path } of items) {
    if (!path.startsWith(`${STATUS_LISTS}/`)) continue;
    const list = await openStatusList(await bytes(path), trust).catch(() => null);
    if (list && list.uri === uri) statusLists.set(uri, list);
  }
  const latest = Math.max(trust.iat, ...[...statusLists.values()].map((list) => list.iat));
  return { trust, statusLists, latest, now: Math.floor(Date.now() / 1000), post: null };
}

function row(label, value) {
  const term = document.createElement("dt");
  const told = document.createElement("dd");
  term.textContent = label;
  told.textContent = value;
  return [term, told];
}

function tell(verdict) {
  const { permit } = verdict;
  place("result-word").textContent = facts.verdicts[verdict.colour];
  place("result-reason").textContent = facts.reasons[verdict.reason];
  place("result").dataset.result = verdict.colour;
  place("result-facts").replaceChildren(
    ...(permit
      ? [
          ...(facts.issuers[permit.issuer]
            ? row(facts.labels.issuer, facts.issuers[permit.issuer])
            : []),
          ...row(facts.labels.programme, facts.programmes[permit.kind] ?? permit.kind),
          ...row(facts.labels.person, initials(permit.fullName)),
          ...row(facts.labels.first, words.day(permit.nbf)),
          ...row(facts.labels.last, words.lastDay(permit.exp)),
        ]
      : []),
  );
  place("result-compare").hidden = permit === null;
  place("result-none").hidden = true;
  place("result").hidden = false;
  place("result-word").focus();
}

async function check(text) {
  place("waiting").hidden = false;
  place("trouble").hidden = true;
  try {
    tell(await judge(text, await reader()));
  } catch {
    place("trouble").hidden = false;
  }
  place("waiting").hidden = true;
}

/** The code of the address; a half-eaten escape is no code. */
function fromAddress() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return location.hash.slice(1);
  }
}

function checkAddress() {
  const text = fromAddress();
  if (text && text !== "contenido") check(text);
}

place("typed").hidden = false;
place("typed").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = place("code").value.trim();
  if (text) check(text);
});
addEventListener("hashchange", checkAddress);
checkAddress();
