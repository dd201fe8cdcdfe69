import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";

import { cancelled } from "../src/problems.js";
import { Browser, Running } from "../testing/running.js";

/** @type {Running} */
let running;
/** @type {Browser} */
let browser;

beforeEach(async () => {
  running = await Running.start();
  browser = new Browser(running);
});
afterEach(() => running.stop());

test("a customer signs in, in a session of another name", async () => {
  await browser.open("/auth/signin");
  const before = browser.cookie;
  const answer = await browser.signIn();
  assert.deepEqual([answer.status, answer.to], [303, "/todos"]);
  assert.match(String(answer.set), /; HttpOnly; SameSite=Lax$/);
  assert.notEqual(browser.cookie, before);
  assert.match((await browser.open("/")).text, /Welcome, Ada &lt;b&gt;/);
});

test("who is not signed in is sent to sign in", async () => {
  for (const path of ["/todos", "/account"]) {
    const answer = await browser.open(path);
    assert.deepEqual([answer.status, answer.to], [303, "/auth/signin"]);
  }
});

test("a code with a state of nobody's is refused", async () => {
  await browser.open("/auth/signin");
  for (const query of ["code=1", "code=1&state=state-7", "code=1&state=__proto__"]) {
    const answer = await browser.open(`/auth/redirect?${query}`);
    assert.equal(answer.status, 400, query);
    assert.match(answer.text, /This sign-in cannot go on/);
  }
});

test("a code that another browser's sign-in has got is refused", async () => {
  await browser.open("/auth/signin");
  const other = new Browser(running);
  await other.open("/auth/signin");
  assert.equal((await other.open("/auth/redirect?code=1&state=state-1")).status, 400);
  assert.equal((await other.open("/auth/redirect?code=1&state=state-2")).status, 303);
});

test("a state counts once", async () => {
  const { to } = await browser.open("/auth/signin");
  const { search } = new URL(String(to));
  running.finishing = cancelled();
  const answer = await browser.open(`/auth/redirect${search}&error=access_denied`);
  assert.deepEqual([answer.status, /The sign-in was cancelled/.test(answer.text)], [200, true]);
  assert.equal((await browser.open(`/auth/redirect${search}&code=1`)).status, 400);
});

test("signing out ends the session and leads to the tenant", async () => {
  await browser.signIn();
  const formToken = await browser.formToken();
  const answer = await browser.open("/auth/signout", { formToken });
  assert.equal(answer.to, "https://contoso.ciamlogin.com/logout");
  assert.equal((await browser.open("/todos")).to, "/auth/signin");
});

test("no form of another site is taken", async () => {
  await browser.signIn();
  await browser.formToken();
  const stranger = new Browser(running);
  await stranger.signIn();
  for (const formToken of ["", "x", await stranger.formToken()]) {
    for (const path of ["/auth/signout", "/todos", "/todos/1/tick", "/todos/1/delete"]) {
      const answer = await browser.open(path, { formToken, text: "x" });
      assert.equal(answer.status, 403, path);
    }
  }
  assert.deepEqual(running.asked, []);
  assert.equal((await browser.open("/todos")).status, 200);
});

test("pages run no script and are kept nowhere", async () => {
  const { headers, text } = await browser.open("/");
  assert.equal(
    headers.get("content-security-policy"),
    "default-src 'none'; style-src 'self'; img-src 'self'; " +
      "form-action 'self' https://contoso.ciamlogin.com; base-uri 'none'; frame-ancestors 'none'",
  );
  assert.equal(headers.get("cache-control"), "no-store");
  assert.equal(headers.get("referrer-policy"), "no-referrer");
  assert.equal(headers.get("x-powered-by"), null);
  assert.doesNotMatch(text, /<script|\sstyle=|\son\w+=/);
});
