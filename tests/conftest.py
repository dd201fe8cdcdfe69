"""What all tests share: the plugins with the shared fixtures, and the time that each part took."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest

pytest_plugins = [
    "case_counts",
    "conformance",
    "checkout_fixture",
    "demo_fixture",
    "chromium_fixture",
    "engine_fixture",
    "tenant_fixture",
    "stack_fixture",
    "secrets_fixture",
    "consumer_fixture",
    "customer_fixture",
    "native_fixture",
    "provider_fixture",
    "localtenant.pytest_plugin",
]
_PARTS: dict[str, list[float]] = defaultdict(list)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up the seconds of each part of the suite, fixtures included."""
    part = "/".join(Path(report.location[0]).parts[1:-1]) or "."
    _PARTS[part].append(report.duration)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how long each part took: the sum of its tests, which run beside each other."""
    if not _PARTS:
        return
    terminalreporter.write_sep("-", "seconds by part")
    for part, seconds in _slowest_first(_PARTS):
        terminalreporter.write_line(f"{seconds:8.1f}  tests/{part}")


def _slowest_first(parts: Mapping[str, list[float]]) -> list[tuple[str, float]]:
    sums = [(part, sum(seconds)) for part, seconds in parts.items()]
    return sorted(sums, key=lambda one: -one[1])
