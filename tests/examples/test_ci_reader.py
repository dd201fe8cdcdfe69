"""The reader's permissions, as examples/ci/README.md says them: enough to preview, and no more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from ci_files import CI
from operation_paths import SHAPES
from stack_fixture import Stack, stack_in
from tenant_fixture import tenant_in

from engine.model import Engine
from localtenant.testing_client import Graph

RENAMED = {"todolist": {"displayName": "Renamed by a pull request"}}


def permissions(identity: str) -> list[str]:
    """The permissions in the identity's row of the table."""
    said = (CI / "README.md").read_text("utf-8")
    row = re.search(rf"^\| \*\*{identity}\*\* \|(.*Read.*)\|$", said, re.MULTILINE)
    assert row
    return re.findall(r"`([\w.]+)`", row[1])


READER = permissions("reader")


@pytest.fixture
def stack(engine: Engine, tmp_path: Path) -> Iterator[Stack]:
    """The seed's stack, deployed; its tenant has the reader and readers that lack a permission."""
    clients = {"reader": READER}
    clients |= {f"no{one}": [other for other in READER if other != one] for one in READER}
    clients["writer"] = permissions("writer")
    options = [f"--client={name}={','.join(roles)}" for name, roles in clients.items()]
    with tenant_in(tmp_path / "tenant", *options) as tenant:
        made = stack_in(tmp_path / "project", engine, tenant)
        pulumi(made, "writer", "up", "--yes")
        made.configure(apis=RENAMED)
        yield made


def pulumi(stack: Stack, name: str, *arguments: str, succeeds: bool = True) -> str:
    """Run the CLI as a client of the tenant."""
    client = stack.tenant.ready.clients[name]
    return stack.pulumi(
        *arguments,
        succeeds=succeeds,
        ARM_CLIENT_ID=client.clientId,
        ARM_CLIENT_SECRET=client.clientSecret,
    )


def contents(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder."""
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def writes() -> list[tuple[str, str]]:
    """Method and path of each operation by which an application may change something.

    Some by POST only read, and none has a ``/me``.
    """
    some_id = "00000000-0000-0000-0000-000000000001"
    return [
        (
            shape.operation.method,
            f"/{'beta' if shape.operation.beta else 'v1.0'}{shape.path.replace('{id}', some_id)}",
        )
        for shape in SHAPES
        if shape.operation.method != "GET"
        and not shape.path.startswith("/me")
        and not (shape.route.action and not shape.route.action.writes)
    ]


def test_the_reader_previews_and_writes_nothing(stack: Stack) -> None:
    """It sees the change; every permission is needed; neither tenant nor state are written."""
    before = contents(stack.folder / "backend")
    with stack.tenant.wire() as wire:
        shown = pulumi(stack, "reader", "preview", "--diff")
        for one in READER:
            refused = pulumi(stack, f"no{one}", "preview", succeeds=False)
            assert "Authorization_RequestDenied" in refused

    assert '"ciam-ToDoList-api" => "Renamed by a pull request"' in shown
    assert wire.graph()
    assert wire.writes() == []
    assert contents(stack.folder / "backend") == before

    with stack.tenant.wire() as wire:
        refused = pulumi(stack, "reader", "up", "--yes", succeeds=False)
    assert "403 Authorization_RequestDenied" in refused
    writes = [one for one in wire.requests if one["method"] in ("PATCH", "DELETE")]
    assert {one["status"] for one in writes} == {403}


def test_the_tenant_refuses_every_write_of_the_reader(tmp_path: Path) -> None:
    """Whatever the code of a pull request tries; the writer's tries tell that these are writes."""
    options = [f"--client={name}={','.join(permissions(name))}" for name in ("reader", "writer")]
    with tenant_in(tmp_path, *options) as tenant:
        answers: dict[str, list[int]] = {}
        for name in ("reader", "writer"):
            graph = Graph(tenant.ready, tenant.ready.clients[name])
            with closing(graph.http):
                answers[name] = [
                    graph.http.request(
                        method, path, json=None if method == "DELETE" else {}
                    ).status_code
                    for method, path in writes()
                ]

    assert set(answers["reader"]) == {403}
    assert {400, 404} <= set(answers["writer"])
