"""Which tests of the local tenant hold for a real one too, and the record of when they did.

Each of them carries exactly one of three marks. ``local_only`` stands in the code: the test needs
something that only the local tenant has. ``verified`` and ``unverified`` follow from the record:
whether the test, as it is today, passed against a real tenant. ``--real-tenant ID`` runs all but
the first kind against that tenant and writes the record.
"""

from __future__ import annotations

import hashlib
import inspect
import re
from collections import defaultdict
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from real_tenant import NotThrowAwayError, RealGraph, check_environment

from documents.verification import RECORD_FILE, Checked, Record, Seen, read_record, write_record
from localtenant.entities import MODEL
from localtenant.odata.errors import GraphError
from localtenant.odata.paths import resolve
from localtenant.odata.types import Json, child

_FOLDER = "tests/localtenant/"
_LOCAL_FIXTURES = {
    *("ready", "deployer", "holder", "knobs", "sign_in", "signed_in", "signing_key"),
    *("local_tenant", "local_tenant_session", "local_tenant_environment"),
}
_MARKS = {
    "local_only": "needs what only the local tenant has",
    "verified": "passed against a real tenant as it is today",
    "unverified": "has never passed against a real tenant as it is today",
}
_SECRET = re.compile(
    r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\w+\.onmicrosoft\.com"
    r"|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"
)
_SEEN: dict[str, list[Seen]] = defaultdict(list)
_OUTCOMES: dict[str, str] = {}
_RUNNING: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option that names a real tenant."""
    parser.addoption(
        "--real-tenant",
        metavar="ID",
        help="run the tests of the local tenant against this throw-away external tenant",
    )
    parser.addoption(
        "--record",
        default=str(RECORD_FILE),
        metavar="FILE",
        help="where the record of such a run is kept (default docs/local-tenant.record.json)",
    )
    parser.addoption(
        "--lag-seconds",
        type=float,
        default=60,
        metavar="N",
        help="for how long a 404 of the real tenant about a new object is lag (default 60)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks, and refuse a run against a real tenant that cannot go well."""
    tenant_id = config.getoption("--real-tenant")
    if tenant_id:
        try:
            check_environment(tenant_id)
        except NotThrowAwayError as error:
            raise pytest.UsageError(str(error)) from error
    for name, meaning in _MARKS.items():
        config.addinivalue_line("markers", f"{name}: {meaning}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give each test of the local tenant its mark; leave out what a real tenant cannot run."""
    record = read_record(Path(config.getoption("--record") or RECORD_FILE))
    real = config.getoption("--real-tenant")
    for item in items:
        if not item.nodeid.startswith(_FOLDER):
            continue
        if item.get_closest_marker("local_only") is None:
            _check_fixtures(item)
            item.add_marker("verified" if _is_verified(item, record) else "unverified")
        elif real:
            item.add_marker(pytest.mark.skip(reason="local_only: a real tenant cannot run it"))


def _check_fixtures(item: pytest.Item) -> None:
    local = _LOCAL_FIXTURES.intersection(getattr(item, "fixturenames", ()))
    if local:
        message = f"{item.nodeid} uses {', '.join(sorted(local))}: mark it local_only."
        raise pytest.UsageError(message)


def _name(item: pytest.Item) -> str:
    return item.nodeid.removeprefix(_FOLDER)


def _digest(item: pytest.Item) -> str:
    function = getattr(item, "function", None)
    return hashlib.sha256(inspect.getsource(function).encode()).hexdigest()[:16] if function else ""


def _is_verified(item: pytest.Item, record: Record) -> bool:
    checked = record.get(_name(item))
    return checked is not None and checked.outcome == "passed" and checked.code == _digest(item)


@pytest.fixture(scope="session")
def real_graph(request: pytest.FixtureRequest) -> Iterator[RealGraph | None]:
    """Sign in to the real tenant that the command line names; None without one."""
    tenant_id = request.config.getoption("--real-tenant")
    if not tenant_id:
        yield None
        return
    try:
        graph = RealGraph(tenant_id, float(request.config.getoption("--lag-seconds") or 0))
    except NotThrowAwayError as error:
        pytest.exit(str(error), returncode=2)
    graph.http.event_hooks["response"].append(_note)
    yield graph
    left = graph.clean()
    if left:
        pytest.exit(f"Could not be deleted: {', '.join(left)}", returncode=2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Know which test the answers belong to."""
    _RUNNING.append(_name(item))
    try:
        return (yield)
    finally:
        _RUNNING.pop()


def _note(response: httpx.Response) -> None:
    """Keep what may be told of an answer: never an id, a name of a domain, or a value."""
    response.read()
    path = response.request.url.path.partition("/")[2].partition("/")[2]
    try:
        template = resolve(MODEL, path).template
    except GraphError:
        return
    body: Json = response.json() if response.is_error and response.content else {}
    error = child(body, "error")
    seen = Seen(
        operation=f"{response.request.method} {template}",
        status=response.status_code,
        code=str(error.get("code", "")),
        message=redacted(str(error.get("message", ""))),
    )
    if _RUNNING and seen not in _SEEN[_RUNNING[-1]]:
        _SEEN[_RUNNING[-1]].append(seen)


def redacted(text: str) -> str:
    """A text without ids and names of tenants."""
    return _SECRET.sub("…", text)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep what became of a test."""
    if report.when == "call" and report.outcome in {"passed", "failed"}:
        _OUTCOMES[report.nodeid.removeprefix(_FOLDER)] = report.outcome


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write the record of a run against a real tenant."""
    if not session.config.getoption("--real-tenant") or not _SEEN:
        return
    today = datetime.now(UTC).date().isoformat()
    codes = {_name(i): _digest(i) for i in session.items}
    new = {
        name: Checked.model_validate(
            {"date": today, "outcome": _OUTCOMES[name], "code": codes[name], "seen": seen}
        )
        for name, seen in _SEEN.items()
        if name in _OUTCOMES and name in codes
    }
    file = Path(session.config.getoption("--record") or RECORD_FILE)
    write_record({**read_record(file), **new}, file)
