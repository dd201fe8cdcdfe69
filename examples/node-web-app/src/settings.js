/**
 * What the application is told by its environment.
 *
 * @typedef {object} Settings
 * @property {string} authority the tenant at its sign-in host
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {URL} redirectUri where customers come back; what the application listens on
 * @property {string} postLogoutRedirectUri where they come back after signing out
 * @property {{read: string, write: string}} scopes of the API, by their full names
 * @property {string} api where the API is, without a slash at its end
 */

const REQUIRED = [
  "AUTHORITY",
  "TENANT_SUBDOMAIN",
  "CLIENT_ID",
  "CLIENT_SECRET",
  "REDIRECT_URI",
  "POST_LOGOUT_REDIRECT_URI",
  "TODOLIST_READ",
  "TODOLIST_READWRITE",
];

/**
 * Read the settings from environment variables.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {Settings}
 * @throws {Error} in one line, if something is missing or of no use
 */
export function readSettings(environment) {
  const missing = REQUIRED.filter((name) => !environment[name]);
  if (missing.length > 0) {
    throw new Error(
      `Not set: ${missing.join(", ")}. ` +
        "They are in the stack outputs environments and environmentSecrets.",
    );
  }
  const given = /** @type {Record<string, string>} */ (environment);
  const redirectUri = address("REDIRECT_URI", given.REDIRECT_URI);
  if (redirectUri.protocol !== "http:") {
    throw new Error(
      `REDIRECT_URI is "${redirectUri}"; allowed: an address with http, such as ` +
        "http://localhost:3000/auth/redirect",
    );
  }
  const tenant = `${given.TENANT_SUBDOMAIN}.onmicrosoft.com`;
  return {
    authority: new URL(tenant, address("AUTHORITY", given.AUTHORITY)).href,
    clientId: given.CLIENT_ID,
    clientSecret: given.CLIENT_SECRET,
    redirectUri,
    postLogoutRedirectUri: given.POST_LOGOUT_REDIRECT_URI,
    scopes: { read: given.TODOLIST_READ, write: given.TODOLIST_READWRITE },
    api: address("API_BASE_URL", given.API_BASE_URL || "http://localhost:8080").href.replace(
      /\/$/,
      "",
    ),
  };
}

/**
 * @param {string} name
 * @param {string} value
 */
function address(name, value) {
  if (!URL.canParse(value)) {
    throw new Error(`${name} is "${value}"; allowed: an address`);
  }
  return new URL(value);
}
