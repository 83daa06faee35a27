/** What the tablet doubts while the person is still there, as the law judges it later. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { ageOn, doubt, isAsked, isCui, isOneOf } from "../../app/web/brigade/checks.js";

const NOW = new Date("2026-11-27T18:00:00Z");
const KNOWN = { age: 18, places: ["Jocotán, Chiquimula", "San José, Escuintla", "San José, Petén"], now: NOW };

test("a CUI is doubted by its check digit and its length", () => {
  assert.equal(isCui("1234 56789 2004"), true);
  assert.equal(isCui("1234567892004"), true);
  for (const wrong of ["1234567882004", "123456789200", "", "letters"]) assert.equal(isCui(wrong), false, wrong);
});

test("a question is asked after the answers that its file names, and no others", () => {
  const condition = { step: "pregunta-drives", values: ["yes"] };
  const typed = (text) => ({ "pregunta-drives": text ? { extra_drives: [text] } : {} });
  assert.deepEqual(["yes", "no", ""].map((text) => isAsked(condition, typed(text))), [true, false, false]);
  assert.equal(isAsked(undefined, {}), true);
  assert.equal(isAsked(condition, {}), false);
});

test("ages count by the day, and months by number or word", () => {
  assert.equal(ageOn(["27", "11", "2008"], NOW), 18);
  assert.equal(ageOn(["28", "noviembre", "2008"], NOW), 17);
  assert.equal(ageOn(["27", "Marzo", "1994"], NOW), 32);
  assert.equal(ageOn(["27", "january", "1994"], NOW), 32);
  for (const none of [["31", "2", "1994"], ["1", "nada", "1994"], ["1", "1", "94"], ["", "", ""]]) {
    assert.ok(Number.isNaN(ageOn(none, NOW)), none.join());
  }
});

test("a place is doubted where it could be several, or none", () => {
  for (const [text, fits] of [["jocotan", true], ["Jocotán, Chiquimula", true], ["San José", false], ["san jose peten", true], ["Nada", false]]) {
    assert.equal(isOneOf(text, KNOWN.places), fits, text);
  }
});

test("each question has its own doubt, and the others none", () => {
  const born = (year) => ({ "date_of_birth-day": ["1"], "date_of_birth-month": ["2"], "date_of_birth-year": [year] });
  const free = (month) => ({ "free_from-day": ["31"], "free_from-month": [month], "free_from-year": ["2027"] });
  const cases = [
    ["documento", { document_kind: ["gt-dpi"], document_number: ["1"] }, "number"],
    ["documento", { document_kind: ["passport"], document_number: ["A1"] }, ""],
    ["documento", { document_kind: ["hn-dni"], document_number: ["0801 1994 9000"] }, "dni"],
    ["documento", { document_kind: ["hn-dni"], document_number: ["0801-1994-90001"] }, ""],
    ["lista", free("febrero"), "day"],
    ["lista", free("enero"), ""],
    ["nacimiento", born("2012"), "young"],
    ["nacimiento", born("1810"), "date"],
    ["nacimiento", born("1990"), ""],
    ["telefono", { phone: ["5551234"] }, "phone"],
    ["telefono", { phone: ["+502 5551 2345"] }, ""],
    ["municipio", { municipality: ["Nada"] }, "place"],
    ["nombre", { given_names: ["X"] }, ""],
  ];
  for (const [step, typed, wanted] of cases) assert.equal(doubt(step, typed, KNOWN), wanted, step);
});
