import { randomBytes } from "node:crypto";

import session from "express-session";

const HOUR_MS = 3_600_000;
/** As many sign-ins may be begun at once, in several windows of a browser. */
const MOST_BEGUN = 5;

/**
 * What a session holds, beside its cookie.
 *
 * @typedef {object} Kept
 * @property {Record<string, import("./sign-in.js").Begun>} [begun] sign-ins by their state
 * @property {import("./sign-in.js").SignedIn} [signedIn]
 * @property {string} [formToken]
 */

/**
 * Sessions in memory, which end with the process or an hour after their last request.
 *
 * The browser has a random name of its session and nothing else: tokens never leave the process.
 */
export function sessions() {
  return session({
    name: "todo.session",
    secret: randomBytes(32).toString("base64url"),
    resave: false,
    rolling: true,
    saveUninitialized: false,
    // Lax, since customers come back from the sign-in host by a link of another site.
    cookie: { httpOnly: true, sameSite: "lax", maxAge: HOUR_MS },
  });
}

/**
 * Keep a sign-in until the customer comes back.
 *
 * @param {Kept} kept
 * @param {string} state
 * @param {import("./sign-in.js").Begun} begun
 */
export function remember(kept, state, begun) {
  const newest = Object.entries(kept.begun ?? {}).slice(1 - MOST_BEGUN);
  kept.begun = Object.fromEntries([...newest, [state, begun]]);
}

/**
 * The sign-in of that state, once; undefined if this session has not begun it.
 *
 * @param {Kept} kept
 * @param {unknown} state
 */
export function recall(kept, state) {
  if (typeof state !== "string" || !Object.hasOwn(kept.begun ?? {}, state)) {
    return undefined;
  }
  const { [state]: begun, ...others } = /** @type {NonNullable<Kept["begun"]>} */ (kept.begun);
  kept.begun = others;
  return begun;
}

/**
 * A new session in the place of the old one, whose name somebody else may know.
 *
 * @param {import("express").Request} request
 * @returns {Promise<Kept>}
 */
export function renew(request) {
  return new Promise((resolve, reject) => {
    request.session.regenerate((error) => {
      if (error) {
        reject(error);
      } else {
        resolve(/** @type {Kept} */ (/** @type {unknown} */ (request.session)));
      }
    });
  });
}

/**
 * End the session, and forget the customer's tokens with it.
 *
 * @param {import("express").Request} request
 * @returns {Promise<void>}
 */
export function end(request) {
  return new Promise((resolve, reject) => {
    request.session.destroy((error) => (error ? reject(error) : resolve()));
  });
}
