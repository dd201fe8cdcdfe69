import { fileURLToPath } from "node:url";

import express from "express";

import { authRoutes } from "./auth-routes.js";
import { accountPage } from "./pages/account.js";
import { homePage } from "./pages/home.js";
import { problemPage } from "./pages/problem.js";
import { viewOf } from "./pages/view.js";
import { Problem, internal, nothingHere } from "./problems.js";
import { headers, keptNowhere } from "./security.js";
import { sessions } from "./session.js";
import { todoRoutes } from "./todo-routes.js";

const PUBLIC = fileURLToPath(new URL("../public", import.meta.url));

/**
 * The web application as an Express application.
 *
 * @param {import("./settings.js").Settings} settings
 * @param {Pick<import("./sign-in.js").SignIn, "begin" | "finish" | "token" | "signOutAddress">} signIn
 * @param {import("./api.js").TodoApi} api
 */
export function createApp(settings, signIn, api) {
  const app = express();
  app.disable("x-powered-by");
  app.use(logRequest);
  app.use(headers(new URL(settings.authority).origin));
  app.use("/assets", express.static(PUBLIC, { maxAge: "1h" }));
  app.use(keptNowhere, sessions(), express.urlencoded({ extended: false, limit: "10kb" }));
  app.get("/", (request, response) => void response.send(homePage(viewOf(request))));
  app.use(authRoutes(settings, signIn));
  app.get("/account", signedIn, (request, response) => {
    response.send(accountPage(viewOf(request)));
  });
  app.use("/todos", signedIn, todoRoutes(settings, signIn, api));
  app.use(() => {
    throw nothingHere();
  });
  app.use(refuse);
  return app;
}

/**
 * Let customers pass, and have others sign in first.
 *
 * @type {express.RequestHandler}
 */
function signedIn(request, response, next) {
  if (viewOf(request).signedIn) {
    next();
  } else {
    response.redirect(303, "/auth/signin");
  }
}

/** @type {express.ErrorRequestHandler} */
function refuse(error, request, response, _next) {
  const problem = error instanceof Problem ? error : internal();
  if (!(error instanceof Problem)) {
    // MSAL's errors may quote what was asked: their code is enough.
    console.error(`${error.name}: ${error.errorCode ?? error.message}`);
  }
  response.status(problem.status).send(problemPage(viewOf(request), problem));
}

/**
 * One line for each request: no query is in it, since a redirect's has the code.
 *
 * @type {express.RequestHandler}
 */
function logRequest(request, response, next) {
  const { method, path } = request;
  response.once("finish", () => console.log(`${method} ${path} ${response.statusCode}`));
  next();
}
