import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { accessToken } from "../src/access-token.js";
import { readSettings } from "../src/settings.js";
import { addTodo, listTodos } from "../src/todos.js";

const ENVIRONMENT = {
  AUTHORITY: "https://contoso.ciamlogin.com/",
  TENANT_SUBDOMAIN: "contoso",
  CLIENT_ID: "daemon",
  CLIENT_SECRET: "s3cret",
  API_CLIENT_ID: "api",
};

/** @type {import("node:http").Server} */
let server;
let api = "";
let answer = { status: 200, body: "[]" };
/** @type {unknown[][]} */
const asked = [];

before(async () => {
  server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    asked.push([method, url, headers.authorization, (await request.toArray()).join("")]);
    response.writeHead(answer.status).end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  api = `http://127.0.0.1:${address.port}`;
});
after(() => {
  server.close();
  server.closeAllConnections();
});

test("it asks for everything that was assigned to it", () => {
  const settings = readSettings(ENVIRONMENT);
  assert.equal(settings.scope, "api://api/.default");
  assert.equal(settings.authority, "https://contoso.ciamlogin.com/contoso.onmicrosoft.com");
  assert.equal(settings.api, "http://localhost:8080");
});

test("what is missing is told at once", () => {
  assert.throws(() => readSettings({ ...ENVIRONMENT, CLIENT_SECRET: "" }), {
    message: "Not set: CLIENT_SECRET.",
  });
  assert.throws(() => readSettings({ ...ENVIRONMENT, API_BASE_URL: "localhost" }), {
    message: 'API_BASE_URL is "localhost"; allowed: an address',
  });
});

test("it lists and adds with its token", async () => {
  assert.deepEqual(await listTodos({ api }, "t"), []);
  answer = { status: 201, body: '{"text": "Look"}' };
  assert.deepEqual(await addTodo({ api }, "t", "Look"), { text: "Look" });
  assert.deepEqual(asked, [
    ["GET", "/api/todolist", "Bearer t", ""],
    ["POST", "/api/todolist", "Bearer t", '{"text":"Look"}'],
  ]);
});

test("what the API says against it is told in one line", async () => {
  answer = { status: 403, body: '{"error": {"message": "The token has no app role X."}}' };
  await assert.rejects(listTodos({ api }, "t"), {
    message: "The API refuses (403): The token has no app role X.",
  });
  answer = { status: 502, body: "<html>" };
  await assert.rejects(listTodos({ api }, "t"), {
    message: "The API refuses (502): no reason given",
  });
});

test("an API or a tenant that is down is told in one line", async () => {
  await assert.rejects(listTodos({ api: "http://127.0.0.1:1" }, "t"), /^Error: The API at .* does not/);
  const settings = readSettings({ ...ENVIRONMENT, AUTHORITY: "https://127.0.0.1:1/" });
  await assert.rejects(accessToken(settings), /^Error: https:.*openid-configuration does not answer/);
});
