"""Serving a tenant: the ready line, the port, the state folder, the log, and the end."""

from __future__ import annotations

import json
import signal
import ssl
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from localtenant.testing import Ready, TenantFailedError, running_tenant
from localtenant.testing_client import FLOWS, Graph

pytestmark = pytest.mark.local_only


ENV = {
    "ARM_METADATA_HOSTNAME",
    "ARM_TENANT_ID",
    "ARM_CLIENT_ID",
    "ARM_CLIENT_SECRET",
    "AZURE_TENANT_ID",
    "AZURE_CLIENT_ID",
    "AZURE_CLIENT_SECRET",
    "AZURE_AUTHORITY_HOST",
    "AZURE_TOKEN_CREDENTIALS",
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "NODE_EXTRA_CA_CERTS",
}
SERVE = [sys.executable, "-m", "localtenant", "serve", "--state"]


def test_ready_line_says_how_to_reach_the_tenant(ready: Ready) -> None:
    """The line holds the contract's fields, and the environment of a client as texts."""
    assert ready.url == f"https://{ready.metadataHost}"
    assert set(ready.env) == ENV
    assert all(isinstance(v, str) and v for v in ready.env.values())
    assert ready.env["ARM_TENANT_ID"] == ready.env["AZURE_TENANT_ID"] == ready.tenantId
    assert ready.env["SSL_CERT_FILE"] == ready.env["REQUESTS_CA_BUNDLE"] == ready.caBundleFile
    assert ready.env["NODE_EXTRA_CA_CERTS"] == ready.caFile
    assert set(ready.clients) == {"everything", "nothing"}


def test_state_outlives_a_restart(tmp_path: Path) -> None:
    """Tenant id, authority, keys, credentials and objects are as they were before the restart."""
    clients = {"all": ("Application.ReadWrite.All", "EventListener.ReadWrite.All")}
    with running_tenant(tmp_path, clients=clients) as first:
        before = Graph(first, first.clients["all"])
        application, flow = before.application(), before.flow()
        authority = Path(first.caFile).read_bytes()
    with running_tenant(tmp_path, clients=clients) as second:
        after = Graph(second, second.clients["all"])
        after.http.headers["Authorization"] = f"Bearer {after.token}"
        read = after.read(f"/applications/{application['id']}")

        assert second.tenantId == first.tenantId
        assert second.clients == first.clients
        assert second.env["ARM_CLIENT_SECRET"] == first.env["ARM_CLIENT_SECRET"]
        assert Path(second.caFile).read_bytes() == authority
        assert read["displayName"] == application["displayName"]
        assert after.read(f"{FLOWS}/{flow['id']}")["displayName"] == flow["displayName"]


