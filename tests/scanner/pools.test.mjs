/** A permit for the pool of a department has no employer: the law and the scanner mean the same. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { hasEmployer } from "../../app/web/scanner/credential.js";

const law = readFileSync(new URL("../../permits/permit_claims.py", import.meta.url), "utf8");

test("what the service writes for nobody is read as nobody, and no employer's id is", () => {
  const written = /^POOL_ID, POOL_NAME = "([^"]+)"/m.exec(law)[1];
  assert.equal(hasEmployer({ employerId: written }), false);
  assert.equal(hasEmployer({ employerId: "3f2a90b1c7de" }), true);
  // Ids of employers are hexadecimal digits.
  assert.doesNotMatch(written, /^[0-9a-f]+$/);
});
