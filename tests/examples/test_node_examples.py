"""The programs for Node: their own tests pass, with packages that are pinned for any registry."""

from __future__ import annotations

import json
import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from commands.node import environment, find_node, install_packages
from engine.places import PROJECT

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = {
    PROJECT / "examples" / name: least
    for name, least in {"node-web-app": 25, "todo-api": 39, "daemon": 5}.items()
}
"""The folders, and how many tests each has at least."""

example = pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)


@example
def test_its_own_tests_pass(folder: Path) -> None:
    """Bad tokens, bad input, forged forms, escaping: Node's own test runner tries them."""
    install_packages(folder)
    node = find_node()
    ended = subprocess.run(
        [node, "--test", "--test-reporter=tap"],
        cwd=folder,
        env=environment(os.environ, node),
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 0, ended.stdout + ended.stderr
    passed = re.search(r"^# pass (\d+)$", ended.stdout, re.MULTILINE)
    assert passed
    assert int(passed[1]) >= EXAMPLES[folder]


@example
def test_packages_are_pinned_and_come_from_anywhere(folder: Path) -> None:
    """Versions are exact, each package has its checksum, and no registry is named."""
    wanted = json.loads((folder / "package.json").read_text("utf-8"))
    locked = json.loads((folder / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {name: one for name, one in locked.items() if name}

    for name, version in wanted["dependencies"].items():
        assert re.fullmatch(r"\d+\.\d+\.\d+", version)
        assert packages[f"node_modules/{name}"]["version"] == version
    assert [name for name, one in packages.items() if "integrity" not in one] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []
