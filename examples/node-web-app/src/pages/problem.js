import { html } from "../html.js";
import { layout } from "./layout.js";

/**
 * @param {import("./view.js").View} view
 * @param {import("../problems.js").Problem} problem
 */
export function problemPage(view, problem) {
  const { title, text, action } = problem;
  const content = html`<section class="card problem">
<h1>${title}</h1>
<p>${text}</p>
<p><a class="button" href="${action.href}">${action.label}</a></p>
</section>`;
  return layout(view, title, content);
}
