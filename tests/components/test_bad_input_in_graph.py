"""The table of mistakes against the tenant: what the settings refuse, and what the service does.

Looser than Graph is a bug that the tenant shows; stricter is a bug that blocks somebody.
"""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from tenant_fixture import Tenant

from components.settings.redirect_uri import WebRedirectUri
from components.settings.web_api import PermissionValue
from documents.mistakes_table import Accepted, Change, Mistake, read_table
from tests.components.graph_objects import maker

TABLE = read_table()
REFUSED = [one for one in TABLE.mistakes() if one.graph is not None]
MAPPED = ("apis", "clients", "userFlows", "attributes")


@pytest.mark.cases("bad input that the tenant refuses, too")
@pytest.mark.parametrize("mistake", REFUSED, ids=lambda one: one.said[0])
def test_the_tenant_refuses_it_too(tenant: Tenant, mistake: Mistake) -> None:
    """What the table says of Graph's answer is the tenant's answer to the offending object."""
    assert isinstance(mistake.what, Change)
    assert mistake.graph is not None
    with maker(tenant.admin) as made:
        answer = made.configuration(mistake.what.of(TABLE.configuration))

    assert answer.is_error, answer.text
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (mistake.graph.status, mistake.graph.code), error


@pytest.mark.cases("input that the tenant takes, too")
@pytest.mark.parametrize(
    "accepted",
    [one for one in TABLE.accepted if one.what.place[0] in MAPPED],
    ids=lambda one: f"{one.what.place} {one.what.value}"[:80],
)
def test_the_tenant_takes_what_the_settings_take(tenant: Tenant, accepted: Accepted) -> None:
    """It makes all of it, or says that it lacks what the table says a tenant needs."""
    with maker(tenant.admin) as made:
        answer = made.configuration(accepted.what.of(TABLE.configuration))

    assert answer.status_code == (404 if accepted.needs else 201), answer.text
    assert accepted.needs is None or "was not found" in answer.json()["error"]["message"]


URIS = [
    "https://contoso.com/",
    "HTTPS://contoso.com/back",
    "https://contoso.com:8443/back",
    "https://contoso.com:/back",
    "https://contoso.com/a%20b",
    "https://contoso.com/a\tb",
    "https://user@contoso.com/back",
    "https://[2001:db8::1]/back",
    "https://*.contoso.com/back",
    "https://contoso.com/back?x=1&y=2",
    "https://contoso.com/back?x=(1)",
    "https://contoso.com/it's",
    "https://contoso.com/back#",
    "https://münchen.example/zurück",
    "https:/contoso.com/back",
    "https:contoso.com/back",
    "http://localhost/",
    "http://localhost:3000/back",
    "http://LOCALHOST:3000/back",
    "http://127.0.0.1:3000/back",
    "http://127.0.0.2/back",
    "http://localhost.contoso.com/back",
    "http://[::1]/back",
    "urn:ietf:wg:oauth:2.0:oob",
    "urn:contoso",
    "ms-appx-web://contoso/back",
    "myapp://back/",
    "ftp://contoso.com/back",
    "javascript:alert",
    "localhost:3000/back",
    "//contoso.com/back",
    "",
]
VALUES = [
    "Read",
    "Files.Read.All",
    "a:!#$%&'()*+,-./;<=>?@[]^_`{|}~",
    "R" * 249,
    "R" * 250,
    ".default",
    "read all",
    'read"all',
    "read\\all",
    "lesen.ä",
    "read\n",
    "A",
]


def takes(kind: Any, value: str) -> bool:
    """Whether the settings take a value."""
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.cases("redirect URIs on which settings and tenant agree")
@pytest.mark.parametrize("uri", URIS)
def test_settings_and_tenant_agree_about_redirect_uris(tenant: Tenant, uri: str) -> None:
    """Neither takes what the other refuses."""
    change = Change(("clients", "web", "redirectUris"), [uri])
    with maker(tenant.admin) as made:
        answer = made.configuration(change.of(TABLE.configuration))

    assert answer.status_code == (201 if takes(WebRedirectUri, uri) else 400), answer.text


@pytest.mark.cases("permission values on which settings and tenant agree")
@pytest.mark.parametrize("value", VALUES)
def test_settings_and_tenant_agree_about_values_of_permissions(tenant: Tenant, value: str) -> None:
    """Neither takes what the other refuses."""
    change = Change(("apis", "files", "roles"), [{"value": value, "description": "Some role"}])
    if value == "Read":  # the scope of that value is in the way
        change = Change(("apis", "files", "scopes", 0, "value"), value)
    with maker(tenant.admin) as made:
        answer = made.configuration(change.of(TABLE.configuration))

    assert answer.status_code == (201 if takes(PermissionValue, value) else 400), answer.text
