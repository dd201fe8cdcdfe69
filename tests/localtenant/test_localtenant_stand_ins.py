"""``python -m localtenant stand-in``: while the tenant runs, and while it does not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from localtenant.cli import main
from localtenant.testing_client import refused
from localtenant.upstream import stand_ins

if TYPE_CHECKING:
    from localtenant.ready import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

HERE = "https://127.0.0.1:1/contoso/v2.0"
GONE = "[Errno 2] No such file or directory: 'nothing.pem'"
FAR = "https://login.contoso.com/"


def run(capsys: pytest.CaptureFixture[str], state: Path, *words: str) -> tuple[int, str]:
    """Run the command; its exit code and what it said."""
    code = main(["stand-in", "--state", str(state), *words])
    said = capsys.readouterr()
    return code, (said.err if code else said.out).rstrip("\n")


def test_of_a_tenant_that_runs(
    ready: Ready, stood_in: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It does it itself; no secret is told again."""
    state, how = Path(ready.caFile).parent, f"(by the tenant that runs at {ready.url})."
    stood_in += ["facebook", FAR]

    more = ["--client-id", "id", "--client-secret", "hush", "--trust", ready.caFile]
    said = run(capsys, state, "set", "facebook", HERE, *more)
    assert said == (0, f"{HERE} stands in for facebook {how}")
    assert run(capsys, state, "set", FAR, HERE)[0] == 0
    listed = run(capsys, state, "list")[1]
    assert {f"facebook  {HERE}", f"{FAR}  {HERE}"} <= set(listed.splitlines())
    said = run(capsys, state, "remove", FAR)
    assert said == (0, f"Nothing stands in for {FAR} any more {how}")
    again = (1, f"localtenant: Nothing stands in for '{FAR}'.")
    assert run(capsys, state, "remove", FAR) == again


def test_of_a_tenant_that_does_not_run(
    ready: Ready, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command does it; an issuer of this machine stands for itself."""
    for file in Path(ready.caFile).parent.glob("tenant.sqlite3*"):
        shutil.copy(file, tmp_path)

    said = run(capsys, tmp_path, "set", HERE, "--trust", ready.caFile)

    assert said == (0, f"{HERE} stands in for {HERE} (it is not running).")
    assert f"{HERE}  {HERE}" in run(capsys, tmp_path, "list")[1].splitlines()
    assert run(capsys, tmp_path, "remove", HERE)[0] == 0


def test_other_tenant_that_stands_in(
    ready: Ready, graph: Graph, stood_in: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """It registers the one that asks, once, with a secret that is new each time."""
    state = str(Path(ready.caFile).parent)
    stood_in.append("apple")
    issuer = f"{ready.url.replace('localhost', '127.0.0.1')}/{ready.tenantId}/v2.0"

    for _ in range(2):
        code, said = run(capsys, Path(state), "set", "apple", "--tenant", state)
        assert (code, said.partition(" stands in")[0]) == (0, issuer)

    (application,) = graph.named("Another local tenant")
    path = f"/{ready.tenantId}/federation/oauth2"
    hosts = (ready.url, ready.url.replace("localhost", "127.0.0.1"))
    assert application["web"]["redirectUris"] == [f"{host}{path}" for host in hosts]
    assert len(application["passwordCredentials"]) == 2
    listed = graph.http.get("/-/stand-ins").json()["standIns"]
    assert {"name": "apple", "issuer": issuer, "clientId": application["appId"]} in listed


@pytest.mark.parametrize("stopped", ["its own", "the other"])
def test_tenants_that_do_not_run_know_no_address(
    ready: Ready, tmp_path: Path, capsys: pytest.CaptureFixture[str], stopped: str
) -> None:
    """It is told which of them has to be started."""
    for file in Path(ready.caFile).parent.glob("tenant.sqlite3*"):
        shutil.copy(file, tmp_path)
    running = Path(ready.caFile).parent
    own, other = (tmp_path, running) if stopped == "its own" else (running, tmp_path)

    code, said = run(capsys, own, "set", "google", "--tenant", str(other))

    why = f"The tenant in {tmp_path} does not run, so nobody knows where. Start it first."
    assert (code, said) == (1, f"localtenant: {why}")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b'{"redirectUris": "https://a"}', b'{"redirectUris": [7]}']
)
def test_registration_of_nobody(graph: Graph, body: bytes) -> None:
    """It wants redirect URIs, and those that Graph would take."""
    wanted = 'POST wants a JSON object {"redirectUris": ["https://…"]}.'
    refused(graph.http.post("/-/relying-parties", content=body), 400, "Refused", wanted)
    answer = graph.http.post("/-/relying-parties", json={"redirectUris": ["http://evil.example"]})
    assert answer.status_code == 400


def test_stand_in_survives_a_reset(
    ready: Ready, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is of the machine, not of what the tenant holds."""
    for file in Path(ready.caFile).parent.glob("tenant.sqlite3*"):
        shutil.copy(file, tmp_path)
    assert run(capsys, tmp_path, "set", "google", HERE)[0] == 0
    assert main(["reset", "--state", str(tmp_path)]) == 0
    capsys.readouterr()

    assert f"google  {HERE}" in run(capsys, tmp_path, "list")[1].splitlines()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["list", "google"], "'stand-in list' wants no name."),
        (["set"], "'stand-in set' wants a name."),
        (
            ["set", "google", HERE, "--tenant", "other"],
            "--tenant says all of it: leave out ISSUER and the other options.",
        ),
        (
            ["set", "Amazon", HERE],
            "'Amazon' is none of google, facebook, apple, and no issuer, https://…",
        ),
        (["set", "google"], "'google' is no issuer of this machine: https://localhost:…"),
        (["set", "google", FAR], f"'{FAR}' is no issuer of this machine: https://localhost:…"),
        (
            ["set", "google", "http://localhost:1"],
            "'http://localhost:1' is no issuer of this machine: https://localhost:…",
        ),
        (["set", "google", "https://[::1"], "'https://[::1' is no URL: Invalid IPv6 URL."),
        (
            ["set", "google", HERE, "--trust", __file__],
            "'trust' holds no certificate in PEM.",
        ),
        (
            ["set", "google", HERE, "--trust", "nothing.pem"],
            f"The file nothing.pem of --trust cannot be read: {GONE}.",
        ),
    ],
)
def test_what_cannot_stand_in(
    ready: Ready, capsys: pytest.CaptureFixture[str], words: list[str], why: str
) -> None:
    """One line says why, and nothing is kept."""
    state = Path(ready.caFile).parent

    assert run(capsys, state, *words) == (1, f"localtenant: {why}")
    assert "google" not in run(capsys, state, "list")[1]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"name": 7}', b'{"name": "google", "x": "y"}']
)
def test_body_that_says_something_else(graph: Graph, body: bytes) -> None:
    """It is told what is wanted."""
    refused(graph.http.put("/-/stand-ins", content=body), 400, "Refused", stand_ins.WANTED)


def test_nobody_else_says_what_stands_in(graph: Graph) -> None:
    """A page of the web that a browser of this machine shows is refused."""
    headers = {"Origin": "https://evil.example"}

    for method, path in (
        ("PUT", "stand-ins"),
        ("DELETE", "stand-ins/x"),
        ("POST", "relying-parties"),
    ):
        answer = graph.http.request(method, f"/-/{path}", json={}, headers=headers)
        refused(answer, 403, "Refused", "Only this machine administers the local tenant.")
