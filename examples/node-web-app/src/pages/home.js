import { html } from "../html.js";
import { layout } from "./layout.js";

/** @param {import("./view.js").View} view */
export function homePage(view) {
  return layout(view, "Welcome", view.signedIn ? welcomeBack(view) : welcome());
}

function welcome() {
  return html`<section class="hero">
<h1>Everything you want to do, in one place</h1>
<p>Write it down, tick it off. Only you can see your list.</p>
<p><a class="button" href="/auth/signin">Sign in or sign up</a></p>
</section>`;
}

/** @param {import("./view.js").View} view */
function welcomeBack(view) {
  return html`<section class="hero">
<h1>Welcome, ${view.name}</h1>
<p>You are signed in.</p>
<p><a class="button" href="/todos">My to-dos</a></p>
</section>`;
}
