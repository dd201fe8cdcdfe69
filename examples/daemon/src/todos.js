/** @typedef {{id: string, owner: string, text: string, done: boolean}} Todo */

const WITHIN_MS = 10_000;

/**
 * Everybody's to-dos, oldest first.
 *
 * @param {{api: string}} settings
 * @param {string} token
 * @returns {Promise<Todo[]>}
 * @throws {Error} in one line
 */
export function listTodos(settings, token) {
  return ask(settings, token, "GET");
}

/**
 * Add a to-do of the daemon's own.
 *
 * @param {{api: string}} settings
 * @param {string} token
 * @param {string} text
 * @returns {Promise<Todo>}
 * @throws {Error} in one line
 */
export function addTodo(settings, token, text) {
  return ask(settings, token, "POST", { text });
}

/**
 * @param {{api: string}} settings
 * @param {string} token
 * @param {string} method
 * @param {unknown} [body]
 */
async function ask({ api }, token, method, body) {
  const answer = await fetch(`${api}/api/todolist`, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(WITHIN_MS),
  }).catch((error) => {
    throw new Error(`The API at ${api} does not answer: ${error.cause?.code ?? error.message}`);
  });
  if (!answer.ok) {
    throw new Error(`The API refuses (${answer.status}): ${await reasonOf(answer)}`);
  }
  return answer.json();
}

/** @param {Response} answer */
async function reasonOf(answer) {
  try {
    return (await answer.json()).error.message;
  } catch {
    return "no reason given";
  }
}
