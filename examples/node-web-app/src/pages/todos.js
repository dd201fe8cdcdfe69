import { html } from "../html.js";
import { layout } from "./layout.js";

/**
 * @param {import("./view.js").View} view
 * @param {readonly import("../api.js").Todo[]} todos
 */
export function todosPage(view, todos) {
  const open = todos.filter((todo) => !todo.done).length;
  const content = html`<h1>My to-dos</h1>
<p class="count">${counted(todos.length, open)}</p>
<form class="add" method="post" action="/todos">
${hidden(view)}
<label for="text" class="unseen">What do you want to do?</label>
<input id="text" name="text" required maxlength="200" autocomplete="off" placeholder="What do you want to do?">
<button>Add</button>
</form>
${todos.length > 0 && html`<ul class="card todos">${todos.map((todo) => item(view, todo))}</ul>`}`;
  return layout(view, "My to-dos", content);
}

/**
 * @param {number} all
 * @param {number} open
 */
function counted(all, open) {
  if (all === 0) {
    return "Nothing yet. What is first?";
  }
  return open === 0 ? "All done. Well done!" : `${open} of ${all} still to do`;
}

/**
 * @param {import("./view.js").View} view
 * @param {import("../api.js").Todo} todo
 */
function item(view, todo) {
  const path = `/todos/${encodeURIComponent(todo.id)}`;
  const tick = todo.done ? `Not done yet: ${todo.text}` : `Done: ${todo.text}`;
  return html`<li class="${todo.done ? "done" : "open"}">
<form method="post" action="${path}/tick">
${hidden(view)}<input type="hidden" name="done" value="${!todo.done}">
<button class="tick" aria-label="${tick}"></button>
</form>
<span class="text">${todo.text}</span>
<form method="post" action="${path}/delete">
${hidden(view)}
<button class="quiet" aria-label="Delete: ${todo.text}">Delete</button>
</form>
</li>
`;
}

/** @param {import("./view.js").View} view */
function hidden(view) {
  return html`<input type="hidden" name="formToken" value="${view.formToken}">`;
}
