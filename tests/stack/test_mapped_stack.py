"""`make map` on the real engine: the seed's picture, and what has become of its tenant since."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stack_fixture import Stack, stack_in
from tenant_fixture import Tenant, tenant_in

from engine.model import Engine
from engine.places import PROJECT

PICTURE = PROJECT / "docs" / "pictures" / "tenant.svg"


def run(stack: Stack, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the command on another stack than `local`, as `make map STACK=test` does."""
    return subprocess.run(
        [sys.executable, "-m", "commands", "map", "--stack", "test", *options],
        cwd=PROJECT,
        env={
            **stack.environment(),
            "PULUMI_OPTION_CONFIG_FILE": str(stack.configuration),
            **variables,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def mapped(stack: Stack, file: Path) -> str:
    """What the command writes to a file."""
    done = run(stack, "--file", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == f"Wrote {file}\n"
    return file.read_text("utf-8")


def dateless(text: str) -> str:
    """Without the day on which a secret ends, which is counted from today."""
    dated = re.sub(r"secret until \d{4}-\d\d-\d\d", "secret until 2027-05-22", text)
    assert dated.count("secret until 2027-05-22") == 1
    return dated


@pytest.fixture(scope="module")
def up(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The seed's tenant, made once for all that only look at it or put back what they change."""
    folder = tmp_path_factory.mktemp("mapped")
    with tenant_in(folder / "tenant") as tenant:
        made = stack_in(folder / "project", engine, tenant)
        made.pulumi("up", "--yes", "--skip-preview")
        yield made


@contextmanager
def withdrawn(tenant: Tenant, scope: str) -> Generator[None]:
    """Without the one consent to this scope within the block."""
    path = "/oauth2PermissionGrants"
    (grant,) = [one for one in tenant.all(path) if set(one["scope"].split()) == set(scope.split())]
    tenant.admin.delete(f"{path}/{grant.pop('id')}").raise_for_status()
    yield
    tenant.admin.made(path, grant)


def test_the_committed_picture_is_the_seeds(up: Stack, tmp_path: Path) -> None:
    """Byte for byte, time after time; `make up` and `make map FILE=docs/…` draw it anew."""
    first = mapped(up, tmp_path / "first.svg")

    assert dateless(first) == PICTURE.read_text("utf-8")
    assert mapped(up, tmp_path / "second.svg") == first


def test_the_map_shows_what_has_become_of_the_tenant(up: Stack, tmp_path: Path) -> None:
    """Consent that was withdrawn is missing; no secret is in it, and client IDs where wanted."""
    with withdrawn(up.tenant, "ToDoList.Read ToDoList.ReadWrite"):
        text = mapped(up, tmp_path / "map.mmd")
        run(up, "--file", str(tmp_path / "ids.svg"), "--ids")

    assert '-.->|"consent missing<br/>ToDoList.Read<br/>ToDoList.ReadWrite"| api0' in text
    picture = (tmp_path / "ids.svg").read_text("utf-8")
    outputs = up.outputs()
    assert outputs["clients"]["web"]["clientId"] in picture
    assert outputs["clients"]["web"]["clientId"] not in text
    assert outputs["clientSecrets"]["web"] not in text + picture


def test_a_tenant_that_refuses_is_quoted(up: Stack, tmp_path: Path) -> None:
    """In a line; nothing is written."""
    file = tmp_path / "map.svg"
    done = run(up, "--file", str(file), ARM_CLIENT_SECRET="wrong")

    assert done.returncode == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith("What the tenant has cannot be told: ")
    assert "AADSTS7000215" in line
    assert not file.exists()


def test_without_a_deployment_there_is_no_map(stack: Stack, tmp_path: Path) -> None:
    """Nothing is written."""
    file = tmp_path / "map.svg"
    done = run(stack, "--file", str(file))

    assert done.returncode == 1
    assert done.stdout == "Nothing is deployed to the stack ciam/test, so there is no map.\n"
    assert not file.exists()
