"""What keeps a page from being used by everybody: axe's rules, and what axe does not know.

axe holds a page as it is shown against the success criteria of WCAG 2.2 up to AA that can be told
by a program, and against its own best practices. Text on a ground of which axe cannot tell the
color, such as an image, counts as hard to read. Beside it stand four checks of our own. Both run
beside the page's own policy, which allows no script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """rules => axe.run(document, {
  runOnly: {type: "tag", values: rules}, resultTypes: ["violations", "incomplete"],
}).then(found => [
  ...found.violations,
  ...found.incomplete.filter(rule => rule.id === "color-contrast"),
])"""
_OTHERS = r"""() => {
  const faults = [];
  const say = (element, words) => faults.push(`${element.outerHTML.slice(0, 120)}: ${words}`);
  const parse = text => text.match(/[\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = element => {
    for (let e = element; e; e = e.parentElement) {
      const [r, g, b, a = 1] = parse(getComputedStyle(e).backgroundColor);
      if (a === 1) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const contrast = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((m, n) => n - m);
    return (x + 0.05) / (y + 0.05);
  };
  if (document.documentElement.scrollWidth > innerWidth) faults.push("scrolls sideways (1.4.10)");
  for (const e of document.querySelectorAll("input, select, textarea")) {
    if (!e.checkVisibility() || ["checkbox", "radio"].includes(e.type)) continue;
    if (e.getAttribute("aria-invalid") && !e.getAttribute("aria-describedby"))
      say(e, "an error that it does not tell of (3.3.1)");
    if (contrast(parse(getComputedStyle(e).borderTopColor), ground(e.parentElement)) < 3)
      say(e, "its edge is hard to see (1.4.11)");
  }
  for (const e of document.querySelectorAll("[aria-describedby]"))
    for (const id of e.getAttribute("aria-describedby").split(" "))
      if (!document.getElementById(id)) say(e, `described by nothing, ${id} (1.3.1)`);
  for (const e of document.querySelectorAll("fieldset"))
    if (!e.querySelector("legend")?.textContent.trim()) say(e, "no legend (1.3.1)");
  return faults;
}"""


def faults_of(page: Page) -> list[str]:
    """What is wrong with a page as it is shown, a sentence for each element, if anything is."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    violations: list[dict[str, Any]] = page.evaluate(_AXE, _RULES)
    return [_told(v, n) for v in violations for n in v["nodes"]] + page.evaluate(_OTHERS)


def _told(violation: dict[str, Any], node: dict[str, Any]) -> str:
    reasons = [c["message"] for kind in ("any", "all", "none") for c in node[kind]]
    return f"{node['html'][:120]}: {violation['id']}: {'; '.join(reasons)}"
