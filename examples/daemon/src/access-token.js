import { ConfidentialClientApplication } from "@azure/msal-node";

const WITHIN_MS = 10_000;

/**
 * An access token of the daemon's own, with the app roles that were assigned to it.
 *
 * @param {import("./settings.js").Settings} settings
 * @returns {Promise<string>}
 * @throws {Error} in one line
 */
export async function accessToken({ authority, clientId, clientSecret, scope }) {
  const metadata = await discover(authority);
  // By the tenant's ID, as the issuer has it: MSAL compares them.
  const [, tenantId] = new URL(metadata.issuer).pathname.split("/");
  const client = new ConfidentialClientApplication({
    auth: {
      clientId,
      clientSecret,
      authority: new URL(tenantId, authority).href,
      // A host that MSAL does not know is trusted because it is configured.
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: JSON.stringify(metadata),
    },
  });
  const made = await client.acquireTokenByClientCredential({ scopes: [scope] }).catch((error) => {
    const [reason] = String(error.errorMessage ?? error.message).split(/\r?\n| Trace ID:/);
    throw new Error(`No token for ${scope}: ${reason}`);
  });
  if (!made) {
    throw new Error(`No token for ${scope}.`);
  }
  return made.accessToken;
}

/**
 * @param {string} authority
 * @returns {Promise<{issuer: string}>}
 */
async function discover(authority) {
  const address = `${authority}/v2.0/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(WITHIN_MS) }).catch((error) => {
    throw new Error(`${address} does not answer: ${error.cause?.message ?? error.message}`);
  });
  if (!answer.ok) {
    throw new Error(`${address} answers with status ${answer.status}`);
  }
  return answer.json();
}
