import { html } from "../html.js";
import { layout } from "./layout.js";

const TIMES = new Set(["exp", "iat", "nbf", "auth_time"]);

/** @param {import("./view.js").View} view */
export function accountPage(view) {
  const claims = Object.entries(view.signedIn?.claims ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = html`<h1>${view.name}</h1>
<p>This is what the ID token tells this application about you.</p>
<div class="card wide"><table>
<thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead>
<tbody>${claims.map(row)}</tbody>
</table></div>`;
  return layout(view, "Account", content);
}

/** @param {[string, unknown]} claim */
function row([name, value]) {
  return html`<tr><th scope="row">${name}</th><td>${shown(name, value)}</td></tr>
`;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function shown(name, value) {
  if (TIMES.has(name) && typeof value === "number") {
    return `${new Date(value * 1000).toISOString().replace("T", " ").slice(0, 19)} UTC`;
  }
  return typeof value === "string" ? value : JSON.stringify(value);
}
