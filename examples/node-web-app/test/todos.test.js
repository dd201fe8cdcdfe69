import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { consentMissing, sessionOver } from "../src/problems.js";
import { Browser, Running } from "../testing/running.js";

/** @type {Running} */
let running;
/** @type {Browser} */
let browser;

beforeEach(async () => {
  running = await Running.start();
  browser = new Browser(running);
  await browser.signIn();
});
afterEach(() => running.stop());

test("what customers wrote is shown and never run", async () => {
  running.answer.body = [{ id: '"/../', text: `<script>alert('1')</script>&"`, done: false }];
  const { text } = await browser.open("/todos");
  assert.match(text, /<span class="text">&lt;script&gt;alert\(&#39;1&#39;\)&lt;\/script&gt;&amp;&quot;</);
  assert.match(text, /action="\/todos\/%22%2F..%2F\/tick"/);
  assert.doesNotMatch(text, /<script/);
});

test("each call has the scope that it needs", async () => {
  const formToken = await browser.formToken();
  await browser.open("/todos");
  await browser.open("/todos", { formToken, text: "Milk" });
  await browser.open("/todos/a%2Fb/tick", { formToken, done: "true" });
  const last = await browser.open("/todos/1/delete", { formToken });
  assert.deepEqual([last.status, last.to], [303, "/todos"]);
  const [read, write] = ["Bearer for api://a/ToDoList.Read", "Bearer for api://a/ToDoList.ReadWrite"];
  assert.deepEqual(running.asked, [
    ["GET", "/api/todolist", read, ""],
    ["POST", "/api/todolist", write, { text: "Milk" }],
    ["PATCH", "/api/todolist/a%2Fb", write, { done: true }],
    ["DELETE", "/api/todolist/1", write, ""],
  ]);
});

/** @type {[string, number, RegExp, number][]} */
const answers = [
  ["is overloaded", 503, /The to-do service does not answer/, 502],
  ["fails", 500, /The to-do service answered with status 500/, 502],
  ["does not take the token", 401, /Your session has ended/, 401],
  ["misses a permission", 403, /asks for a permission/, 403],
];
for (const [what, status, told, expected] of answers) {
  test(`an API that ${what} is told in words`, async () => {
    running.answer = { status, body: { error: { message: "internal" } } };
    const answer = await browser.open("/todos");
    assert.equal(answer.status, expected);
    assert.match(answer.text, told);
  });
}

test("an API that is down is told in words", async () => {
  running.api?.close();
  running.api?.closeAllConnections();
  const answer = await browser.open("/todos");
  assert.equal(answer.status, 502);
  assert.match(answer.text, /Your to-dos cannot be shown just now/);
});

test("what the API refuses is shown as it says", async () => {
  running.answer = { status: 400, body: { error: { message: "text: allowed: <200>" } } };
  const answer = await browser.open("/todos", { formToken: await browser.formToken() });
  assert.equal(answer.status, 400);
  assert.match(answer.text, /text: allowed: &lt;200&gt;/);
});

test("a to-do that is gone already is no error", async () => {
  running.answer = { status: 404, body: {} };
  const formToken = await browser.formToken();
  assert.equal((await browser.open("/todos/1/delete", { formToken })).status, 303);
});

for (const [problem, told] of /** @type {const} */ ([
  [sessionOver(), /Please sign in again/],
  [consentMissing(), /Nobody has consented/],
])) {
  test(`without a token a customer is told: ${problem.title}`, async () => {
    running.token = async () => {
      throw problem;
    };
    const answer = await browser.open("/todos");
    assert.equal(answer.status, problem.status);
    assert.match(answer.text, told);
  });
}

test("an error that nobody foresaw tells the customer nothing of itself", async (t) => {
  const log = t.mock.method(console, "error", () => {});
  running.token = async () => {
    throw Object.assign(new Error("s3cret"), { errorCode: "odd" });
  };
  const answer = await browser.open("/todos");
  assert.equal(answer.status, 500);
  assert.doesNotMatch(answer.text, /s3cret/);
  assert.deepEqual(log.mock.calls.map((call) => call.arguments), [["Error: odd"]]);
});

test("the account shows the claims of the ID token", async () => {
  const { text } = await browser.open("/account");
  assert.match(text, /<th scope="row">name<\/th><td>Ada &lt;b&gt;<\/td>/);
  assert.match(text, /<th scope="row">iat<\/th><td>1970-01-01 00:00:00 UTC<\/td>/);
});
