import { Router } from "express";

import { todosPage } from "./pages/todos.js";
import { viewOf } from "./pages/view.js";
import { checkForm } from "./security.js";

/**
 * The customer's to-dos; every change leads back to the list.
 *
 * @param {import("./settings.js").Settings} settings
 * @param {Pick<import("./sign-in.js").SignIn, "token">} signIn
 * @param {import("./api.js").TodoApi} api
 */
export function todoRoutes(settings, signIn, api) {
  const router = Router();
  const { read, write } = settings.scopes;

  router.get("/", async (request, response) => {
    const view = viewOf(request);
    response.send(todosPage(view, await api.list(await token(view, read))));
  });

  router.post("/", checkForm, async (request, response) => {
    await api.add(await token(viewOf(request), write), String(request.body.text ?? ""));
    response.redirect(303, "/todos");
  });

  router.post("/:id/tick", checkForm, async (request, response) => {
    const done = request.body.done === "true";
    await api.tick(await token(viewOf(request), write), String(request.params.id), done);
    response.redirect(303, "/todos");
  });

  router.post("/:id/delete", checkForm, async (request, response) => {
    await api.remove(await token(viewOf(request), write), String(request.params.id));
    response.redirect(303, "/todos");
  });

  /**
   * @param {import("./pages/view.js").View} view
   * @param {string} scope
   */
  function token(view, scope) {
    return signIn.token(/** @type {import("./sign-in.js").SignedIn} */ (view.signedIn), scope);
  }

  return router;
}
