import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";

import { readSettings } from "../src/settings.js";
import { TodoStore } from "../src/todos.js";

/** @type {string} */
let folder;
/** @type {string} */
let file;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "todos-"));
  file = join(folder, "todos.json");
});
afterEach(() => rm(folder, { recursive: true }));

test("to-dos outlive a restart", async () => {
  const store = TodoStore.open(file);
  const [milk, bread] = await Promise.all([store.add("ada", "Milk"), store.add("ada", "Bread")]);
  await store.change(milk, { done: true });
  await store.remove(bread);
  await store.add("bob", "Tea");

  const again = TodoStore.open(file);

  assert.deepEqual(again.list(), store.list());
  assert.deepEqual(again.list("ada"), [{ ...milk, done: true }]);
  assert.deepEqual(await readdir(folder), ["todos.json"]);
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("a file that holds something else is left alone", async () => {
  await writeFile(file, "precious");
  assert.throws(() => TodoStore.open(file), {
    message: `${file} does not hold to-dos. DATABASE names another file.`,
  });
});

test("what is missing in the environment is told at once", () => {
  assert.throws(() => readSettings({ AUTHORITY: "https://contoso.ciamlogin.com/" }), {
    message: "Not set: TENANT_SUBDOMAIN, CLIENT_ID. They are in the stack output apiEnvironments.",
  });
});

test("an address that is none is told", () => {
  const environment = { AUTHORITY: "contoso", TENANT_SUBDOMAIN: "contoso", CLIENT_ID: "1" };
  assert.throws(() => readSettings(environment), /^Error: AUTHORITY is "contoso"; allowed: /);
});

test("the tenant is asked by its initial domain", () => {
  const AUTHORITY = "https://contoso.ciamlogin.com/";
  const settings = readSettings({ AUTHORITY, TENANT_SUBDOMAIN: "contoso", CLIENT_ID: "1" });
  assert.equal(settings.authority, "https://contoso.ciamlogin.com/contoso.onmicrosoft.com");
  assert.equal(settings.port, 8080);
});