def test_writes_outlive_a_killed_process(tmp_path: Path) -> None:
    """What was answered with 201 is there after SIGKILL."""
    command = [*SERVE, str(tmp_path), "--port", "0", "--client", "a=Application.ReadWrite.All"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        ready = Ready.of(process.stdout.readline())
        made = [Graph(ready, ready.clients["a"]).application()["id"] for _ in range(3)]
        process.kill()
    with running_tenant(tmp_path, clients={"a": ("Application.ReadWrite.All",)}) as again:
        graph = Graph(again, again.clients["a"])

        assert all(graph.get(f"/applications/{i}").status_code == 200 for i in made)


def test_taken_port_is_said_in_one_line(tmp_path: Path, ready: Ready) -> None:
    """A taken port ends the start with one line that names the port and PORT=."""
    port = ready.url.rpartition(":")[2]

    ended = subprocess.run(
        [*SERVE, str(tmp_path), "--port", port], capture_output=True, text=True, check=False
    )

    assert ended.returncode != 0
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert f"Port {port}" in ended.stderr
    assert "PORT=" in ended.stderr


def test_second_process_on_a_state_folder_is_refused(tmp_path: Path) -> None:
    """A state folder belongs to one process at a time; the second says so in one line."""
    with running_tenant(tmp_path):
        ended = subprocess.run(
            [*SERVE, str(tmp_path), "--port", "0"],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    assert ended.returncode != 0
    assert ended.stderr.count("\n") == 1
    assert f"{tmp_path} is in use by another local tenant" in ended.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--client", "nobody"], "--client wants NAME=ROLE,ROLE"),
        (["--client", "a=No.Such"], "no application permission 'No.Such'"),
        (["--log", "/dev/null/log"], "The log /dev/null/log cannot be written"),
        (["--subdomain", "not good"], "--subdomain wants 1 to 26 letters and digits"),
        (["--tenant-id", "contoso"], "--tenant-id wants a GUID"),
    ],
)
def test_wrong_options_are_said_in_one_line(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    """An option that cannot be obeyed ends the start with a sentence, without a traceback."""
    ended = subprocess.run(
        [*SERVE, str(tmp_path), "--port", "0", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )

    assert ended.returncode == 1
    assert ended.stderr.count("\n") == 1
    assert words in ended.stderr


ONE, OTHER = "11111111-1111-1111-1111-111111111111", "22222222-2222-2222-2222-222222222222"


@pytest.mark.parametrize(
    ("option", "name", "kept", "other"),
    [
        ("--subdomain", "subdomain", "fabrikam", "contoso"),
        ("--tenant-id", "tenantId", ONE, OTHER),
    ],
)
def test_what_the_tenant_is_it_is_for_good(
    tmp_path: Path, option: str, name: str, kept: str, other: str
) -> None:
    """Subdomain and tenant ID are chosen at the first start, and others are refused later."""
    with running_tenant(tmp_path, extra_args=[option, kept]) as ready:
        assert getattr(ready, name) == kept

    words = f"has the {option.removeprefix('--')} '{kept}', not '{other}'"
    with (
        pytest.raises(TenantFailedError, match=words),
        running_tenant(tmp_path, extra_args=[option, other]),
    ):
        pass


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_it_quietly(tmp_path: Path, number: signal.Signals) -> None:
    """A signal ends the tenant at once with code 0 and no word, even with a client connected."""
    command = [*SERVE, str(tmp_path), "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        ready = Ready.of(process.stdout.readline())
        with httpx.Client(verify=ssl.create_default_context(cafile=ready.caFile)) as client:
            client.get(f"{ready.url}/metadata/endpoints")
            start = time.monotonic()
            process.send_signal(number)
            _, said = process.communicate(timeout=10)

    assert (process.returncode, said) == (0, "")
    assert time.monotonic() - start < 2


def test_log_has_one_line_for_each_request(tmp_path: Path) -> None:
    """The log tells method, path with query, status, time and client, and never a secret."""
    log = tmp_path / "requests.log"
    with running_tenant(
        tmp_path / "state", log=log, clients={"a": ("Application.ReadWrite.All",)}
    ) as ready:
        graph = Graph(ready, ready.clients["a"])
        application = graph.application()
        path = f"/applications/{application['id']}"
        secret = graph.made(f"{path}/addPassword", {"passwordCredential": {}})["secretText"]
        graph.get("/applications?$top=1")
        graph.get("/nothing")

    text = log.read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(e["method"], e["status"]) for e in lines] == [
        ("POST", 200),
        ("POST", 201),
        ("POST", 200),
        ("GET", 200),
        ("GET", 400),
    ]
    assert lines[3]["path"] == "/v1.0/applications?$top=1"
    assert all(e["clientAppId"] == ready.clients["a"].clientId for e in lines)
    fields = {"time", "method", "path", "status", "ms", "clientAppId", "userAgent"}
    assert all(set(e) == fields for e in lines)
    assert {e["userAgent"].partition("/")[0] for e in lines} == {"python-httpx"}
    times = [datetime.fromisoformat(e["time"]) for e in lines]
    assert times == sorted(times)
    assert timedelta() <= datetime.now(UTC) - times[0] < timedelta(minutes=5)
    for hidden in (secret, ready.clients["a"].clientSecret, graph.token):
        assert hidden not in text


def test_help_is_for_strangers() -> None:
    """The help says what it is, what it prints, and that no real tenant has confirmed it."""
    ended = subprocess.run(
        [sys.executable, "-m", "localtenant", "serve", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert "never been\nverified against a real tenant" in ended.stdout
    assert "--state DIR" in ended.stdout
    assert "ARM_METADATA_HOSTNAME" in ended.stdout


def test_a_tenant_is_of_the_type_that_it_was_made_with(tmp_path: Path) -> None:
    """A workforce tenant says so, also after a restart; it cannot become another type."""
    clients = {"reader": ("Organization.Read.All",)}
    for extra in (["--tenant-type", "AAD"], []):
        with running_tenant(tmp_path, clients=clients, extra_args=extra) as ready:
            (organization,) = Graph(ready, ready.clients["reader"]).read("/organization")["value"]
            assert organization["tenantType"] == "AAD"
    with (
        pytest.raises(TenantFailedError, match="has the tenant-type 'aad', not 'CIAM'"),
        running_tenant(tmp_path, extra_args=["--tenant-type", "CIAM"]),
    ):
        pytest.fail("it runs")


def test_a_secret_in_the_query_of_a_sign_in_is_not_logged(tmp_path: Path) -> None:
    """It belongs into the form; a client that errs does not fill the log with secrets.

    Nor does the code of a sign-in that is tried on the tenant's page, which comes in the query.
    """
    log = tmp_path / "requests.jsonl"
    with running_tenant(tmp_path / "state", log=log) as ready:
        path = f"/{ready.tenantId}/oauth2/v2.0/token"
        trust = ssl.create_default_context(cafile=ready.caFile)
        httpx.get(f"{ready.url}{path}?client_secret=a-secret", verify=trust)
        httpx.get(f"{ready.url}/-/try/answer?code=a-secret&state=a-secret", verify=trust)
        for flow in ("signup/v1.0/start", "resetpassword/v1.0/submit"):
            asked = f"{ready.url}/{ready.tenantId}/{flow}?new_password=a-secret"
            httpx.post(asked, verify=trust)
    logged = log.read_text()
    (line,) = [one for one in logged.splitlines() if path in one]
    assert json.loads(line)["path"] == path
    assert '"/-/try/answer"' in logged
    assert "a-secret" not in logged
