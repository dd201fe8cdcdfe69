import { randomBytes } from "node:crypto";

import {
  ConfidentialClientApplication,
  CryptoProvider,
  InteractionRequiredAuthError,
  ServerError,
} from "@azure/msal-node";

import {
  cancelled,
  consentMissing,
  noSuchSignIn,
  sessionOver,
  signInDown,
  signInFailed,
} from "./problems.js";

/**
 * A sign-in that was begun, kept in the session until the customer comes back.
 *
 * @typedef {{nonce: string, verifier: string}} Begun
 */

/**
 * A customer who is signed in, kept in the session.
 *
 * @typedef {object} SignedIn
 * @property {string} accountId by which MSAL knows the customer
 * @property {Record<string, unknown>} claims of the ID token
 * @property {string} tokens MSAL's cache of this customer's tokens
 */

const DISCOVERY_WITHIN_MS = 5_000;

/** Signs customers in with MSAL: authorization code with PKCE, state and nonce. */
export class SignIn {
  #settings;
  #crypto = new CryptoProvider();
  /** @type {Promise<Record<string, unknown>> | undefined} */
  #metadata;

  /** @param {import("./settings.js").Settings} settings */
  constructor(settings) {
    this.#settings = settings;
  }

  /**
   * Begin a sign-in.
   *
   * @returns {Promise<{address: string, state: string, begun: Begun}>} where to send the browser
   */
  async begin() {
    const client = await this.#client();
    const { verifier, challenge } = await this.#crypto.generatePkceCodes();
    const begun = { nonce: random(), verifier };
    const state = random();
    const address = await client.getAuthCodeUrl({
      scopes: [],
      redirectUri: this.#settings.redirectUri.href,
      responseMode: "query",
      codeChallenge: challenge,
      codeChallengeMethod: "S256",
      nonce: begun.nonce,
      state,
    });
    return { address, state, begun };
  }

  /**
   * Finish a sign-in with what the customer brings back.
   *
   * @param {Begun} begun
   * @param {Readonly<Record<string, unknown>>} answer the query of the redirect URI
   * @returns {Promise<SignedIn>}
   * @throws {import("./problems.js").Problem}
   */
  async finish(begun, answer) {
    if (answer.error !== undefined) {
      throw refusal(String(answer.error), String(answer.error_description));
    }
    if (typeof answer.code !== "string") {
      throw noSuchSignIn();
    }
    const client = await this.#client();
    const request = {
      code: answer.code,
      scopes: [],
      redirectUri: this.#settings.redirectUri.href,
      codeVerifier: begun.verifier,
      nonce: begun.nonce,
    };
    const made = await client.acquireTokenByCode(request).catch((error) => {
      throw explained(error);
    });
    if (!made.account) {
      throw noSuchSignIn();
    }
    return {
      accountId: made.account.homeAccountId,
      claims: { ...made.idTokenClaims },
      tokens: client.getTokenCache().serialize(),
    };
  }

  /**
   * An access token without asking the customer; what MSAL gets anew is kept in `signedIn`.
   *
   * @param {SignedIn} signedIn
   * @param {string} scope
   * @returns {Promise<string>}
   * @throws {import("./problems.js").Problem}
   */
  async token(signedIn, scope) {
    const client = await this.#client();
    const cache = client.getTokenCache();
    cache.deserialize(signedIn.tokens);
    const account = await cache.getAccountByHomeId(signedIn.accountId);
    if (!account) {
      throw sessionOver();
    }
    const found = await client.acquireTokenSilent({ account, scopes: [scope] }).catch((error) => {
      throw explained(error);
    });
    signedIn.tokens = cache.serialize();
    return found.accessToken;
  }

  /**
   * Where a browser signs out of the tenant.
   *
   * @param {SignedIn} signedIn
   */
  async signOutAddress(signedIn) {
    const address = new URL(String((await this.#published()).end_session_endpoint));
    address.searchParams.set("post_logout_redirect_uri", this.#settings.postLogoutRedirectUri);
    // With this optional claim nobody is asked which account is meant.
    if (typeof signedIn.claims.login_hint === "string") {
      address.searchParams.set("logout_hint", signedIn.claims.login_hint);
    }
    return address.href;
  }

  /** A client with an empty cache: each session has its own tokens. */
  async #client() {
    const { clientId, clientSecret } = this.#settings;
    const metadata = await this.#published();
    // By the tenant's ID, as the issuer has it: MSAL compares them.
    const [, tenantId] = new URL(String(metadata.issuer)).pathname.split("/");
    const authority = new URL(tenantId, this.#settings.authority).href;
    return new ConfidentialClientApplication({
      auth: {
        clientId,
        clientSecret,
        authority,
        // A host that MSAL does not know is trusted because it is configured.
        knownAuthorities: [new URL(authority).host],
        authorityMetadata: JSON.stringify(metadata),
      },
    });
  }

  /** What the tenant publishes, asked for once: MSAL would ask for each client. */
  #published() {
    this.#metadata ??= discover(this.#settings.authority).catch(() => {
      this.#metadata = undefined;
      throw signInDown();
    });
    return this.#metadata;
  }
}

/** @param {string} authority */
async function discover(authority) {
  const answer = await fetch(`${authority}/v2.0/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_WITHIN_MS),
  });
  if (!answer.ok) {
    throw new Error(`status ${answer.status}`);
  }
  return answer.json();
}

function random() {
  return randomBytes(32).toString("base64url");
}

/**
 * @param {string} error as the sign-in service calls it
 * @param {string} description
 */
function refusal(error, description) {
  const [code] = /AADSTS\d+/.exec(description) ?? [error.slice(0, 60)];
  if (code === "AADSTS65001" || error === "consent_required") {
    return consentMissing();
  }
  return error === "access_denied" ? cancelled() : signInFailed(code);
}

/** @param {unknown} error */
function explained(error) {
  if (error instanceof InteractionRequiredAuthError) {
    const isConsent = /AADSTS65001/.test(error.errorMessage) || error.subError === "consent_required";
    return isConsent ? consentMissing() : sessionOver();
  }
  if (error instanceof ServerError) {
    // An authorization code or a refresh token that is no longer any good.
    return error.errorCode === "invalid_grant"
      ? sessionOver()
      : refusal(error.errorCode, error.errorMessage);
  }
  const { errorCode } = /** @type {{errorCode?: string}} */ (error);
  if (errorCode === "nonce_mismatch" || errorCode === "state_mismatch") {
    return noSuchSignIn();
  }
  return errorCode === "network_error" || errorCode === "endpoints_resolution_error"
    ? signInDown()
    : error;
}
