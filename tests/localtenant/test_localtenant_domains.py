"""Domains and the organization, as far as they can be changed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from localtenant.testing_bodies import user_body
from localtenant.testing_client import Graph, missing, refused

pytestmark = pytest.mark.local_only
INITIAL = "contoso.onmicrosoft.com"


def new_name() -> str:
    """Make a domain name that nobody has added."""
    return f"d{uuid4().hex[:12]}.example"


def test_new_domain_is_not_verified(graph: Graph) -> None:
    """A domain is added unverified, with the records by which its owner would prove it."""
    name = new_name()
    domain = graph.made("/domains", {"id": name.upper()})

    assert (domain["id"], domain["isVerified"], domain["isRoot"]) == (name, False, True)
    below = graph.made("/domains", {"id": f"www.{name}"})
    assert below["isRoot"] is False
    text, mail = graph.read(f"/domains/{name}/verificationDnsRecords")["value"]
    assert (text["recordType"], text["label"]) == ("Txt", name)
    assert text["text"].startswith("MS=ms")
    assert mail["@odata.type"] == "#microsoft.graph.domainDnsMxRecord"
    for key in (name, f"www.{name}"):
        assert graph.delete(f"/domains/{key}").status_code == 204


def test_verified_domain_can_be_used(graph: Graph) -> None:
    """Users get names in a domain once it is verified; then it cannot be removed."""
    name = new_name()
    graph.made("/domains", {"id": name})
    body = user_body(graph.domain, userPrincipalName=f"someone@{name}")
    message = (
        "The domain portion of the userPrincipalName property is invalid. You must use one of the "
        "verified domain names in your organization."
    )
    refused(graph.post("/users", body), 400, "Request_BadRequest", message)

    assert graph.made(f"/domains/{name}/verify", {})["isVerified"] is True

    user = graph.made("/users", body)["id"]
    (organization,) = graph.read("/organization")["value"]
    assert name in {d["name"] for d in organization["verifiedDomains"]}
    message = f"The domain '{name}' is in use by users of the tenant."
    refused(graph.delete(f"/domains/{name}"), 400, "Request_BadRequest", message)
    message = f"The domain '{name}' is already verified."
    refused(graph.post(f"/domains/{name}/verify"), 400, "Request_BadRequest", message)
    graph.delete(f"/users/{user}")
    assert graph.delete(f"/domains/{name}").status_code == 204
    (organization,) = graph.read("/organization")["value"]
    assert [d["name"] for d in organization["verifiedDomains"]] == [INITIAL]


def test_taken_domain(graph: Graph) -> None:
    """A domain is added once."""
    message = "Another object with the same value for property id already exists."
    refused(graph.post("/domains", {"id": INITIAL}), 400, "Request_BadRequest", message)


@pytest.mark.parametrize("name", ["", "one-label", "two words.example", "-a.example"])
def test_names_that_are_none(graph: Graph, name: str) -> None:
    """What is no domain name is refused."""
    message = "Invalid value specified for property 'id' of resource 'Domain'."
    refused(graph.post("/domains", {"id": name}), 400, "Request_BadRequest", message)


def test_initial_domain_stays(graph: Graph) -> None:
    """The initial domain cannot be removed."""
    message = f"The domain '{INITIAL}' is the initial or default one of the tenant."
    refused(graph.delete(f"/domains/{INITIAL}"), 400, "Request_BadRequest", message)


def test_unknown_domain(graph: Graph) -> None:
    """A domain that there is not is missed."""
    answer = graph.get("/domains/nowhere.example")

    refused(answer, 404, "Request_ResourceNotFound", missing("nowhere.example"))


def test_organization_can_be_changed_in_part(graph: Graph) -> None:
    """Contacts and the privacy profile can be set; the name and the type cannot."""
    path = f"/organization/{graph.ready.tenantId}"
    change = {
        "technicalNotificationMails": ["it@example.com"],
        "privacyProfile": {"contactEmail": "privacy@example.com"},
    }

    assert graph.patch(path, change).status_code == 204

    found = graph.read(path)
    assert found["technicalNotificationMails"] == ["it@example.com"]
    assert found["privacyProfile"] == {"contactEmail": "privacy@example.com", "statementUrl": None}
    message = "Property 'tenantType' is read-only and cannot be set."
    refused(graph.patch(path, {"tenantType": "AAD"}), 400, "Request_BadRequest", message)
