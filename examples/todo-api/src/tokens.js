import { createRemoteJWKSet, errors, jwtVerify } from "jose";

/** The token is no good; the message says why and holds nothing of the token. */
export class TokenError extends Error {}

/** The tenant could not be asked for its keys, so that nothing can be said of the token. */
export class TenantUnreachableError extends Error {}

/**
 * Who calls, out of a token that is good.
 *
 * @typedef {object} Caller
 * @property {string} objectId of the customer, or of the daemon's service principal
 * @property {boolean} isApp whether it is a daemon, without any customer
 * @property {readonly string[]} permissions the scopes of a customer's application, or the app roles
 *   of a daemon
 */

const METADATA_WITHIN_MS = 5_000;
// Entra signs with nothing else; a token must not choose.
const ALGORITHMS = ["RS256"];
const CLOCK_TOLERANCE_S = 30;

/** Verifies access tokens by what the tenant publishes: its issuer and its signing keys. */
export class TokenVerifier {
  #settings;
  /** @type {Promise<{issuer: string, keys: ReturnType<typeof createRemoteJWKSet>}> | undefined} */
  #metadata;

  /** @param {Pick<import("./settings.js").Settings, "authority" | "clientId">} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /**
   * Verify an access token.
   *
   * @param {string} token
   * @returns {Promise<Caller>}
   * @throws {TokenError} the token is not one of this tenant for this API, or no longer
   * @throws {TenantUnreachableError}
   */
  async verify(token) {
    const { issuer, keys } = await this.#published();
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience: this.#settings.clientId,
      algorithms: ALGORITHMS,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ["exp", "nbf", "tid", "oid", "ver"],
    }).catch((error) => {
      throw explained(error);
    });
    return callerOf(payload, tenantOf(issuer));
  }

  #published() {
    this.#metadata ??= discover(this.#settings.authority).catch((error) => {
      // The next token asks again.
      this.#metadata = undefined;
      throw error;
    });
    return this.#metadata;
  }
}

/**
 * Tell who calls, by the claims of a token whose signature, issuer, audience and times are right.
 *
 * @param {import("jose").JWTPayload} claims
 * @param {string} tenantId
 * @returns {Caller}
 * @throws {TokenError}
 */
function callerOf(claims, tenantId) {
  if (claims.tid !== tenantId) {
    throw new TokenError("The token is of another tenant.");
  }
  if (claims.ver !== "2.0") {
    throw new TokenError("The token is not of version 2.0.");
  }
  const scopes = typeof claims.scp === "string" ? claims.scp.split(" ").filter(Boolean) : [];
  const isApp = claims.idtyp === "app";
  if (isApp && scopes.length > 0) {
    throw new TokenError("The token is an application's own, and yet has scopes.");
  }
  const roles = Array.isArray(claims.roles) ? claims.roles.map(String) : [];
  // The roles of a customer are no app roles of a daemon: only scopes count for him.
  return { objectId: String(claims.oid), isApp, permissions: isApp ? roles : scopes };
}

/**
 * The tenant's ID, which is the path of its issuer.
 *
 * @param {string} issuer
 */
function tenantOf(issuer) {
  return new URL(issuer).pathname.split("/")[1];
}

/** @param {string} authority */
async function discover(authority) {
  const address = `${authority}/v2.0/.well-known/openid-configuration`;
  let metadata;
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(METADATA_WITHIN_MS) });
    if (!answer.ok) {
      throw new Error(`status ${answer.status}`);
    }
    metadata = await answer.json();
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new TenantUnreachableError(`${address} does not answer: ${cause}`);
  }
  return { issuer: metadata.issuer, keys: createRemoteJWKSet(new URL(metadata.jwks_uri)) };
}

/** @param {unknown} error */
function explained(error) {
  if (error instanceof errors.JWTExpired) {
    return new TokenError("The token has expired.");
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    return new TokenError(`The token's claim "${error.claim}" is not as it must be.`);
  }
  if (error instanceof errors.JOSEAlgNotAllowed) {
    return new TokenError("The token is not signed with RS256.");
  }
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
    return new TenantUnreachableError(`The signing keys cannot be had: ${error}`);
  }
  return new TokenError("The token is not one that the tenant has signed.");
}
