"""Policies of what tokens hold and how long they live, as they take effect on a principal.

Source: Microsoft identity platform, "configurable token lifetimes" and "claims mapping policy
type". Of a definition only the outermost form has been checked, so it is read with care.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from localtenant.entities.policies.token_policies import (
    CLAIMS_MAPPING,
    TOKEN_LIFETIME,
    collection_of,
)
from localtenant.signin.json_objects import json_object

if TYPE_CHECKING:
    from localtenant.odata.types import EntityType, Json
    from localtenant.transaction import Transaction

_LIFETIME = "accesstokenlifetime"
_SHORTEST, _LONGEST = 600, 86_400
_SPAN = re.compile(r"(?:(\d{1,3})\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})")


def lifetime(tx: Transaction, principal: Json) -> int | None:
    """How many seconds the tokens for a service principal live, or None if no policy says so.

    It is that of the API for access tokens, of the client for ID tokens. A policy of the principal
    comes first, then the organization's default, then one of the application. One from which no
    lifetime of ten minutes to a day can be read counts for nothing, which is our own choice.
    """
    application = tx.lookup("application", "appId", principal["appId"])
    candidates = [
        *_assigned(tx, principal, TOKEN_LIFETIME.type),
        *_of_organization(tx, TOKEN_LIFETIME.type),
        *_assigned(tx, application, TOKEN_LIFETIME.type),
    ]
    found = (_seconds(definition.get(_LIFETIME)) for definition in candidates)
    return next((s for s in found if s is not None), None)


def claims_mapping(tx: Transaction, principal: Json) -> Json | None:
    """The definition of the claims mapping policy of a service principal, its keys in lower case.

    Such a policy is never the organization's default.
    """
    return next(iter(_assigned(tx, principal, CLAIMS_MAPPING.type)), None)


def _assigned(tx: Transaction, holder: Json | None, type_: EntityType) -> list[Json]:
    if holder is None:
        return []
    found = (tx.get(type_.name, key) for key in tx.targets(holder["id"], collection_of(type_)))
    return [_definition(policy) for policy in found if policy is not None]


def _of_organization(tx: Transaction, type_: EntityType) -> list[Json]:
    # A tenant has a handful of policies, and a token is worth far more work than to look at them.
    return [_definition(r.doc) for r in tx.find(type_.name) if r.doc["isOrganizationDefault"]]


def _definition(policy: Json) -> Json:
    """What stands under the policy's own name, all names of members in lower case.

    Entra takes them in any. One that no token could hold says nothing.
    """
    text: str = policy["definition"][0]
    try:
        json_object(text.encode())
    except ValueError:
        return {}
    whole: Json = json.loads(text, object_pairs_hook=_lowered)
    return next(iter(whole.values()))


def _lowered(members: list[tuple[str, Any]]) -> Json:
    return {name.lower(): value for name, value in members}


def _seconds(span: object) -> int | None:
    """A time span of .NET, ``D.HH:MM:SS``, in which 90 minutes may be ``00:90:00``."""
    found = _SPAN.fullmatch(span) if isinstance(span, str) else None
    if found is None:
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    length = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    return length if _SHORTEST <= length <= _LONGEST else None
