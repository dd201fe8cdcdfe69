"""Draws the pictures of docs/benchmarks.md: run by the interpreter that has matplotlib.

``python -m bench.plots RESULTS FOLDER``: it reads the samples as JSON and imports nothing else of
this project, whose packages that interpreter does not have.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import Any

# By name: it is in an environment of its own, where no type checker looks.
mpl: Any = import_module("matplotlib")
mpl.use("svg")
mpl.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "bench", "font.size": 9})
plt: Any = import_module("matplotlib.pyplot")

Rows = list[dict[str, Any]]

_COLOURS = ("#0f6cbd", "#b0b7c3", "#d98a29")


def main() -> None:
    """Draw both."""
    read: dict[str, Any] = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    folder = Path(sys.argv[2])
    _seed(read["samples"], read["about"]["bounds"], folder / "bench-seed.svg")
    _growth(read["samples"], folder / "bench-growth.svg")


def _middle(rows: Rows, value: str, **keys: str) -> float:
    found = [one[value] for one in rows if all(one[name] == k for name, k in keys.items())]
    return median(found) if found else 0.0


def _seed(rows: Rows, bounds: dict[str, float], file: Path) -> None:
    cases = [one for one in bounds if any(row["case"] == one for row in rows)]
    commands = list(dict.fromkeys(one["what"] for one in rows if one["case"] in cases))
    figure, axes = plt.subplots(
        1, max(len(cases), 1), figsize=(11, 3.6), sharey=True, squeeze=False
    )
    for axis, case in zip(axes[0], cases, strict=True):
        for place, who in enumerate(("the program", "an empty program", "the script")):
            heights = [_middle(rows, "seconds", what=w, who=who, case=case) for w in commands]
            at = [n + place * 0.27 for n in range(len(commands))]
            axis.bar(at, heights, 0.25, label=who, color=_COLOURS[place])
        up = commands[0]
        least = bounds[case] + _middle(rows, "seconds", what=up, who="an empty program", case=case)
        axis.plot([-0.2, 0.75], [least, least], "k--", lw=1, label="empty program + critical path")
        axis.set_title(case)
        axis.set_xticks([n + 0.27 for n in range(len(commands))], commands, rotation=60, ha="right")
        _plain(axis)
    axes[0][0].set_ylabel("seconds, median")
    handles, labels = axes[0][0].get_legend_handles_labels()
    _save(figure, file, handles, labels)


def _growth(rows: Rows, file: Path) -> None:
    figure, axes = plt.subplots(1, 4, figsize=(11, 3.2))
    up = [one for one in rows if one["what"] == "up from nothing"]
    values = {"seconds": "seconds", "azuread": "requests", "megabytes": "MB", "state": "state, kB"}
    for axis, (value, words) in zip(axes, values.items(), strict=True):
        for colour, kind in zip(_COLOURS[::2], ("clients", "flows"), strict=True):
            of_kind = [one for one in up if one["case"].endswith(kind)]
            points = sorted((int(one["case"].split()[0]), _value(one, value)) for one in of_kind)
            if points:
                axis.plot(*zip(*points, strict=True), marker="o", label=kind, color=colour)
        axis.set_title(words)
        axis.set_xlabel("how many")
        axis.set_ylim(bottom=0)
        _plain(axis)
    _save(figure, file, *axes[0].get_legend_handles_labels())


def _plain(axis: Any) -> None:  # noqa: ANN401 -- matplotlib's
    axis.spines[["top", "right"]].set_visible(False)
    axis.grid(axis="y", alpha=0.3)
    axis.set_axisbelow(True)


def _value(one: dict[str, Any], value: str) -> float:
    if value == "azuread":
        return one["azuread"] + one["providers"]
    return one[value] / 1000 if value == "state" else one[value]


def _save(figure: Any, file: Path, handles: Any, labels: Any) -> None:  # noqa: ANN401 -- matplotlib's
    figure.legend(handles, labels, loc="upper center", ncols=len(labels), frameon=False)
    figure.tight_layout(rect=(0, 0, 1, 0.93))
    figure.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    main()
