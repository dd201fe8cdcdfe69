"""What an environment has installed: packages, and the plugins that Pulumi packages need.

A Pulumi package for Python carries a `pulumi-plugin.json` that names the plugin and its version.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import TypedDict

from pulumi.runtime.proto import language_pb2, plugin_pb2


class _Parameterization(TypedDict):
    name: str
    version: str
    value: str


class _PluginDescription(TypedDict, total=False):
    resource: bool
    name: str
    version: str
    server: str
    parameterization: _Parameterization


def required_packages(site_packages: Sequence[Path]) -> list[plugin_pb2.PackageDependency]:
    """The plugins that the installed packages need, in the versions the packages were made for."""
    found: list[plugin_pb2.PackageDependency] = []
    for folder in site_packages:
        for file in sorted(folder.glob("*/pulumi-plugin.json")):
            description: _PluginDescription = json.loads(file.read_text("utf-8"))
            if description.get("resource", False):
                found.append(_package(file.parent, description))
    return found


def _package(package: Path, description: _PluginDescription) -> plugin_pb2.PackageDependency:
    version = description.get("version") or _installed_version(package)
    dependency = plugin_pb2.PackageDependency(
        name=description.get("name") or package.name.removeprefix("pulumi_").replace("_", "-"),
        kind="resource",
        version=f"v{version.removeprefix('v')}",
        server=description.get("server", ""),
    )
    parameters = description.get("parameterization")
    if parameters is not None:
        dependency.parameterization.CopyFrom(
            plugin_pb2.PackageParameterization(
                name=parameters["name"],
                version=parameters["version"],
                value=base64.b64decode(parameters["value"]),
            )
        )
    return dependency


def _installed_version(package: Path) -> str:
    wanted = _canonical(package.name)
    for distribution in distributions(path=[str(package.parent)]):
        if _canonical(distribution.name) == wanted:
            return distribution.version
    return ""


def dependencies(
    site_packages: Sequence[Path], *, transitive: bool
) -> list[language_pb2.DependencyInfo]:
    """The installed packages; without `transitive`, those that no other package asks for."""
    installed = list(distributions(path=[str(folder) for folder in site_packages]))
    asked_for: set[str] = set()
    if not transitive:
        asked_for.update(*map(_requirements, installed))
    return [
        language_pb2.DependencyInfo(name=one.name, version=one.version)
        for one in sorted(installed, key=lambda one: one.name.lower())
        if _canonical(one.name) not in asked_for
    ]


def _requirements(distribution: Distribution) -> Iterator[str]:
    for requirement in distribution.requires or []:
        name = re.match(r"[\w.-]+", requirement)
        if name and "extra ==" not in requirement:
            yield _canonical(name.group())


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
