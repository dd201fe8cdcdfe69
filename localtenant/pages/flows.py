"""What the user flow of a client says about its pages.

Source: "Create a sign-up and sign-in user flow for an external tenant app". That a client in no
flow signs in by password, and signs nobody up, is inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.entities.sign_up.conditions import APPLICATIONS
from localtenant.entities.sign_up.identity_provider_type import PROVIDER
from localtenant.entities.sign_up.pages import inputs_of, views_of
from localtenant.entities.sign_up.passcode import PASSCODE
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE
from localtenant.entities.sign_up.user_flow_type import FLOW, PROVIDERS
from localtenant.odata.types import child
from localtenant.pages.fields import Field, field_of

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction

PASSWORD = "EmailPassword-OAUTH"  # noqa: S105 - the ID of the provider


@dataclass(frozen=True)
class Flow:
    """How the customers of a client sign in and up.

    ``others`` are the display names of the identity providers beside email, such as Google, and
    ``kinds`` their types in small letters, by which a ``domain_hint`` names them.
    ``user_type`` is what Graph calls a new account: ``Member`` or ``Guest``.
    """

    password: bool = True
    passcode: bool = False
    sign_up: bool = False
    others: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    title: str = ""
    description: str = ""
    user_type: str = "Member"

    def is_elsewhere(self, hint: str | None) -> bool:
        """Whether a ``domain_hint`` such as ``google.com`` names one of the other providers.

        That it does so like the claim ``idp`` is inferred. Any other hint says nothing here.
        """
        return hint is not None and hint.lower().removesuffix(".com") in self.kinds


def flow_of(tx: Transaction, client_id: str) -> Flow:
    """The flow that a client is in; for one that is in none, sign-in by password."""
    for key in tx.sources(APPLICATIONS.name, client_id):
        doc = tx.get(FLOW.filed_as, key)
        if doc is not None:
            return _read(tx, doc)
    return Flow()


def _read(tx: Transaction, doc: Json) -> Flow:
    providers = tx.targets(doc["id"], PROVIDERS.name)
    password, passcode = PASSWORD in providers, PASSCODE in providers
    others = [p for p in providers if p not in {PASSWORD, PASSCODE}]
    collection = child(doc, "onAttributeCollection")
    views = views_of(collection)
    start = child(doc, "onInteractiveAuthFlowStart")
    kind = child(doc, "onUserCreateStart").get("userTypeToCreate")
    return Flow(
        password=password,
        passcode=passcode,
        sign_up=start.get("isSignUpAllowed", True) and (password or passcode),
        others=tuple(_name(tx, p) for p in others),
        kinds=tuple(_kind(tx, p) for p in others),
        fields=tuple(_field(tx, i) for i in inputs_of(collection)),
        title=(views[0].get("title") or "") if views else "",
        description=(views[0].get("description") or "") if views else "",
        user_type=str(kind or "member").capitalize(),
    )


def _name(tx: Transaction, provider: str) -> str:
    return str((tx.get(PROVIDER.filed_as, provider) or {}).get("displayName") or provider)


def _kind(tx: Transaction, provider: str) -> str:
    found = tx.get(PROVIDER.filed_as, provider) or {}
    return str(found.get("identityProviderType") or _name(tx, provider)).lower()


def _field(tx: Transaction, entry: Json) -> Field:
    attribute = tx.get(ATTRIBUTE.filed_as, entry["attribute"]) or {}
    return field_of(entry, attribute.get("id", entry["attribute"]), attribute.get("dataType", ""))
