import { createServer } from "node:http";

import { createApp } from "./src/app.js";
import { readSettings } from "./src/settings.js";
import { TodoStore } from "./src/todos.js";
import { TokenVerifier } from "./src/tokens.js";

function main() {
  const settings = readSettings(process.env);
  const app = createApp(new TokenVerifier(settings), TodoStore.open(settings.file));
  const server = createServer(app);
  server.on("error", (error) => fail(error));
  server.listen(settings.port, "localhost", () => {
    console.log(`To-do API: http://localhost:${settings.port}`);
  });
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
