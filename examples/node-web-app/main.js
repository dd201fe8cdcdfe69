import { createServer } from "node:http";

import { TodoApi } from "./src/api.js";
import { createApp } from "./src/app.js";
import { readSettings } from "./src/settings.js";
import { SignIn } from "./src/sign-in.js";

function main() {
  const settings = readSettings(process.env);
  const app = createApp(settings, new SignIn(settings), new TodoApi(settings.api));
  const server = createServer(app);
  server.on("error", (error) => fail(error));
  const { hostname, port, origin } = settings.redirectUri;
  server.listen(Number(port || 80), hostname, () => console.log(`Web app: ${origin}`));
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

try {
  main();
} catch (error) {
  fail(error);
}
