import { createServer } from "node:http";

import { SignJWT, exportJWK, generateKeyPair } from "jose";

export const TENANT = "b08275c9-a676-598e-a0d6-741e1be34696";
export const API = "af39b60f-06d2-4864-ad8c-c8f53bf8ab5b";
export const ADA = "11111111-1111-4111-8111-111111111111";
export const BOB = "22222222-2222-4222-8222-222222222222";
export const DAEMON = "33333333-3333-4333-8333-333333333333";

/** A tenant that publishes its issuer and a key, and signs whatever a test wants. */
export class Issuer {
  /** @type {import("node:http").Server} */
  #server;
  /** @type {CryptoKey} */
  #key;

  static async start() {
    const made = new Issuer();
    const { publicKey, privateKey } = await generateKeyPair("RS256");
    const key = { ...(await exportJWK(publicKey)), kid: "1", use: "sig" };
    made.#key = privateKey;
    made.#server = createServer((request, response) => {
      const metadata = { issuer: made.issuer, jwks_uri: `${made.authority}/keys` };
      response.end(JSON.stringify(request.url?.endsWith("/keys") ? { keys: [key] } : metadata));
    });
    await new Promise((resolve) => made.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    return made;
  }

  stop() {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  get authority() {
    const address = /** @type {import("node:net").AddressInfo} */ (this.#server.address());
    return `http://127.0.0.1:${address.port}/${TENANT}`;
  }

  get issuer() {
    return `${this.authority}/v2.0`;
  }

  get settings() {
    return { authority: this.authority, clientId: API };
  }

  /**
   * The claims of a customer's access token, with changes; undefined takes a claim out.
   *
   * @param {import("jose").JWTPayload} [changes]
   */
  claims(changes) {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.issuer,
      aud: API,
      tid: TENANT,
      oid: ADA,
      ver: "2.0",
      scp: "ToDoList.Read ToDoList.ReadWrite",
      iat: now,
      nbf: now,
      exp: now + 3600,
      ...changes,
    };
  }

  /**
   * An access token.
   *
   * @param {import("jose").JWTPayload} [changes] to the claims
   * @param {CryptoKey | Uint8Array} [key] by default the one that is published
   * @param {string} [alg]
   */
  token(changes, key = this.#key, alg = "RS256") {
    return new SignJWT(this.claims(changes)).setProtectedHeader({ alg, kid: "1" }).sign(key);
  }

  /**
   * The access token of a daemon.
   *
   * @param {...string} roles
   */
  daemon(...roles) {
    return this.token({ idtyp: "app", scp: undefined, roles, oid: DAEMON });
  }
}
