"""``/identity/signInIdentifiers`` (beta): by what users may name themselves when they sign in.

Source: the Graph pages "signInIdentifierBase", "Get signInIdentifierBase" and
"Update signInIdentifierBase". Which of them a new tenant has enabled is our own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import GraphError, bad_request, consumer_identity
from localtenant.odata.model import Area, Entity, EntitySet, Seeded
from localtenant.odata.operations import operation, same
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, flag, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

USER_NAMES = "Username"
"""The identifier that customers have beside their email address."""

_KIND = "signInIdentifier"
_PROPERTIES = (text("name", nullable=False), flag("isEnabled", nullable=False, default=False))


def _type(name: str) -> EntityType:
    return EntityType(
        f"{name}SignInIdentifier",
        _PROPERTIES,
        kind=_KIND,
        is_derived=True,
        key="name",
        guid_key=False,
    )


_UPN, _EMAIL, _USERNAME, _CUSTOM = (
    _type(n) for n in ("upn", "email", "username", "customUsername")
)
IDENTIFIER = EntityType(
    "signInIdentifierBase",
    _PROPERTIES,
    kind=_KIND,
    key="name",
    guid_key=False,
    type_shown=True,
    derived=(_UPN, _EMAIL, _USERNAME, _CUSTOM),
)
IDENTIFIERS = tuple(
    {"@odata.type": f"#{type_.full_name}", "name": name, "isEnabled": name in {"Email", "UPN"}}
    for name, type_ in (
        ("Email", _EMAIL),
        ("UPN", _UPN),
        (USER_NAMES, _USERNAME),
        ("CustomUsername1", _CUSTOM),
        ("CustomUsername2", _CUSTOM),
    )
)


class IdentifierRules(Rules):
    """An identifier is enabled and disabled; its name stays."""

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Enable or disable an identifier."""
        if values.get("name", doc["name"]) != doc["name"]:
            raise bad_request("Property 'name' is read-only and cannot be set.")
        super().update(call, doc, values)

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return consumer_identity(404, f"The sign-in identifier '{key}' was not found.")


_SET = "identity/signInIdentifiers"
_ONE = f"/{_SET}/{{id}}"
_PAGE = "signinidentifierbase"
_READ = same("SignInIdentifier.Read.All", "SignInIdentifier.ReadWrite.All")
_WRITE = same("SignInIdentifier.ReadWrite.All")

AREA = Area(
    sets=(EntitySet(_SET, (IDENTIFIER.name,)),),
    entities=(Entity(IDENTIFIER, IdentifierRules(IDENTIFIER), shown_when_changed=True),),
    operations=(
        operation(
            f"GET /{_SET}",
            _READ,
            "our own choice, after signinidentifierbase-get",
            differences="which are enabled at first is our own choice",
            beta=True,
        ),
        operation(f"GET {_ONE}", _READ, f"{_PAGE}-get", beta=True),
        operation(
            f"PATCH {_ONE}",
            _WRITE,
            f"{_PAGE}-update",
            differences="Username decides sign-ins; the others are kept",
            beta=True,
        ),
    ),
    seeded=(Seeded(IDENTIFIER, IDENTIFIERS),),
)
