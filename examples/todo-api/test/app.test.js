import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { createApp } from "../src/app.js";
import { TodoStore } from "../src/todos.js";
import { TokenVerifier } from "../src/tokens.js";
import { ADA, BOB, DAEMON, Issuer } from "../testing/issuer.js";

/** @type {Issuer} */
let issuer;
/** @type {import("node:http").Server} */
let server;
/** @type {string} */
let folder;
/** @type {string} */
let url;

before(async () => {
  issuer = await Issuer.start();
  folder = await mkdtemp(join(tmpdir(), "todos-"));
  const app = createApp(new TokenVerifier(issuer.settings), TodoStore.open(join(folder, "t.json")));
  server = createServer(app);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  url = `http://127.0.0.1:${address.port}/api/todolist`;
});

after(async () => {
  issuer.stop();
  server.close();
  server.closeAllConnections();
  await rm(folder, { recursive: true });
});

/**
 * @param {string} token
 * @param {string} [method]
 * @param {string} [path]
 * @param {unknown} [body] JSON, or text as it is
 */
async function ask(token, method = "GET", path = "", body = undefined) {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body === undefined || typeof body === "string" ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  const challenge = answer.headers.get("www-authenticate");
  return { status: answer.status, body: text ? JSON.parse(text) : undefined, challenge };
}

test("a customer sees, changes and deletes only what is his", async () => {
  const ada = await issuer.token();
  const bob = await issuer.token({ oid: BOB });
  const made = await ask(ada, "POST", "", { text: " Buy milk " });
  assert.deepEqual([made.status, made.body.text, made.body.owner], [201, "Buy milk", ADA]);
  const path = `/${made.body.id}`;

  assert.deepEqual((await ask(bob)).body, []);
  assert.equal((await ask(bob, "PATCH", path, { done: true })).status, 404);
  assert.equal((await ask(bob, "DELETE", path)).status, 404);

  assert.equal((await ask(ada, "PATCH", path, { done: true })).body.done, true);
  assert.deepEqual((await ask(ada)).body.length, 1);
  assert.equal((await ask(ada, "DELETE", path)).status, 204);
  assert.deepEqual((await ask(ada)).body, []);
});

test("a daemon sees everybody's, and may say whose a new one is", async () => {
  await ask(await issuer.token(), "POST", "", { text: "Ada's" });
  const daemon = await issuer.daemon("ToDoList.ReadWrite.All");
  const made = await ask(daemon, "POST", "", { text: "Bob's", owner: BOB });
  assert.equal(made.status, 201);
  const seen = (await ask(daemon)).body.map((/** @type {{text: string}} */ one) => one.text);
  assert.deepEqual(seen, ["Ada's", "Bob's"]);
  assert.equal((await ask(await issuer.token({ oid: BOB }))).body[0].text, "Bob's");
  const refused = await ask(daemon, "POST", "", { text: "Nobody's", owner: "nobody" });
  const { message } = refused.body.error;
  assert.deepEqual(
    [refused.status, message],
    [400, "owner: allowed: the object ID of a customer"],
  );
  assert.equal((await ask(daemon, "POST", "", { text: "Its own" })).body.owner, DAEMON);
});

test("without a token a caller is told to bring one", async () => {
  const answer = await fetch(url);
  assert.deepEqual([answer.status, answer.headers.get("www-authenticate")], [401, "Bearer"]);
});

test("a bad token is told, and why", async () => {
  const answer = await ask(await issuer.token({ aud: "another" }));
  const told = `The token's claim 'aud' is not as it must be.`;
  assert.equal(answer.status, 401);
  assert.equal(answer.challenge, `Bearer error="invalid_token", error_description="${told}"`);
});

/** @type {[string, () => Promise<string>, string, string, string][]} */
const missing = [
  [
    "a customer's application without scopes",
    () => issuer.token({ scp: undefined }),
    "GET",
    "The token has no scope ToDoList.Read; it has none.",
    "ToDoList.Read",
  ],
  [
    "an ID token, whose roles are the customer's",
    () => issuer.token({ scp: undefined, roles: ["ToDoList.ReadWrite.All"], nonce: "1" }),
    "GET",
    "The token has no scope ToDoList.Read; it has none.",
    "ToDoList.Read",
  ],
  [
    "a customer's application that may only read",
    () => issuer.token({ scp: "ToDoList.Read" }),
    "POST",
    "The token has no scope ToDoList.ReadWrite; it has ToDoList.Read.",
    "ToDoList.ReadWrite",
  ],
  [
    "a daemon that may only read",
    () => issuer.daemon("ToDoList.Read.All"),
    "POST",
    "The token has no app role ToDoList.ReadWrite.All; it has ToDoList.Read.All.",
    "ToDoList.ReadWrite.All",
  ],
  [
    "a daemon without app roles",
    () => issuer.daemon(),
    "GET",
    "The token has no app role ToDoList.Read.All; it has none.",
    "ToDoList.Read.All",
  ],
];
for (const [who, token, method, message, needed] of missing) {
  test(`${who} is told what is missing`, async () => {
    const body = method === "POST" ? { text: "x" } : undefined;
    const answer = await ask(await token(), method, "", body);
    assert.equal(answer.status, 403);
    assert.deepEqual(answer.body.error, { code: "insufficient_scope", message });
    assert.match(String(answer.challenge), new RegExp(`scope="${needed}"$`));
  });
}

/** @type {[string, unknown, number, string][]} */
const inputs = [
  ["an empty text", { text: " " }, 400, "text: allowed: 1 to 200 characters"],
  ["a long text", { text: "x".repeat(201) }, 400, "text: allowed: 1 to 200 characters"],
  ["a text that is none", { text: 7 }, 400, "text: allowed: 1 to 200 characters"],
  ["an owner by a customer", { text: "x", owner: BOB }, 400, "owner: unknown; allowed: text"],
  ["a list", [], 400, "the body: allowed: a JSON object, as application/json"],
  ["no JSON", "{", 400, "the body: allowed: JSON"],
  ["too much", { text: "x".repeat(20_000) }, 413, "the body: allowed: at most 10 kB"],
];
for (const [what, body, status, message] of inputs) {
  test(`${what} is refused`, async () => {
    const answer = await ask(await issuer.token(), "POST", "", body);
    assert.deepEqual([answer.status, answer.body.error.message], [status, message]);
  });
}
