import { formToken } from "../security.js";

/**
 * What every page shows of the session.
 *
 * @typedef {object} View
 * @property {import("../sign-in.js").SignedIn} [signedIn]
 * @property {string} name what to call the customer; empty for nobody
 * @property {string} formToken for the page's forms; empty where there is nobody to send one
 */

/**
 * @param {import("express").Request} request
 * @returns {View}
 */
export function viewOf(request) {
  const { session } = request;
  // After a sign-out, and before sessions were looked at, there is none.
  const { signedIn } = /** @type {import("../session.js").Kept} */ (session ?? {});
  return {
    signedIn,
    name: signedIn ? nameOf(signedIn.claims) : "",
    formToken: signedIn ? formToken(session) : "",
  };
}

/** @param {Record<string, unknown>} claims */
function nameOf(claims) {
  const { name, email, preferred_username: username } = claims;
  // Entra calls a customer who was not asked for a name so.
  const known = [name, email, username].find((one) => one && one !== "unknown");
  return String(known ?? "customer");
}
