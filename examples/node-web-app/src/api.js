import { apiDown, apiFailed, permissionMissing, refusedByApi, sessionOver } from "./problems.js";

/** @typedef {{id: string, text: string, done: boolean, created: string}} Todo */

const WITHIN_MS = 10_000;

/** The API of to-dos, called with a customer's access token. */
export class TodoApi {
  #url;

  /** @param {string} base where it is, without a slash at its end */
  constructor(base) {
    this.#url = `${base}/api/todolist`;
  }

  /**
   * @param {string} token
   * @returns {Promise<Todo[]>} oldest first
   */
  async list(token) {
    return /** @type {Todo[]} */ (await this.#ask(token, "GET", ""));
  }

  /**
   * @param {string} token
   * @param {string} text
   */
  async add(token, text) {
    await this.#ask(token, "POST", "", { text });
  }

  /**
   * @param {string} token
   * @param {string} id
   * @param {boolean} done
   */
  async tick(token, id, done) {
    await this.#ask(token, "PATCH", `/${encodeURIComponent(id)}`, { done });
  }

  /**
   * @param {string} token
   * @param {string} id
   */
  async remove(token, id) {
    await this.#ask(token, "DELETE", `/${encodeURIComponent(id)}`);
  }

  /**
   * @param {string} token
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<unknown>}
   * @throws {import("./problems.js").Problem}
   */
  async #ask(token, method, path, body) {
    const answer = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(WITHIN_MS),
    }).catch(() => {
      throw apiDown();
    });
    const text = await answer.text();
    if (answer.ok) {
      return text === "" ? undefined : JSON.parse(text);
    }
    // Somebody has deleted it in another window: what was wanted of it is of no matter any more.
    if (answer.status === 404 && path !== "") {
      return undefined;
    }
    throw problemOf(answer.status, text);
  }
}

/**
 * @param {number} status
 * @param {string} body
 */
function problemOf(status, body) {
  if (status === 400) {
    return refusedByApi(messageOf(body));
  }
  if (status === 401) {
    return sessionOver();
  }
  if (status === 403) {
    return permissionMissing();
  }
  return status === 502 || status === 503 ? apiDown() : apiFailed(status);
}

/** @param {string} body */
function messageOf(body) {
  try {
    return String(JSON.parse(body).error.message);
  } catch {
    return "";
  }
}
