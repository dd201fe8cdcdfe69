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


def main() -> None:
    """Draw both."""
    rows: Rows = json.loads(Path(sys.argv[1]).read_text("utf-8"))["samples"]
    folder = Path(sys.argv[2])
    _seed(rows, folder / "bench-seed.svg")
    _growth(rows, folder / "bench-growth.svg")


def _middle(rows: Rows, value: str, **keys: str) -> float:
    found = [one[value] for one in rows if all(one[name] == k for name, k in keys.items())]
    return median(found) if found else 0.0


def _seed(rows: Rows, file: Path) -> None:
    rows = [one for one in rows if one["case"].endswith(("ms", "lag"))]
    cases = list(dict.fromkeys(one["case"] for one in rows))
    commands = list(dict.fromkeys(one["what"] for one in rows))
    figure, axes = plt.subplots(
        1, max(len(cases), 1), figsize=(11, 3.6), sharey=True, squeeze=False
    )
    for axis, case in zip(axes[0], cases, strict=False):
        for place, who in enumerate(("the program", "an empty program", "the script")):
            heights = [_middle(rows, "seconds", what=w, who=who, case=case) for w in commands]
            axis.bar([n + place * 0.27 for n in range(len(commands))], heights, 0.25, label=who)
        axis.set_title(case)
        axis.set_xticks([n + 0.27 for n in range(len(commands))], commands, rotation=60, ha="right")
    axes[0][0].set_ylabel("seconds, median")
    axes[0][0].legend()
    _save(figure, file)


def _growth(rows: Rows, file: Path) -> None:
    figure, axes = plt.subplots(1, 4, figsize=(11, 3.2))
    values = {"seconds": "seconds", "azuread": "requests", "megabytes": "MB", "state": "state, kB"}
    for axis, (value, words) in zip(axes, values.items(), strict=True):
        for kind in ("clients", "flows"):
            up = [one for one in rows if one["what"] == "up from nothing"]
            points = sorted(
                (int(one["case"].split()[0]), _value(one, value))
                for one in up
                if one["case"].endswith(kind)
            )
            axis.plot(*zip(*points, strict=True), marker="o", label=kind) if points else None
        axis.set_title(words)
        axis.set_xlabel("how many")
        axis.set_ylim(bottom=0)
    axes[0].legend()
    _save(figure, file)


def _value(one: dict[str, Any], value: str) -> float:
    if value == "azuread":
        return one["azuread"] + one["providers"]
    return one[value] / 1000 if value == "state" else one[value]


def _save(figure: Any, file: Path) -> None:  # noqa: ANN401 -- matplotlib's
    figure.tight_layout()
    figure.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    main()
