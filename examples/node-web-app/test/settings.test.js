import assert from "node:assert/strict";
import { test } from "node:test";

import { readSettings } from "../src/settings.js";
import { ENVIRONMENT } from "../testing/running.js";

test("the stack outputs are enough", () => {
  const settings = readSettings(ENVIRONMENT);
  assert.equal(settings.authority, "https://contoso.ciamlogin.com/contoso.onmicrosoft.com");
  assert.equal(settings.api, "http://localhost:8080");
  assert.deepEqual([settings.redirectUri.port, settings.redirectUri.pathname], [
    "3000",
    "/auth/redirect",
  ]);
});

/** @type {[Record<string, string>, string][]} */
const wrong = [
  [
    { CLIENT_ID: "", CLIENT_SECRET: "" },
    "Not set: CLIENT_ID, CLIENT_SECRET. They are in the stack outputs environments and " +
      "environmentSecrets.",
  ],
  [{ AUTHORITY: "contoso" }, 'AUTHORITY is "contoso"; allowed: an address'],
  [
    { REDIRECT_URI: "https://localhost:3000/x" },
    'REDIRECT_URI is "https://localhost:3000/x"; allowed: an address with http, such as ' +
      "http://localhost:3000/auth/redirect",
  ],
];
for (const [changes, message] of wrong) {
  test(`${Object.keys(changes)} of no use is told in one line`, () => {
    assert.throws(() => readSettings({ ...ENVIRONMENT, ...changes }), { message });
  });
}
