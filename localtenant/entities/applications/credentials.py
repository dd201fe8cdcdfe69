"""Client secrets: the actions ``addPassword`` and ``removePassword``.

Source: the Graph pages "application: addPassword" and "application: removePassword". A secret is
shown once, in the answer that makes it; the tenant keeps its digest.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from localtenant.entities.common import PASSWORD_CREDENTIAL
from localtenant.odata.answers import now
from localtenant.odata.errors import bad_request, no_password
from localtenant.odata.model import Action
from localtenant.odata.types import GUID, ComplexType, Property

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

_YEARS = 2
_HINT = 3

ADD_PASSWORD_PARAMETERS = ComplexType(
    "addPassword", (Property("passwordCredential", PASSWORD_CREDENTIAL),)
)
REMOVE_PASSWORD_PARAMETERS = ComplexType(
    "removePassword", (Property("keyId", GUID, nullable=False, required=True),)
)


def digest(secret: str) -> str:
    """What is kept of a client secret. It is random and long, so a plain hash does."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_password(wanted: Json, client_id: str) -> tuple[Json, str]:
    """A password credential for ``wanted`` (name and dates, all optional), and its secret text.

    An end date before the start date is refused; the wording is our own choice.
    """
    start = wanted.get("startDateTime") or now()
    end = wanted.get("endDateTime") or two_years_after(start)
    if moment(end) <= moment(start):
        raise bad_request(
            f"The end date of a password credential of application '{client_id}' must be later "
            "than its start date."
        )
    # Entra's own secrets are 40 characters with "Q~" in the middle; only the length matters here.
    secret = f"{secrets.token_urlsafe(24)[:3]}8Q~{secrets.token_urlsafe(30)[:34]}"
    credential = PASSWORD_CREDENTIAL.complete(
        {
            "customKeyIdentifier": wanted.get("customKeyIdentifier"),
            "displayName": wanted.get("displayName"),
            "startDateTime": start,
            "endDateTime": end,
            "hint": secret[:_HINT],
            "keyId": str(uuid4()),
        }
    )
    return credential, secret


def kept_passwords(before: list[Json], wanted: list[Json], openers: list[Json]) -> list[Json]:
    """The password credentials after a PATCH: those of ``before`` that it still names, unchanged.

    New ones come from the actions alone, but for ``openers``, the passwords of new private keys.
    """
    known = {c["keyId"]: c for c in (*openers, *before)}
    if any(c["keyId"] not in known for c in wanted):
        raise bad_request("New password credentials must be generated with service actions.")
    return [known[c["keyId"]] for c in wanted]


def moment(text: str) -> datetime:
    """A checked Edm.DateTimeOffset as a datetime."""
    return datetime.fromisoformat(text.upper())


def two_years_after(start: str) -> str:
    """The end that Graph gives a secret when the caller names none."""
    begin = moment(start).astimezone(UTC)
    day = min(begin.day, 28) if begin.month == 2 else begin.day  # noqa: PLR2004 - 29 February
    return begin.replace(year=begin.year + _YEARS, day=day).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add(call: Call, doc: Json, values: Json) -> Json:
    entity = call.model.filed_as(call.tx.kind_of(doc["id"]) or "")
    credential, secret = new_password(values.get("passwordCredential") or {}, doc["appId"])
    doc["passwordCredentials"] = [*doc["passwordCredentials"], credential]
    call.replace(entity.type, doc)
    call.tx.keep_secret(doc["id"], credential["keyId"], digest(secret))
    return {**credential, "secretText": secret}


def _remove(call: Call, doc: Json, values: Json) -> None:
    entity = call.model.filed_as(call.tx.kind_of(doc["id"]) or "")
    key_id = values["keyId"]
    kept = [c for c in doc["passwordCredentials"] if c["keyId"] != key_id]
    if len(kept) == len(doc["passwordCredentials"]):
        raise no_password(key_id)
    doc["passwordCredentials"] = kept
    call.replace(entity.type, doc)
    call.tx.drop_secret(doc["id"], key_id)


ADD_PASSWORD = Action(
    "addPassword",
    ADD_PASSWORD_PARAMETERS,
    _add,
    returns="microsoft.graph.passwordCredential",
    empty_body=True,
)
REMOVE_PASSWORD = Action("removePassword", REMOVE_PASSWORD_PARAMETERS, _remove)
