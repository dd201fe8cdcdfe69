"""What the user flow of a client says about its pages.

Source: "Create a sign-up and sign-in user flow for an external tenant app". That a client in no
flow signs in by password, and signs nobody up, is inferred.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.entities.sign_up.conditions import APPLICATIONS
from localtenant.entities.sign_up.pages import inputs_of, views_of
from localtenant.entities.sign_up.passcode import PASSCODE
from localtenant.entities.sign_up.user_flow_attribute import ATTRIBUTE
from localtenant.entities.sign_up.user_flow_type import FLOW, PROVIDERS
from localtenant.odata.types import child
from localtenant.pages.fields import EMAIL, Field, field_of
from localtenant.upstream.providers import provider_of

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.transaction import Transaction
    from localtenant.upstream.providers import Provider

PASSWORD = "EmailPassword-OAUTH"  # noqa: S105 - the ID of the provider


@dataclass(frozen=True)
class Flow:
    """How the customers of a client sign in and up.

    ``others`` are the identity providers beside email, such as Google. ``open`` says whether it
    takes new customers at all, ``sign_up`` whether they may come by email. ``user_type`` is what
    Graph calls a new account: ``Member`` or ``Guest``.
    """

    password: bool = True
    passcode: bool = False
    open: bool = False
    sign_up: bool = False
    others: tuple[Provider, ...] = ()
    fields: tuple[Field, ...] = ()
    title: str = ""
    description: str = ""
    user_type: str = "Member"

    @property
    def email_required(self) -> bool:
        """Whether a new customer needs an address: unless its input says that he does not.

        Source: "Make email optional for external identity provider sign-up".
        """
        return next((f.required for f in self.fields if f.attribute == EMAIL), True)

    def hinted(self, hint: str | None) -> Provider | None:
        """The provider that a ``domain_hint`` means. Any other hint says nothing here."""
        return next((p for p in self.others if hint and p.is_hinted(hint)), None)


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
    others = [provider_of(tx, p) for p in providers if p not in {PASSWORD, PASSCODE}]
    collection = child(doc, "onAttributeCollection")
    views = views_of(collection)
    start = child(doc, "onInteractiveAuthFlowStart")
    kind = child(doc, "onUserCreateStart").get("userTypeToCreate")
    return Flow(
        password=password,
        passcode=passcode,
        open=start.get("isSignUpAllowed", True),
        sign_up=start.get("isSignUpAllowed", True) and (password or passcode),
        others=tuple(p for p in others if p is not None),
        fields=tuple(_field(tx, i) for i in inputs_of(collection)),
        title=(views[0].get("title") or "") if views else "",
        description=(views[0].get("description") or "") if views else "",
        user_type=str(kind or "member").capitalize(),
    )


def _field(tx: Transaction, entry: Json) -> Field:
    attribute = tx.get(ATTRIBUTE.filed_as, entry["attribute"]) or {}
    return field_of(entry, attribute.get("id", entry["attribute"]), attribute.get("dataType", ""))
