"""Application templates, and the applications that come of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.testing_client import missing, refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from localtenant.testing_client import Graph

CUSTOM = "8adf8e6e-67b2-4cf2-a259-e3dc5476c621"


@pytest.mark.local_only
def test_templates_are_listed_and_read_without_permission(holder: Callable[..., Graph]) -> None:
    """A token is enough to look into the gallery; the custom template is in it."""
    nobody = holder()

    listed = nobody.read("/applicationTemplates")["value"]

    assert CUSTOM in {t["id"] for t in listed}
    assert nobody.read(f"/applicationTemplates/{CUSTOM}")["displayName"] == "Custom"
    by_name = {"$filter": "displayName eq 'AWS Single-Account Access'"}
    (found,) = nobody.read("/applicationTemplates", by_name)["value"]
    assert found["id"] == "8b1025e4-1dd2-430b-a150-2ef79cd700f5"


def test_unknown_template(graph: Graph) -> None:
    """A template that is not in the gallery is missed."""
    key = str(uuid4())

    answer = graph.get(f"/applicationTemplates/{key}")

    refused(answer, 404, "Request_ResourceNotFound", missing(key))


@pytest.mark.local_only
def test_template_is_instantiated(deployer: Graph) -> None:
    """Both objects come back and are there, found as the azuread plugin looks for them."""
    name = f"instantiated {uuid4()}"

    answer = deployer.post(f"/applicationTemplates/{CUSTOM}/instantiate", {"displayName": name})

    body = answer.json()
    context = "$metadata#microsoft.graph.applicationServicePrincipal"
    assert answer.status_code == 201
    assert body["@odata.context"].endswith(context)
    wanted = f"applicationTemplateId eq '{CUSTOM}' and displayName eq '{name}'"
    (application,) = deployer.read("/applications", {"$filter": wanted})["value"]
    by_app = {"$filter": f"appId eq '{application['appId']}'"}
    (principal,) = deployer.read("/servicePrincipals", by_app)["value"]
    assert body["application"] == application
    assert body["servicePrincipal"] == principal
    assert application["signInAudience"] == "AzureADMyOrg"
    assert {r["displayName"] for r in principal["appRoles"]} == {"User", "msiam_access"}
    assert principal["applicationTemplateId"] == CUSTOM
    assert "WindowsAzureActiveDirectoryCustomSingleSignOnApplication" in principal["tags"]
    assert deployer.patch(f"/applications/{application['id']}", {"tags": ["x"]}).status_code == 204


def test_instance_needs_a_name(graph: Graph) -> None:
    """Without a display name nothing is made."""
    answer = graph.post(
        f"/applicationTemplates/{CUSTOM}/instantiate", {"serviceManagementReference": "x"}
    )

    message = (
        "A value is required for property 'displayName' of type 'microsoft.graph.instantiate'."
    )
    refused(answer, 400, "Request_BadRequest", message)
