import { createServer } from "node:http";

import { TodoApi } from "../src/api.js";
import { createApp } from "../src/app.js";
import { readSettings } from "../src/settings.js";

export const ENVIRONMENT = {
  AUTHORITY: "https://contoso.ciamlogin.com/",
  TENANT_SUBDOMAIN: "contoso",
  CLIENT_ID: "client",
  CLIENT_SECRET: "s3cret",
  REDIRECT_URI: "http://localhost:3000/auth/redirect",
  POST_LOGOUT_REDIRECT_URI: "http://localhost:3000",
  TODOLIST_READ: "api://a/ToDoList.Read",
  TODOLIST_READWRITE: "api://a/ToDoList.ReadWrite",
};

/** The application beside an API, with somebody who signs in whoever comes back with a code. */
export class Running {
  /** Set by a test: what the API answers. */
  answer = { status: 200, body: /** @type {unknown} */ ([]) };
  /** What the API was asked: method, path, token and body. @type {unknown[][]} */
  asked = [];
  /** Set by a test: what happens when a token is wanted. */
  token = async (/** @type {unknown} */ _signedIn, /** @type {string} */ scope) => `for ${scope}`;
  /** @type {Record<string, unknown>} */
  claims = { name: "Ada <b>", preferred_username: "ada@example.com", iat: 0 };
  /** @type {unknown} */
  finishing;
  #states = 0;
  /** @type {import("node:http").Server[]} */
  #servers = [];
  url = "";
  /** @type {import("node:http").Server | undefined} */
  api;

  static async start() {
    const made = new Running();
    made.api = createServer(async (request, response) => {
      const { method, url, headers } = request;
      const body = (await request.toArray()).join("");
      made.asked.push([method, url, headers.authorization, body && JSON.parse(body)]);
      response.writeHead(made.answer.status);
      response.end(JSON.stringify(made.answer.body));
    });
    const API_BASE_URL = await made.#listen(made.api);
    const settings = readSettings({ ...ENVIRONMENT, API_BASE_URL });
    const app = createApp(settings, made.#signIn(), new TodoApi(settings.api));
    made.url = await made.#listen(createServer(app));
    return made;
  }

  stop() {
    for (const server of this.#servers) {
      server.close();
      server.closeAllConnections();
    }
  }

  #signIn() {
    return {
      begin: async () => {
        const state = `state-${++this.#states}`;
        const begun = { nonce: state, verifier: state };
        return { address: `https://contoso.ciamlogin.com/?state=${state}`, state, begun };
      },
      finish: async () => {
        if (this.finishing) {
          throw this.finishing;
        }
        return { accountId: "1", claims: this.claims, tokens: "" };
      },
      token: (/** @type {unknown} */ signedIn, /** @type {string} */ scope) =>
        this.token(signedIn, scope),
      signOutAddress: async () => "https://contoso.ciamlogin.com/logout",
    };
  }

  /** @param {import("node:http").Server} server */
  async #listen(server) {
    this.#servers.push(server);
    await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
    const address = /** @type {import("node:net").AddressInfo} */ (server.address());
    return `http://127.0.0.1:${address.port}`;
  }
}

/** A browser that keeps one cookie and follows no redirect. */
export class Browser {
  cookie = "";

  /** @param {Running} running */
  constructor(running) {
    this.running = running;
  }

  /**
   * @param {string} path
   * @param {Record<string, string>} [form] sent by POST
   */
  async open(path, form) {
    const response = await fetch(this.running.url + path, {
      method: form ? "POST" : "GET",
      headers: { cookie: this.cookie },
      body: form && new URLSearchParams(form),
      redirect: "manual",
    });
    const set = response.headers.get("set-cookie");
    this.cookie = set ? set.split(";")[0] : this.cookie;
    const { status, headers } = response;
    return { status, headers, set, to: headers.get("location"), text: await response.text() };
  }

  /** Sign in; the answer of the redirect URI. */
  async signIn() {
    const { to } = await this.open("/auth/signin");
    return this.open(`/auth/redirect?code=1&state=${new URL(String(to)).searchParams.get("state")}`);
  }

  /** What the forms of this session carry. */
  async formToken() {
    const { text } = await this.open("/");
    return String(/name="formToken" value="([^"]+)"/.exec(text)?.[1]);
  }
}
