// Registers the daemon in a tenant, and prints its environment variables as lines for a shell.
// It signs in to Graph with AZURE_* and needs Application.ReadWrite.All and
// AppRoleAssignment.ReadWrite.All.

const ROLES = ["ToDoList.Read.All", "ToDoList.ReadWrite.All"];

const { AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, API_CLIENT_ID } = process.env;
const signIn = process.env.AZURE_AUTHORITY_HOST || "https://login.microsoftonline.com";
// The local tenant is both.
const graph = process.env.AZURE_AUTHORITY_HOST || "https://graph.microsoft.com";

async function main() {
  const token = await graphToken();

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  function ask(method, path, body) {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    return answered(
      fetch(`${graph}/v1.0${path}`, { method, headers, body: body && JSON.stringify(body) }),
    );
  }

  const api = await ask("GET", `/servicePrincipals(appId='${API_CLIENT_ID}')`);
  const daemon = await ask("POST", "/applications", { displayName: "todo-daemon" });
  const principal = await ask("POST", "/servicePrincipals", { appId: daemon.appId });
  for (const value of ROLES) {
    const role = api.appRoles.find((/** @type {{value: string}} */ one) => one.value === value);
    await ask("POST", `/servicePrincipals/${api.id}/appRoleAssignedTo`, {
      principalId: principal.id,
      resourceId: api.id,
      appRoleId: role.id,
    });
  }
  const password = await ask("POST", `/applications/${daemon.id}/addPassword`, {
    passwordCredential: { displayName: "daemon" },
  });
  console.log(`export CLIENT_ID=${daemon.appId}`);
  console.log(`export CLIENT_SECRET='${password.secretText}'`);
}

async function graphToken() {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: String(AZURE_CLIENT_ID),
    client_secret: String(AZURE_CLIENT_SECRET),
    scope: `${graph}/.default`,
  });
  const address = `${signIn}/${AZURE_TENANT_ID}/oauth2/v2.0/token`;
  return (await answered(fetch(address, { method: "POST", body }))).access_token;
}

/** @param {Promise<Response>} asking */
async function answered(asking) {
  const answer = await asking;
  const body = await answer.json();
  if (!answer.ok) {
    throw new Error(body.error_description ?? body.error.message);
  }
  return body;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
