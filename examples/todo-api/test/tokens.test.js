import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { UnsecuredJWT, generateKeyPair } from "jose";

import { TenantUnreachableError, TokenError, TokenVerifier } from "../src/tokens.js";
import { ADA, Issuer } from "../testing/issuer.js";

/** @type {Issuer} */
let issuer;
/** @type {TokenVerifier} */
let verifier;

before(async () => {
  issuer = await Issuer.start();
  verifier = new TokenVerifier(issuer.settings);
});
after(() => issuer.stop());

/**
 * @param {string} token
 * @param {string} message
 */
async function refused(token, message) {
  await assert.rejects(verifier.verify(token), (error) => {
    assert.ok(error instanceof TokenError, String(error));
    assert.equal(error.message, message);
    return true;
  });
}

test("a customer's token tells who he is and which scopes his application has", async () => {
  assert.deepEqual(await verifier.verify(await issuer.token({ roles: ["ToDoList.Read.All"] })), {
    objectId: ADA,
    isApp: false,
    permissions: ["ToDoList.Read", "ToDoList.ReadWrite"],
  });
});

test("a daemon's token tells its app roles", async () => {
  const caller = await verifier.verify(await issuer.daemon("ToDoList.Read.All"));
  assert.equal(caller.isApp, true);
  assert.deepEqual(caller.permissions, ["ToDoList.Read.All"]);
});

const hour = 3600;
const now = Math.floor(Date.now() / 1000);
/** @type {[string, import("jose").JWTPayload, string][]} */
const wrong = [
  ["for another audience", { aud: "another" }, 'The token\'s claim "aud" is not as it must be.'],
  ["of another issuer", { iss: "https://evil/" }, 'The token\'s claim "iss" is not as it must be.'],
  ["of another tenant", { tid: "another" }, "The token is of another tenant."],
  ["without a tenant", { tid: undefined }, 'The token\'s claim "tid" is not as it must be.'],
  ["that has expired", { exp: now - hour }, "The token has expired."],
  ["that never expires", { exp: undefined }, 'The token\'s claim "exp" is not as it must be.'],
  ["that is not valid yet", { nbf: now + hour }, 'The token\'s claim "nbf" is not as it must be.'],
  ["of version 1.0", { ver: "1.0" }, "The token is not of version 2.0."],
  ["of nobody", { oid: undefined }, 'The token\'s claim "oid" is not as it must be.'],
  [
    "of an application with scopes",
    { idtyp: "app" },
    "The token is an application's own, and yet has scopes.",
  ],
];
for (const [what, changes, message] of wrong) {
  test(`a token ${what} is refused`, async () => refused(await issuer.token(changes), message));
}

test("a token without a signature is refused", async () => {
  const token = new UnsecuredJWT(issuer.claims()).encode();
  await refused(token, "The token is not signed with RS256.");
});

test("a token signed with a secret is refused", async () => {
  const token = await issuer.token({}, new TextEncoder().encode("known to all".repeat(4)), "HS256");
  await refused(token, "The token is not signed with RS256.");
});

test("a token signed by somebody else is refused", async () => {
  const { privateKey } = await generateKeyPair("RS256");
  const message = "The token is not one that the tenant has signed.";
  await refused(await issuer.token({}, privateKey), message);
});

test("a token that was changed is refused", async () => {
  const [header, , signature] = (await issuer.token()).split(".");
  const [, payload] = (await issuer.token({ oid: "somebody else" })).split(".");
  const message = "The token is not one that the tenant has signed.";
  await refused(`${header}.${payload}.${signature}`, message);
});

test("what is no token is refused", async () => {
  await refused("nonsense", "The token is not one that the tenant has signed.");
});

test("a tenant that is down is asked again", async () => {
  const gone = await Issuer.start();
  const { settings } = gone;
  gone.stop();
  const patient = new TokenVerifier(settings);
  await assert.rejects(patient.verify("any"), TenantUnreachableError);
  await assert.rejects(patient.verify("any"), TenantUnreachableError);
});
