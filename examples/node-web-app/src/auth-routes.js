import { Router } from "express";

import { noSuchSignIn } from "./problems.js";
import { checkForm } from "./security.js";
import { end, recall, remember, renew } from "./session.js";

/**
 * Signing in and out.
 *
 * @param {import("./settings.js").Settings} settings
 * @param {Pick<import("./sign-in.js").SignIn, "begin" | "finish" | "signOutAddress">} signIn
 */
export function authRoutes(settings, signIn) {
  const router = Router();

  router.get("/auth/signin", async (request, response) => {
    const { address, state, begun } = await signIn.begin();
    remember(kept(request), state, begun);
    response.redirect(303, address);
  });

  router.get(settings.redirectUri.pathname, async (request, response) => {
    const begun = recall(kept(request), request.query.state);
    if (begun === undefined) {
      throw noSuchSignIn();
    }
    const signedIn = await signIn.finish(begun, request.query);
    (await renew(request)).signedIn = signedIn;
    response.redirect(303, "/todos");
  });

  router.post("/auth/signout", checkForm, async (request, response) => {
    const { signedIn } = kept(request);
    await end(request);
    response.redirect(303, signedIn ? await signIn.signOutAddress(signedIn) : "/");
  });

  return router;
}

/**
 * @param {import("express").Request} request
 * @returns {import("./session.js").Kept}
 */
function kept(request) {
  return /** @type {import("./session.js").Kept} */ (/** @type {unknown} */ (request.session));
}
