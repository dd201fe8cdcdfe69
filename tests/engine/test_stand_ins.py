"""The executables that start the stand-ins, and the plugins that packages ask for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import pytest

from engine import azuread_plugin, stand_ins
from engine.language_host.packages import dependencies, required_packages
from engine.model import Engine, Provider
from engine.places import HOME


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    """A second installation leaves the files alone, since a CLI may be running from them."""
    stand_ins.write_hosts(tmp_path)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}

    stand_ins.write_hosts(tmp_path)

    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before
    assert all(os.access(file, os.X_OK) for file in before)


def test_a_stand_in_is_told_from_the_official_plugin(tmp_path: Path) -> None:
    """Only what this project wrote counts as a stand-in; the official plugin is never replaced."""
    stand_ins.write_azuread(tmp_path)
    assert stand_ins.is_stand_in(tmp_path / "pulumi-resource-azuread")

    official = tmp_path / "official"
    official.write_bytes(b"\x7fELF")
    assert not stand_ins.is_stand_in(official)
    assert not stand_ins.is_stand_in(tmp_path / "nothing")


def test_the_azuread_plugin_has_the_version_of_the_installed_package(engine: Engine) -> None:
    """The CLI looks for exactly the version that the program's package names."""
    folder = HOME / "plugins" / f"resource-azuread-v{version('pulumi-azuread')}"

    assert (folder / "pulumi-resource-azuread").exists()
    assert engine.azuread is azuread_plugin.present()


def test_the_cli_knows_the_plugin_as_installed(engine: Engine) -> None:
    """`pulumi plugin ls` lists it, so the CLI never tries to download it."""
    listed = subprocess.run(
        [engine.pulumi, "plugin", "ls", "--json"],
        env={**os.environ, **engine.environment},
        capture_output=True,
        text=True,
        check=True,
    )
    plugins = json.loads(listed.stdout)

    assert [(one["name"], one["version"]) for one in plugins if one["name"] == "azuread"]


def test_plugins_are_read_from_the_installed_packages() -> None:
    """Each Pulumi package names its plugin; packages without a plugin are not asked for."""
    site_packages = Path(sys.prefix).glob("lib/python*/site-packages")

    packages = {one.name: one.version for one in required_packages(list(site_packages))}

    assert packages["azuread"] == f"v{version('pulumi-azuread')}"
    assert "pulumi" not in packages


def test_plugin_descriptions_may_leave_things_out(tmp_path: Path) -> None:
    """Name and version follow from the package when its description does not say them."""
    for name, text in {
        "pulumi_some_cloud": '{"resource": true}',
        "pulumi_none": '{"resource": false}',
    }.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "pulumi-plugin.json").write_text(text)
    info = tmp_path / "pulumi_some_cloud-1.2.3.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: pulumi-some-cloud\nVersion: 1.2.3\n"
    )

    (package,) = required_packages([tmp_path])

    assert (package.name, package.version, package.kind) == ("some-cloud", "v1.2.3", "resource")


def test_dependencies_are_those_nobody_else_asks_for(tmp_path: Path) -> None:
    """`pulumi about` lists what the user chose, not what came along."""
    for name, needs in {"chosen": "Requires-Dist: Came_Along>=1\n", "came-along": ""}.items():
        info = tmp_path / f"{name}-1.0.dist-info"
        info.mkdir()
        head = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
        (info / "METADATA").write_text(head + needs)

    direct = [one.name for one in dependencies([tmp_path], transitive=False)]
    everything = [one.name for one in dependencies([tmp_path], transitive=True)]

    assert direct == ["chosen"]
    assert everything == ["came-along", "chosen"]


def test_nobody_is_provided_twice(engine: Engine) -> None:
    """What `make up` says of the plugins follows from where the CLI came from."""
    assert engine.lines()[0].startswith(f"Engine: pulumi {engine.cli.version}")
    assert (engine.cli.hosts is Provider.STAND_IN) == (engine.cli.source.name == "BUILT")


@pytest.mark.parametrize("azuread", Provider)
def test_what_a_stand_in_is_good_for_is_said(engine: Engine, azuread: Provider) -> None:
    """Once, before the CLI runs, which then has nothing to say of it."""
    said = replace(engine, azuread=azuread).lines()[1]
    assert ("for a tenant on this machine only" in said) == (azuread is Provider.STAND_IN)
