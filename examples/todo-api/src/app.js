import express from "express";

import { InputError, changesOfTodo, newTodo } from "./input.js";
import { ForbiddenError, demand } from "./permissions.js";
import { TenantUnreachableError, TokenError } from "./tokens.js";

/**
 * The API as an Express application.
 *
 * @param {Pick<import("./tokens.js").TokenVerifier, "verify">} verifier
 * @param {import("./todos.js").TodoStore} todos
 */
export function createApp(verifier, todos) {
  const app = express();
  app.disable("x-powered-by");
  app.use(logRequest);
  app.get("/healthz", (_request, response) => void response.json({ status: "ok" }));
  app.use("/api/todolist", authenticate(verifier), express.json({ limit: "10kb" }), routes(todos));
  app.use((_request, response) => answer(response, 404, "not_found", "There is nothing here."));
  app.use(refuse);
  return app;
}

/** @param {import("./todos.js").TodoStore} todos */
function routes(todos) {
  const router = express.Router();

  router.get("/", (_request, response) => {
    const caller = may(response, "read");
    response.json(todos.list(ownerSeenBy(caller)));
  });

  router.post("/", async (request, response) => {
    const caller = may(response, "write");
    const { text, owner } = newTodo(request.body, { withOwner: caller.isApp });
    response.status(201).json(await todos.add(owner ?? caller.objectId, text));
  });

  router.patch("/:id", async (request, response) => {
    const caller = may(response, "write");
    const changes = changesOfTodo(request.body);
    const todo = todos.find(request.params.id, ownerSeenBy(caller));
    if (todo) {
      response.json(await todos.change(todo, changes));
    } else {
      noSuchTodo(response);
    }
  });

  router.delete("/:id", async (request, response) => {
    const caller = may(response, "write");
    const todo = todos.find(request.params.id, ownerSeenBy(caller));
    if (todo) {
      await todos.remove(todo);
      response.status(204).end();
    } else {
      noSuchTodo(response);
    }
  });

  return router;
}

/**
 * Let nobody pass without a good token.
 *
 * @param {Pick<import("./tokens.js").TokenVerifier, "verify">} verifier
 * @returns {express.RequestHandler}
 */
function authenticate(verifier) {
  return async (request, response, next) => {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "") ?? [];
    if (token === undefined) {
      response.set("WWW-Authenticate", "Bearer");
      answer(response, 401, "unauthenticated", "An access token is needed: Authorization: Bearer …");
      return;
    }
    response.locals.caller = await verifier.verify(token);
    response.set("Cache-Control", "no-store");
    next();
  };
}

/**
 * The caller, who may do this.
 *
 * @param {express.Response} response
 * @param {"read" | "write"} access
 * @returns {import("./tokens.js").Caller}
 */
function may(response, access) {
  demand(response.locals.caller, access);
  return response.locals.caller;
}

/**
 * Whose to-dos a caller sees; undefined: everybody's.
 *
 * @param {import("./tokens.js").Caller} caller
 */
function ownerSeenBy(caller) {
  return caller.isApp ? undefined : caller.objectId;
}

/** @param {express.Response} response */
function noSuchTodo(response) {
  answer(response, 404, "not_found", "There is no such to-do, or it is not yours.");
}

/**
 * @param {express.Response} response
 * @param {number} status
 * @param {string} code
 * @param {string} message
 */
function answer(response, status, code, message) {
  response.status(status).json({ error: { code, message } });
}

/** @type {express.ErrorRequestHandler} */
function refuse(error, _request, response, _next) {
  if (error instanceof TokenError) {
    response.set("WWW-Authenticate", challenge("invalid_token", error.message));
    answer(response, 401, "invalid_token", error.message);
  } else if (error instanceof ForbiddenError) {
    const told = challenge("insufficient_scope", error.message);
    response.set("WWW-Authenticate", `${told}, scope="${error.needed}"`);
    answer(response, 403, "insufficient_scope", error.message);
  } else if (error instanceof InputError) {
    answer(response, 400, "invalid_request", error.message);
  } else if (error.type === "entity.too.large") {
    answer(response, 413, "too_large", "the body: allowed: at most 10 kB");
  } else if (error.expose === true) {
    answer(response, error.status, "invalid_request", "the body: allowed: JSON");
  } else if (error instanceof TenantUnreachableError) {
    console.error(error.message);
    answer(response, 503, "unavailable", "The tenant does not answer, so no token can be checked.");
  } else {
    console.error(error);
    answer(response, 500, "internal_error", "Something went wrong.");
  }
}

/**
 * @param {string} error
 * @param {string} description
 */
function challenge(error, description) {
  return `Bearer error="${error}", error_description="${description.replaceAll('"', "'")}"`;
}

/**
 * One line for each request: no header and no query is in it.
 *
 * @type {express.RequestHandler}
 */
function logRequest(request, response, next) {
  const { method, path } = request;
  if (path !== "/healthz") {
    const began = performance.now();
    response.once("finish", () => {
      const took = Math.round(performance.now() - began);
      console.log(`${method} ${path} ${response.statusCode} ${took} ms`);
    });
  }
  next();
}
