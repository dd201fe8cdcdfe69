"""The run against a real tenant: a second local tenant stands where the real one would be."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conformance import redacted

from documents.verification import Checked, Seen, read_record, write_record
from localtenant.testing_client import Graph

if TYPE_CHECKING:
    from localtenant.testing import Ready

pytestmark = pytest.mark.local_only

PROJECT = Path(__file__).parents[2]
TESTS = "tests/localtenant/test_localtenant_secrets.py"


def run(
    ready: Ready, tenant_id: str, record: Path, *tests: str, **variables: str
) -> tuple[int, str]:
    """Run tests as `make conformance` does; the exit code, and what was said."""
    client = ready.clients["everything"]
    environment = {
        **os.environ,
        **ready.env,
        "AZURE_CLIENT_ID": client.clientId,
        "AZURE_CLIENT_SECRET": client.clientSecret,
        "GRAPH_URL": ready.url,
        **variables,
    }
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *tests]
    options = ["--real-tenant", tenant_id, "--record", str(record), "--lag-seconds", "0.1"]
    done = subprocess.run(
        [*command, *options],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_record_of_a_run(ready: Ready, graph: Graph, tmp_path: Path) -> None:
    """Passed tests are recorded by day and operation, nothing of the tenant's is, or is left."""
    record = tmp_path / "record.json"
    before = {a["id"] for a in graph.read("/applications?$top=999")["value"]}
    skipped = "tests/localtenant/test_localtenant_fault_specs.py"

    code, said = run(ready, ready.tenantId, record, TESTS, skipped)

    assert code == 0, said
    assert "skipped" in said
    checked = read_record(record)["test_localtenant_secrets.py::test_secret_is_shown_once"]
    assert checked.outcome == "passed"
    assert "POST /applications/{id}/addPassword" in {s.operation for s in checked.seen}
    assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}|onmicrosoft", record.read_text())
    after = {a["id"] for a in graph.read("/applications?$top=999")["value"]}
    assert after <= before

    code, said = run(ready, ready.tenantId, record, TESTS, "-m", "verified", "--collect-only")
    assert "test_secret_is_shown_once" in said
    write_record(
        {n: c.model_copy(update={"code": "old"}) for n, c in read_record(record).items()}, record
    )
    code, said = run(ready, ready.tenantId, record, TESTS, "-m", "verified", "--collect-only")
    assert "test_secret_is_shown_once" not in said


OTHER = "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("tenant_id", "variables", "said"),
    [
        ("nope", {}, "'nope' is no tenant ID."),
        (OTHER, {}, f"not {OTHER}."),
        ("", {"AZURE_CLIENT_SECRET": ""}, "The environment lacks AZURE_CLIENT_SECRET."),
    ],
    ids=["no ID", "another", "no secret"],
)
def test_run_that_cannot_go_well_does_not_begin(
    ready: Ready, tmp_path: Path, tenant_id: str, variables: dict[str, str], said: str
) -> None:
    """One line says why, and nothing is asked or written."""
    record = tmp_path / "r.json"

    code, told = run(ready, tenant_id or ready.tenantId, record, TESTS, **variables)

    assert code == 4
    assert said in told
    assert "Traceback" not in told
    assert not record.exists()


def test_redaction() -> None:
    """Ids in either form and names of tenants leave a text."""
    text = "app 8d2f7c1e-1111-4222-8333-123456789abc of contoso.onmicrosoft.com, extension_"
    assert redacted(f"{text}{'0af1' * 8}_x") == "app … of …, extension_…_x"


def test_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    """The file keeps every field."""
    seen = Seen(operation="GET /me", status=400, code="BadRequest", message="no")
    record = {"a::b": Checked(date="2026-01-02", outcome="failed", code="1", seen=(seen,))}
    write_record(record, tmp_path / "r.json")
    assert read_record(tmp_path / "r.json") == record
