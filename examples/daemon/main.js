import { accessToken } from "./src/access-token.js";
import { readSettings } from "./src/settings.js";
import { addTodo, listTodos } from "./src/todos.js";

async function main() {
  const settings = readSettings(process.env);
  const token = await accessToken(settings);
  for (const { done, text, owner } of await listTodos(settings, token)) {
    console.log(`[${done ? "x" : " "}] ${JSON.stringify(text)} of ${owner}`);
  }
  const { text } = await addTodo(settings, token, `Look around, ${new Date().toISOString()}`);
  console.log(`Added ${JSON.stringify(text)}.`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
