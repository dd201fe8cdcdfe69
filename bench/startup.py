"""What starting costs: the program and the provider process, by module.

Each is measured in fresh interpreters, one of each kind in turn; processor time is what is told,
which others on the machine disturb least.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from bench.samples import Sample
from engine.places import PROJECT

STARTING: Final = "start-up"
PROVIDERS: Final = "the provider process, ready for an operation"
ALL: Final = "all of msgraph and azure.identity"
PROGRAM: Final = "the program's modules"

READY: Final = """
import providers.hosting, providers.user_flow.lifecycle, providers.user_flow_application.lifecycle
from providers.graph.configuration import Configuration
from providers.graph.environment import Environment
from providers.graph.session import Connection
from providers.graph.tokens import SignIn, make_tokens
configuration = Configuration(tenant_id="tenant", client_id="client", client_secret="none")
environment = Environment("https://localhost", "https://localhost")
sign_in = SignIn(lambda: make_tokens(configuration, environment), environment.scope)
connection = Connection(environment, sign_in)
"""
"""What the provider process does until its first operation sends its first request."""

IMPORTS: Final[Mapping[str, str]] = {
    PROVIDERS: READY,
    ALL: "import msgraph, azure.identity",
    PROGRAM: (
        "import providers.organization, providers.graph.client_secret, pulumi_azuread\n"
        "import components, components.settings"
    ),
}
"""What is done after ``import pulumi``."""

_MEASURE: Final = """
import json, pulumi, sys, time
import psutil
start, used = time.perf_counter(), time.process_time()
{imports}
passed, used = time.perf_counter() - start, time.process_time() - used
memory = psutil.Process().memory_info().rss / 1e6
print(json.dumps([passed, used, memory, len(sys.modules)]))
"""
_LINE: Final = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| *(\S+)")
_OF_MILLIONS: Final = 1_000_000
_TOLD: Final = 0.002
"""Seconds that a package has to take to be named."""


def samples() -> Iterator[Sample]:
    """Measure each once."""
    for what, imports in IMPORTS.items():
        passed, used, memory, _ = json.loads(_python("-c", _MEASURE.format(imports=imports))[0])
        yield Sample(STARTING, what, "", passed, used, memory)


def by_package(imports: str) -> dict[str, float]:
    """The seconds that each package takes to be imported, the slowest first; once."""
    told = _python("-X", "importtime", "-c", f"import pulumi\n{imports}")[1]
    seconds: dict[str, float] = {}
    for found in map(_LINE.match, told.splitlines()):
        if found:
            name = _package(found[2])
            seconds[name] = seconds.get(name, 0.0) + int(found[1]) / _OF_MILLIONS
    return {
        name: one for name, one in sorted(seconds.items(), key=lambda one: -one[1]) if one >= _TOLD
    }


def modules_after(imports: str) -> set[str]:
    """The top-level packages that importing loads, those of ``import pulumi`` left out."""
    code = (
        "import json, pulumi, sys\nbefore = set(sys.modules)\n"
        f"{imports}\n"
        "print(json.dumps(sorted({one.partition('.')[0] for one in set(sys.modules) - before})))"
    )
    return set(json.loads(_python("-c", code)[0]))


def _package(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] in ("azure", "google", "pulumi") else parts[0]


def _python(*arguments: str, folder: Path = PROJECT) -> tuple[str, str]:
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout, done.stderr
