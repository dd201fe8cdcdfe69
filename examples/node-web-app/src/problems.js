/** What went wrong, in words for the customer; it has nothing that is secret. */
export class Problem extends Error {
  /**
   * @param {number} status of the answer
   * @param {string} title
   * @param {string} text what it means and what to do
   * @param {{label: string, href: string}} [action] by default the way home
   */
  constructor(status, title, text, action = { label: "Home", href: "/" }) {
    super(title);
    this.status = status;
    this.title = title;
    this.text = text;
    this.action = action;
  }
}

const AGAIN = { label: "Sign in", href: "/auth/signin" };

export const cancelled = () =>
  new Problem(200, "You are not signed in", "The sign-in was cancelled. Nothing has changed.", AGAIN);

export const noSuchSignIn = () =>
  new Problem(
    400,
    "This sign-in cannot go on",
    "It was finished already, took too long, or began in another browser. Please begin anew.",
    AGAIN,
  );

/** @param {string} code such as AADSTS700016 */
export const signInFailed = (code) =>
  new Problem(502, "The sign-in did not work", `The sign-in service says: ${code}.`, AGAIN);

export const signInDown = () =>
  new Problem(
    503,
    "Signing in is not possible just now",
    "The sign-in service does not answer. Please try again in a moment.",
  );

export const consentMissing = () =>
  new Problem(
    403,
    "This application may not see your to-dos",
    "Nobody has consented to it yet. An administrator of the tenant has to do it.",
  );

export const sessionOver = () =>
  new Problem(401, "You have been signed out", "Your session has ended. Please sign in again.", AGAIN);

export const apiDown = () =>
  new Problem(
    502,
    "Your to-dos cannot be shown just now",
    "The to-do service does not answer. Please try again in a moment.",
    { label: "Try again", href: "/todos" },
  );

/** @param {number} status */
export const apiFailed = (status) =>
  new Problem(
    502,
    "That did not work",
    `The to-do service answered with status ${status}.`,
    { label: "To my to-dos", href: "/todos" },
  );

/** @param {string} message what the API says of it */
export const refusedByApi = (message) =>
  new Problem(400, "That is no to-do", message, { label: "To my to-dos", href: "/todos" });

export const permissionMissing = () =>
  new Problem(
    403,
    "This application may not do that",
    "The to-do service asks for a permission that the application does not have.",
  );

export const forged = () =>
  new Problem(
    403,
    "That page was too old",
    "What you sent did not come from a page of your present session. Nothing has changed.",
  );

export const nothingHere = () =>
  new Problem(404, "There is nothing here", "The address may have been mistyped.");

export const internal = () =>
  new Problem(500, "Something went wrong", "It is not your fault. Please try again.");
