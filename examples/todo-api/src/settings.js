/**
 * What the API is told by its environment.
 *
 * @typedef {object} Settings
 * @property {string} authority the tenant's sign-in host with the tenant, without a slash at its end
 * @property {string} clientId the API's client ID, which its tokens name as their audience
 * @property {number} port where it listens
 * @property {string} file where the to-dos are kept
 */

const REQUIRED = ["AUTHORITY", "TENANT_SUBDOMAIN", "CLIENT_ID"];

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
      `Not set: ${missing.join(", ")}. They are in the stack output apiEnvironments.`,
    );
  }
  const port = Number(environment.PORT || 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT is "${environment.PORT}"; allowed: a number from 0 to 65535`);
  }
  const authority = String(environment.AUTHORITY);
  if (!URL.canParse(authority)) {
    throw new Error(
      `AUTHORITY is "${authority}"; allowed: an address such as https://contoso.ciamlogin.com/`,
    );
  }
  return {
    authority: new URL(`${environment.TENANT_SUBDOMAIN}.onmicrosoft.com`, authority).href,
    clientId: String(environment.CLIENT_ID),
    port,
    file: environment.DATABASE || "todos.json",
  };
}
