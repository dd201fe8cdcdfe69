/**
 * What the daemon is told by its environment.
 *
 * @typedef {object} Settings
 * @property {string} authority the tenant at its sign-in host
 * @property {string} clientId
 * @property {string} clientSecret
 * @property {string} scope of the API: everything that was assigned to the daemon
 * @property {string} api where the API is, without a slash at its end
 */

const REQUIRED = ["AUTHORITY", "TENANT_SUBDOMAIN", "CLIENT_ID", "CLIENT_SECRET", "API_CLIENT_ID"];

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
    throw new Error(`Not set: ${missing.join(", ")}.`);
  }
  const given = /** @type {Record<string, string>} */ (environment);
  const api = given.API_BASE_URL || "http://localhost:8080";
  for (const [name, value] of Object.entries({ AUTHORITY: given.AUTHORITY, API_BASE_URL: api })) {
    if (!URL.canParse(value)) {
      throw new Error(`${name} is "${value}"; allowed: an address`);
    }
  }
  return {
    authority: new URL(`${given.TENANT_SUBDOMAIN}.onmicrosoft.com`, given.AUTHORITY).href,
    clientId: given.CLIENT_ID,
    clientSecret: given.CLIENT_SECRET,
    scope: `api://${given.API_CLIENT_ID}/.default`,
    api: api.replace(/\/$/, ""),
  };
}
