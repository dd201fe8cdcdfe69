import { html } from "../html.js";

/**
 * A page as a whole.
 *
 * @param {import("./view.js").View} view
 * @param {string} title
 * @param {import("../html.js").Html} content
 * @returns {string}
 */
export function layout(view, title, content) {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – To-dos</title>
<link rel="stylesheet" href="/assets/style.css">
<link rel="icon" type="image/svg+xml" href="/assets/icon.svg">
</head>
<body>
<header>
<a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="28" height="28"> To-dos</a>
${view.signedIn && navigation(view)}
</header>
<main>
${content}
</main>
</body>
</html>
`.text;
}

/** @param {import("./view.js").View} view */
function navigation(view) {
  return html`<nav aria-label="Main">
<a href="/todos">My to-dos</a>
<a href="/account">Account</a>
<form method="post" action="/auth/signout">
<input type="hidden" name="formToken" value="${view.formToken}">
<button class="quiet">Sign out</button>
</form>
</nav>`;
}
