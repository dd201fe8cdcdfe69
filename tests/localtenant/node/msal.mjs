// MSAL for Node, unmodified, as a test has it do: one JSON object a line in, one a line out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(`${process.env.PACKAGES}/`);
const { ConfidentialClientApplication, PublicClientApplication, CryptoProvider } =
  require("@azure/msal-node");

const { authority, clientId, secret, certificate, scopes } = JSON.parse(
  readFileSync(process.env.SETTINGS, "utf8"),
);
const known = { authority, knownAuthorities: [new URL(authority).host] };
const apps = {
  secret: () =>
    new ConfidentialClientApplication({ auth: { ...known, clientId, clientSecret: secret } }),
  certificate: () =>
    new ConfidentialClientApplication({
      auth: { ...known, clientId, clientCertificate: certificate },
    }),
  public: () => new PublicClientApplication({ auth: { ...known, clientId } }),
};
const made = {};
const proofs = {};

const steps = {
  async begin({ app, nonce, redirectUri }) {
    proofs[app] = { ...(await new CryptoProvider().generatePkceCodes()), nonce };
    return {
      url: await client(app).getAuthCodeUrl({
        scopes,
        redirectUri,
        nonce,
        state: "kept",
        codeChallenge: proofs[app].challenge,
        codeChallengeMethod: "S256",
      }),
    };
  },
  async redeem({ app, code, redirectUri }) {
    const { verifier: codeVerifier, nonce } = proofs[app];
    return told(
      await client(app).acquireTokenByCode(
        { code, codeVerifier, scopes, redirectUri, nonce },
        { code, nonce },
      ),
    );
  },
  async renew({ app }) {
    const [account] = await client(app).getTokenCache().getAllAccounts();
    return told(await client(app).acquireTokenSilent({ account, scopes, forceRefresh: true }));
  },
  async device({ app }) {
    return told(
      await client(app).acquireTokenByDeviceCode({
        scopes,
        deviceCodeCallback: ({ userCode, verificationUri }) =>
          say({ userCode, verificationUri }),
      }),
    );
  },
  async credentials({ app, scope }) {
    return told(await client(app).acquireTokenByClientCredential({ scopes: [scope] }));
  },
};

function client(app) {
  made[app] ??= apps[app]();
  return made[app];
}

function told({ accessToken, idToken, account, fromCache }) {
  return { accessToken, idToken, username: account?.username, fromCache };
}

function say(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { step, ...rest } = JSON.parse(line);
  try {
    say(await steps[step](rest));
  } catch (error) {
    say({ error: error.errorCode ?? error.name, message: error.errorMessage ?? error.message });
  }
}
