"""What starting costs: the program and the provider process, by module.

Each is measured in fresh interpreters, one of each kind in turn; processor time is what is told,
which others on the machine disturb least.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
_BY_PACKAGE: Final = """
import json, sys, time
from importlib.machinery import ExtensionFileLoader, SourceFileLoader
import psutil

process, taken, inner = psutil.Process(), {{}}, [[0.0, 0]]

def watch(kind, name, module):
    plain = getattr(kind, name)
    def watched(loader, argument):
        start, held = time.process_time(), process.memory_info().rss
        inner.append([0.0, 0])
        try:
            return plain(loader, argument)
        finally:
            passed, grown = time.process_time() - start, process.memory_info().rss - held
            below = inner.pop()
            inner[-1][0] += passed
            inner[-1][1] += grown
            one = taken.setdefault(module(argument), [0.0, 0])
            one[0] += passed - below[0]
            one[1] += grown - below[1]
    setattr(kind, name, watched)

watch(SourceFileLoader, "exec_module", lambda module: module.__name__)
watch(ExtensionFileLoader, "create_module", lambda spec: spec.name)
watch(ExtensionFileLoader, "exec_module", lambda module: module.__name__)
import pulumi
{imports}
print(json.dumps(taken))
"""
"""Tells the seconds and the bytes of each module, those of what it imports left out."""
_KILO: Final = 1_000
_MEGA: Final = 1_000_000


def samples() -> Iterator[Sample]:
    """Measure each once."""
    for what, imports in IMPORTS.items():
        passed, used, memory, _ = json.loads(_python("-c", _MEASURE.format(imports=imports))[0])
        yield Sample(STARTING, what, "", passed, used, memory)


@dataclass(frozen=True)
class Package:
    """What importing a package takes, without what it imports of others."""

    name: str
    milliseconds: float
    megabytes: float


def by_package(imports: str) -> list[Package]:
    """What each package takes to be imported after nothing at all, the slowest first; once."""
    taken: dict[str, tuple[float, int]] = json.loads(
        _python("-c", _BY_PACKAGE.format(imports=imports))[0]
    )
    sums: dict[str, tuple[float, int]] = {}
    for module, (seconds, size) in taken.items():
        before = sums.get(name := _package(module), (0.0, 0))
        sums[name] = before[0] + seconds, before[1] + size
    found = [Package(name, one[0] * _KILO, one[1] / _MEGA) for name, one in sums.items()]
    return sorted(found, key=lambda one: -one.milliseconds)


def modules_after(imports: str) -> set[str]:
    """The top-level packages that importing loads, those of ``import pulumi`` left out."""
    code = (
        "import json, pulumi, sys\nbefore = set(sys.modules)\n"
        f"{imports}\n"
        # What is there as None has been left out on purpose.
        "new = [one for one in sys.modules if one not in before and sys.modules[one]]\n"
        "print(json.dumps(sorted({one.partition('.')[0] for one in new})))"
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
