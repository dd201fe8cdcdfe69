"""``/identity/customAuthenticationExtensions``: their rules.

Source: the Graph pages "Create customAuthenticationExtension", "Update
customAuthenticationExtension" and "customExtensionClientConfiguration". The rules are documented;
the texts of errors are our own choice unless a docstring names a capture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from localtenant.entities.custom_extensions.extension_type import EXTENSION
from localtenant.entities.custom_extensions.extensions_app import check_extensions_app
from localtenant.entities.custom_extensions.validation import VALIDATE, VALIDATE_BODY
from localtenant.odata.bodies import no_type_name
from localtenant.odata.errors import GraphError, consumer_identity
from localtenant.odata.model import Entity, EntitySet
from localtenant.odata.rules import Rules
from localtenant.odata.types import child

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

MOST_EXTENSIONS = 100
_LONGEST_WAIT = 2000
_MOST_RETRIES = 1


class ExtensionRules(Rules):
    """What the service behind extensions checks beyond the types of their properties."""

    def check_type(self, call: Call, body: Json) -> None:
        """A new extension names its type; the text is captured. So does a change."""
        if "@odata.type" in body:
            return
        if call.request.method == "POST":
            raise consumer_identity(
                400, "The custom extension should be of subtype of CustomAuthenticationExtension"
            )
        raise no_type_name()

    def create(self, call: Call, values: Json) -> Json:
        """Make one of at most a hundred extensions."""
        check_extensions_app(call)
        if not values.get("authenticationConfiguration"):
            raise consumer_identity(400, "The 'authenticationConfiguration' field is required.")
        _check(values)
        if call.tx.count(EXTENSION.filed_as) >= MOST_EXTENSIONS:
            raise consumer_identity(
                400,
                f"A tenant can have at most {MOST_EXTENSIONS} custom authentication extensions.",
            )
        return super().create(call, values)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change an extension, which keeps its ``authenticationConfiguration``."""
        if values.get("authenticationConfiguration", doc) is None:
            raise consumer_identity(
                400, "The 'authenticationConfiguration' field cannot be removed."
            )
        _check(values)
        super().update(call, doc, values)

    def delete(self, call: Call, doc: Json) -> None:
        """Delete an extension; our own choice: none that a user flow or a listener calls."""
        if any(call.tx.sources(relation, doc["id"]) for relation in CALLS):
            raise consumer_identity(
                400,
                f"The custom authentication extension '{doc['id']}' is in use and cannot be "
                "deleted.",
            )
        super().delete(call, doc)

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return no_extension(key)


CALLS = ("customExtension", "startExtension", "submitExtension")
"""The relations to an extension from what calls it: a listener, and a user flow in two events."""


def no_extension(key: str) -> GraphError:
    """404 for an extension that the tenant has not."""
    return consumer_identity(404, f"The custom authentication extension '{key}' was not found.")


def _check(values: Json) -> None:
    endpoint = child(values, "endpointConfiguration")
    url = endpoint.get("targetUrl")
    if "targetUrl" in endpoint and not _is_https(url):
        raise consumer_identity(400, "The 'targetUrl' field must be an absolute HTTPS URL.")
    check_connection(child(values, "clientConfiguration"))


def check_connection(connection: Json) -> None:
    """400 for a wait or a number of retries beyond the documented limits."""
    for name, most in (("timeoutInMilliseconds", _LONGEST_WAIT), ("maximumRetries", _MOST_RETRIES)):
        value = connection.get(name)
        if value is not None and not 0 <= value <= most:
            raise consumer_identity(400, f"The '{name}' field must be at most {most}.")


def _is_https(url: object) -> bool:
    try:
        parts = urlsplit(str(url))
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.hostname)


RULES = ExtensionRules(EXTENSION)
ENTITY = Entity(EXTENSION, RULES, actions=(VALIDATE,))
SET = EntitySet(
    "identity/customAuthenticationExtensions",
    (EXTENSION.name,),
    collection_actions=(VALIDATE_BODY,),
)
