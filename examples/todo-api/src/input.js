const MAX_LENGTH = 200;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What was sent cannot be taken; the message says what is allowed. */
export class InputError extends Error {}

/**
 * What a to-do is made of: its text, and whose it is where a daemon makes it for a customer.
 *
 * @param {unknown} body
 * @param {{withOwner: boolean}} options
 * @returns {{text: string, owner?: string}}
 * @throws {InputError}
 */
export function newTodo(body, { withOwner }) {
  const given = objectWith(body, withOwner ? ["text", "owner"] : ["text"]);
  const text = textOf(given.text);
  if (given.owner === undefined) {
    return { text };
  }
  if (typeof given.owner !== "string" || !UUID.test(given.owner)) {
    throw new InputError("owner: allowed: the object ID of a customer");
  }
  return { text, owner: given.owner };
}

/**
 * What changes of a to-do.
 *
 * @param {unknown} body
 * @returns {{text?: string, done?: boolean}}
 * @throws {InputError}
 */
export function changesOfTodo(body) {
  const given = objectWith(body, ["text", "done"]);
  /** @type {{text?: string, done?: boolean}} */
  const changes = {};
  if ("text" in given) {
    changes.text = textOf(given.text);
  }
  if ("done" in given) {
    if (typeof given.done !== "boolean") {
      throw new InputError("done: allowed: true or false");
    }
    changes.done = given.done;
  }
  if (Object.keys(changes).length === 0) {
    throw new InputError("the body: allowed: text, done, or both");
  }
  return changes;
}

/**
 * @param {unknown} body
 * @param {readonly string[]} names
 * @returns {Record<string, unknown>}
 */
function objectWith(body, names) {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new InputError("the body: allowed: a JSON object, as application/json");
  }
  const unknown = Object.keys(body).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new InputError(`${unknown}: unknown; allowed: ${names.join(", ")}`);
  }
  return /** @type {Record<string, unknown>} */ (body);
}

/** @param {unknown} value */
function textOf(value) {
  const text = typeof value === "string" ? value.trim() : "";
  if (text === "" || text.length > MAX_LENGTH) {
    throw new InputError(`text: allowed: 1 to ${MAX_LENGTH} characters`);
  }
  return text;
}
