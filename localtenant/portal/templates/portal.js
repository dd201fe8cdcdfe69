// The log follows what happens, and an answer in the fragment finds its way to the server.
"use strict";

const live = document.querySelector("#live[data-events]");
if (live) {
  const mark = () => live.querySelector(".live")?.removeAttribute("hidden");
  let busy = false, again = false;
  const refresh = async () => {
    if (busy) {
      // What comes while the page is fetched may not be on it yet.
      again = true;
      return;
    }
    // What somebody is at with the keyboard or has marked stays as it is.
    if (document.hidden || live.contains(document.activeElement) || !getSelection().isCollapsed) return;
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#live");
      if (answer.ok && found) live.replaceChildren(...found.childNodes);
      mark();
    } catch {
      // The tenant is gone; the events tell when it is back.
    } finally {
      busy = false;
      if (again) {
        again = false;
        refresh();
      }
    }
  };
  const events = new EventSource(live.dataset.events);
  events.onmessage = refresh;
  live.addEventListener("focusout", refresh);
  document.addEventListener("visibilitychange", refresh);
  addEventListener("pagehide", () => events.close());
}

const answer = document.querySelector("form#answer");
if (answer && location.hash.length > 1) {
  answer.elements.fragment.value = location.hash.slice(1);
  history.replaceState(null, "", location.pathname);
  answer.submit();
}
