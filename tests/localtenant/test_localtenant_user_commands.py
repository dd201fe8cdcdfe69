"""``python -m localtenant users``: while the tenant runs, and while it does not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from customer_browser import PASSWORD, address

from localtenant.cli import main
from localtenant.testing import running_tenant
from localtenant.testing_client import refused

if TYPE_CHECKING:
    from localtenant.ready import Ready
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

TAKEN = "Another object with the same value for property proxyAddresses already exists."


def run(capsys: pytest.CaptureFixture[str], state: Path, *words: str) -> tuple[int, str]:
    """Run the command; its exit code and what it said."""
    code = main(["users", "--state", str(state), *words])
    said = capsys.readouterr()
    return code, (said.err if code else said.out).rstrip("\n")


def test_customers_of_a_tenant_that_runs(
    ready: Ready, graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """It does it itself; what Graph refuses is refused in Graph's words."""
    state, email = Path(ready.caFile).parent, address()
    how = f"(by the tenant that runs at {ready.url})."

    code, said = run(capsys, state, "add", email, "--password", PASSWORD, "--name", "Ada")
    assert (code, said) == (0, f"Added {email}, who signs in by password {how}")
    (found,) = graph.read("/users", {"$filter": f"mail eq '{email}'"})["value"]
    line = f"{email}  password  Ada  {found['id']}"
    assert line in run(capsys, state, "list")[1].splitlines()
    assert found["displayName"] == "Ada"

    code, said = run(capsys, state, "add", email)
    assert code == 1
    assert said.startswith(f"localtenant: {TAKEN}")
    assert run(capsys, state, "remove", email) == (0, f"Removed {email} {how}")
    nobody = f"localtenant: There is no customer with the email address '{email}'."
    assert run(capsys, state, "remove", email) == (1, nobody)


def test_every_account_is_listed_with_how_it_signs_in(
    ready: Ready, graph: Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    """Also those that have no email address: of a user name, of another provider, of work."""
    state, email, name = Path(ready.caFile).parent, address(), uuid4().hex
    google = ("federated", "google.com", uuid4().hex)
    made = {
        f"{name}  password": (("userName", graph.domain, name),),
        "Grace Hopper  google.com": (google,),
        f"{email}  password, facebook.com": (
            ("emailAddress", graph.domain, email),
            ("federated", "facebook.com", uuid4().hex),
        ),
    }
    wanted = [
        f"{begins}  Grace Hopper  {_account(graph, *identities)}"
        for begins, identities in made.items()
    ]
    work = graph.user()
    wanted.append(f"{work['userPrincipalName']}  password  {work['displayName']}  {work['id']}")

    listed = run(capsys, state, "list")[1].splitlines()

    assert set(wanted) <= set(listed)


def _account(graph: Graph, *identities: tuple[str, str, str]) -> str:
    """Make an account by Graph; its object ID."""
    names = ("signInType", "issuer", "issuerAssignedId")
    body = {
        "displayName": "Grace Hopper",
        "identities": [dict(zip(names, one, strict=True)) for one in identities],
        "passwordPolicies": "DisablePasswordExpiration",
        "passwordProfile": {"password": PASSWORD, "forceChangePasswordNextSignIn": False},
    }
    return graph.made("/users", body)["id"]


def test_customers_of_a_tenant_that_does_not_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command does it, and the tenant finds it done."""
    with running_tenant(tmp_path):
        pass
    email = address()

    said = f"Added {email}, who signs in by passcode (it is not running)."
    assert run(capsys, tmp_path, "add", email) == (0, said)
    code, listed = run(capsys, tmp_path, "list")
    assert (code, listed.rpartition("  ")[0]) == (0, f"{email}  passcode  unknown")
    weak = run(capsys, tmp_path, "add", address(), "--password", "weak")
    assert weak[0] == 1
    assert "password complexity requirements" in weak[1]
    assert run(capsys, tmp_path, "remove", email) == (0, f"Removed {email} (it is not running).")
    assert run(capsys, tmp_path, "list") == (0, "There are no accounts.")


def test_the_command_line_is_complete(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An address is wanted by all but the list."""
    said = "localtenant: 'users add' wants an email address."
    assert run(capsys, tmp_path, "add") == (1, said)
    said = "localtenant: 'users list' wants no email address."
    assert run(capsys, tmp_path, "list", "x") == (1, said)


def test_the_administration_takes_texts_only(graph: Graph) -> None:
    """And nothing from a page of the web."""
    wanted = 'POST wants a JSON object {"email": "…", "password": "…", "name": "…"} of texts.'
    for body in ({}, {"email": 7}, {"email": "a@b.example", "name": ["x"]}):
        refused(graph.http.post("/-/users", json=body), 400, "Refused", wanted)
    for path in ("/-/users", "/-/mails", "/-/mailbox"):
        answer = graph.http.get(path, headers={"Origin": "https://evil.example"})
        refused(answer, 403, "Refused", "Only this machine administers the local tenant.")
