"""What keeps a page from being used by everybody: names, order, contrast, size, width.

A small checker of our own, after the success criteria of WCAG 2.2 that can be told from a page by
itself. It runs beside the page's own policy, which allows no script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_CHECK = r"""() => {
  const faults = [];
  const say = (element, words) => faults.push(`${element.outerHTML.slice(0, 90)}: ${words}`);
  const shown = e => e.checkVisibility() && e.getClientRects().length > 0;
  const parse = text => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour[3] === 1) return colour;
    }
    return [255, 255, 255, 1];
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  if (!document.documentElement.lang) faults.push("the page has no language (3.1.1)");
  if (!document.title.trim()) faults.push("the page has no title (2.4.2)");
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one main heading (1.3.1)");
  if (document.querySelectorAll("main").length !== 1) faults.push("not one main part (1.3.1)");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  for (const id of ids) if (ids.filter(i => i === id).length > 1) faults.push(`${id} twice`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways (1.4.10)");
  for (const e of document.querySelectorAll("input, select, textarea")) {
    if (!shown(e)) continue;
    if (![...e.labels].some(l => l.textContent.trim())) say(e, "no label (1.3.1)");
    if (e.getAttribute("aria-invalid") && e.type !== "radio" && !e.getAttribute("aria-describedby"))
      say(e, "an error that it does not tell of (3.3.1)");
    const edge = parse(getComputedStyle(e).borderTopColor);
    if (!["checkbox", "radio"].includes(e.type) && contrast(edge, ground(e.parentElement)) < 3)
      say(e, "its edge is hard to see (1.4.11)");
  }
  for (const e of document.querySelectorAll("[aria-describedby]"))
    for (const id of e.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)) say(e, `described by nothing, ${id}`);
  for (const e of document.querySelectorAll("fieldset"))
    if (!e.querySelector("legend")?.textContent.trim()) say(e, "no legend (1.3.1)");
  for (const e of document.querySelectorAll("a, button")) {
    if (shown(e) && !e.textContent.trim()) say(e, "no name (4.1.2)");
    if (e.tabIndex < 0 || e.tabIndex > 0) say(e, "not in the order of the page (2.4.3)");
    const box = e.getBoundingClientRect();
    const inline = getComputedStyle(e).display === "inline";
    if (shown(e) && !inline && (box.height < 24 || box.width < 24)) say(e, "too small (2.5.8)");
  }
  for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) say(e, "no alt");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const e = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(e) || e.closest(":disabled, option")) continue;
    const style = getComputedStyle(e);
    const large = parseFloat(style.fontSize) >= 24;
    const found = contrast(parse(style.color), ground(e));
    if (found < (large ? 3 : 4.5)) say(e, `contrast ${found.toFixed(2)} (1.4.3)`);
  }
  return faults;
}"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with a page as it is shown, one sentence for each; empty if nothing is."""
    return page.evaluate(_CHECK)
