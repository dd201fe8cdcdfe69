"""The fixtures for tests of other projects, as such a project uses them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from document_blocks import blocks

from engine.places import PROJECT
from localtenant.options import parser

if TYPE_CHECKING:
    from pathlib import Path

PAGE = PROJECT / "docs" / "testing.md"

pytestmark = pytest.mark.local_only

CONFTEST = """
import pytest

from localtenant.testing_tenant import LocalTenantOptions

pytest_plugins = ["localtenant.pytest_plugin"]


@pytest.fixture(scope="session")
def local_tenant_options():
    return LocalTenantOptions(
        clients={"reader": ["Application.Read.All"]}, extra_args=["--subdomain", "shop"]
    )
"""

TESTS = """
import os
import signal
from pathlib import Path

import httpx
import pytest

from localtenant.testing import TenantFailedError

NEW = {"b2c-extensions-app. Do not modify. Used by AADB2C for storing user data."}
NEW |= {"Pulumi deployer", "everything", "reader"}


def names(graph):
    return {one["displayName"] for one in graph.read("/applications")["value"]}


def test_one_leaves_much_behind(local_tenant):
    assert names(local_tenant.graph) == NEW
    local_tenant.graph.application()
    local_tenant.states.take("mine")
    local_tenant.faults.set("fail", "fail,at=sign-in")


def test_two_finds_nothing_of_it(local_tenant):
    assert names(local_tenant.graph) == NEW
    assert local_tenant.states.names() == []
    assert local_tenant.faults.report() == []


def test_options_are_obeyed(local_tenant):
    assert local_tenant.ready.subdomain == "shop"
    assert names(local_tenant.client("reader")) == NEW
    assert local_tenant.client("reader").post("/applications", {}).status_code == 403
    assert local_tenant.client().post("/applications", {"displayName": "a"}).status_code == 201
    with pytest.raises(TenantFailedError, match="No client 'nope' was asked for"):
        local_tenant.client("nope")


def test_the_session_has_a_tenant_of_its_own(local_tenant, local_tenant_session):
    local_tenant_session.graph.application(displayName="shared")
    assert names(local_tenant.graph) == NEW
    assert local_tenant.ready.tenantId != local_tenant_session.ready.tenantId


def test_it_is_shared(local_tenant, local_tenant_session):
    assert names(local_tenant_session.graph) == NEW | {"shared"}


def test_the_environment_leads_to_the_tenant(local_tenant, local_tenant_environment):
    metadata = httpx.get(f"https://{os.environ['ARM_METADATA_HOSTNAME']}/metadata/endpoints").json()
    assert metadata["graph"] == os.environ["AZURE_AUTHORITY_HOST"] == local_tenant.ready.url


def test_one_kills_its_tenant(local_tenant):
    assert os.environ.get("AZURE_AUTHORITY_HOST") != local_tenant.ready.url
    local_tenant.graph.application()
    lock = Path(local_tenant.ready.caFile).with_name("lock").read_text()
    os.kill(int(lock.split()[0]), signal.SIGKILL)


def test_the_next_one_has_another(local_tenant):
    assert names(local_tenant.graph) == NEW
"""


def run_tests(folder: Path) -> str:
    """Run the tests of a project that is not this one; what pytest says."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    ).stdout


def test_fixtures_give_each_test_a_tenant_of_its_own(tmp_path: Path) -> None:
    """A project that names the plugin has its fixtures, with the warnings of Python as errors."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_own.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\n")

    said = run_tests(tmp_path)

    assert "8 passed" in said, said


def test_the_page_for_other_projects_is_true(tmp_path: Path) -> None:
    """Its files are as a reader would write them, and all its tests pass."""
    for block in blocks(PAGE):
        if block.language == "python":
            (tmp_path / block.text.split()[1]).write_text(block.text)

    said = run_tests(tmp_path)

    assert "6 passed" in said, said


def test_commands_on_the_page_are_understood() -> None:
    """None of them has an option that there is not."""
    lines = [line for block in blocks(PAGE) for line in block.text.splitlines()]
    commands = [line.partition("python -m localtenant ")[2] for line in lines]

    read = [parser().parse_args(shlex.split(command)) for command in commands if command]

    assert {one.command for one in read} == {"serve", "snapshot", "reset"}
