"""How the picture looks, in light and in dark: the style sheet within the SVG.

Plain colours and no custom properties, so that converters show it as browsers do. A browser shows
a picture in the scheme of the page around it. Source: https://drafts.csswg.org/css-color-adjust/
"""

from __future__ import annotations

from typing import Final

_SHAPES: Final = """
text { font-family: -apple-system, "Segoe UI", Roboto, "Noto Sans", Helvetica, Arial, sans-serif }
.title { font-size: 20px; font-weight: 600 }
.heading { font-size: 13px; font-weight: 600 }
.name { font-size: 14px; font-weight: 600 }
.plain { font-size: 13px }
.muted { font-size: 12px }
.warning { font-size: 12.5px; font-weight: 600 }
.code { font-size: 12px; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, \
"DejaVu Sans Mono", "Liberation Mono", monospace }
.edge { fill: none; stroke-width: 1.5 }
.missing.edge, .missing rect, .gone rect { stroke-dasharray: 5 4 }
.icon { fill: none; stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round }
"""

_LIGHT: Final = {
    "paper": "#ffffff",
    "frame": "#d1d9e0",
    "text": "#1f2328",
    "muted": "#59636e",
    "line": "#818b98",
    "flow": ("#fbefff", "#a475f9"),
    "client": ("#ddf4ff", "#4493f8"),
    "api": ("#e6faea", "#2da44e"),
    "foreign": ("#f6f8fa", "#818b98"),
    "granted": ("#ffffff", "#1a7f37"),
    "missing": ("#fff1e5", "#bc4c00"),
}
_DARK: Final = {
    "paper": "#0d1117",
    "frame": "#3d444d",
    "text": "#f0f6fc",
    "muted": "#a5adb8",
    "line": "#7d8590",
    "flow": ("#241a38", "#8957e5"),
    "client": ("#12233d", "#316dca"),
    "api": ("#12261a", "#2ea043"),
    "foreign": ("#1c2128", "#7d8590"),
    "granted": ("#0d1117", "#3fb950"),
    "missing": ("#2f1d10", "#f0883e"),
}


def _colours(palette: dict[str, str | tuple[str, str]]) -> str:
    granted, missing = palette["granted"][1], palette["missing"][1]
    rules = [
        f"text {{ fill: {palette['text']} }}",
        f".muted, .heading {{ fill: {palette['muted']} }}",
        f".warning {{ fill: {missing} }}",
        f".paper {{ fill: {palette['paper']}; stroke: {palette['frame']} }}",
        *(
            f".{look} rect {{ fill: {palette[look][0]}; stroke: {palette[look][1]} }}"
            for look in ("flow", "client", "api", "foreign", "granted", "missing")
        ),
        f".gone rect {{ stroke: {missing} }}",
        f".edge {{ stroke: {palette['line']} }}",
        f".head {{ fill: {palette['line']} }}",
        f".granted.edge, .icon.check {{ stroke: {granted} }}",
        f".granted.head {{ fill: {granted} }}",
        f".missing.edge, .icon.warn {{ stroke: {missing} }}",
        f".missing.head {{ fill: {missing} }}",
    ]
    return "\n".join(rules)


CSS: Final = (
    f"{_SHAPES}{_colours(_LIGHT)}\n@media (prefers-color-scheme: dark) {{\n{_colours(_DARK)}\n}}\n"
)
