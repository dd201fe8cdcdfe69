import { randomBytes, timingSafeEqual } from "node:crypto";

import { forged } from "./problems.js";

/**
 * Headers that let a page load nothing but its stylesheet, and be framed by nobody.
 *
 * @param {string} signInHost where signing out may lead a form to: an origin
 * @returns {import("express").RequestHandler}
 */
export function headers(signInHost) {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${signInHost}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  return (_request, response, next) => {
    response.set({
      "Content-Security-Policy": policy,
      "Cross-Origin-Opener-Policy": "same-origin",
      "Referrer-Policy": "no-referrer",
      "X-Content-Type-Options": "nosniff",
    });
    next();
  };
}

/** @type {import("express").RequestHandler} */
export function keptNowhere(_request, response, next) {
  response.set("Cache-Control", "no-store");
  next();
}

/**
 * What the forms of a session's pages carry, so that no other site can send them.
 *
 * @param {import("express-session").Session & {formToken?: string}} session
 */
export function formToken(session) {
  session.formToken ??= randomBytes(32).toString("base64url");
  return session.formToken;
}

/**
 * Let no form pass that is not of a page of this session.
 *
 * @type {import("express").RequestHandler}
 */
export function checkForm(request, _response, next) {
  const expected = Buffer.from(formToken(request.session));
  const given = Buffer.from(String(request.body?.formToken ?? ""));
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw forged();
  }
  next();
}
