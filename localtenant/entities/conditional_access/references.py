"""What a Conditional Access policy names must exist: users, groups, applications, locations.

Source: the Graph resource pages "conditionalAccessUsers", "conditionalAccessApplications" and
"conditionalAccessLocations", which list the words that may stand instead of an id. That ids of
objects that do not exist are refused is observed; the texts are our own choice.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.named_location import LOCATION
from localtenant.entities.conditional_access.refusals import refused
from localtenant.entities.conditional_access.strength import IN_POLICY, STRENGTH
from localtenant.odata.literals import is_guid
from localtenant.odata.types import child

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

# Microsoft's own services, which a tenant knows without holding them as objects.
_FIRST_PARTY = re.compile(r"0000000[0-9a-f]-0000-(0ff1-ce00|0000-c000)-000000000000", re.IGNORECASE)
_LOCATIONS = "#locations"
"""The link from a policy to a named location that it names."""


@dataclass(frozen=True)
class _Names:
    """Lists of a policy that name objects of one sort, and the words that they may hold as well."""

    what: str
    number: int
    part: str
    lists: tuple[str, ...]
    exists: Callable[[Call, str], bool]
    words: tuple[str, ...] = ()


def _of_kind(kind: str) -> Callable[[Call, str], bool]:
    return lambda call, key: call.tx.get(kind, key) is not None


def _application(call: Call, client_id: str) -> bool:
    return bool(
        _FIRST_PARTY.fullmatch(client_id)
        or call.tx.lookup("servicePrincipal", "appId", client_id)
        or call.tx.lookup("application", "appId", client_id)
    )


def _role(call: Call, key: str) -> bool:
    """The tenant holds no directory roles, so any GUID may be one."""
    del call
    return is_guid(key)


_NO_MFA_ADDRESSES = "00000000-0000-0000-0000-000000000000"
_NAMES = (
    _Names(
        "users",
        1909,
        "users",
        ("includeUsers", "excludeUsers"),
        _of_kind("user"),
        ("All", "None", "GuestsOrExternalUsers"),
    ),
    _Names("groups", 1910, "users", ("includeGroups", "excludeGroups"), _of_kind("group")),
    _Names("roles", 1914, "users", ("includeRoles", "excludeRoles"), _role),
    _Names(
        "applications",
        1911,
        "applications",
        ("includeApplications", "excludeApplications"),
        _application,
        ("All", "None", "Office365", "MicrosoftAdminPortals"),
    ),
    _Names(
        "locations",
        1912,
        "locations",
        ("includeLocations", "excludeLocations"),
        _of_kind(LOCATION.filed_as),
        ("All", "AllTrusted", _NO_MFA_ADDRESSES),
    ),
    _Names(
        "service principals",
        1915,
        "clientApplications",
        ("includeServicePrincipals", "excludeServicePrincipals"),
        _of_kind("servicePrincipal"),
        ("ServicePrincipalsInMyTenant",),
    ),
)


def check_references(call: Call, policy: Json) -> None:
    """400 for a complete policy that names what does not exist."""
    for names in _NAMES:
        words = {w.lower() for w in names.words}
        unknown = [
            key
            for key in _named(policy, names)
            if key.lower() not in words and not names.exists(call, key)
        ]
        if unknown:
            raise refused(
                names.number, f"Policy contains invalid {names.what}: {', '.join(unknown)}."
            )
    strength = _strength(policy)
    if strength and call.tx.get(STRENGTH.filed_as, strength) is None:
        raise refused(1913, f"Policy contains an invalid authentication strength: {strength}.")


def link_references(call: Call, policy: Json) -> None:
    """Keep which named locations and which strength a policy uses: they cannot be deleted."""
    (locations,) = (n for n in _NAMES if n.what == "locations")
    used = {
        _LOCATIONS: {k for k in _named(policy, locations) if is_guid(k)},
        IN_POLICY: {s for s in (_strength(policy),) if s},
    }
    for relation, keys in used.items():
        for key in set(call.tx.targets(policy["id"], relation)) - keys:
            call.tx.unlink(policy["id"], relation, key)
        for key in sorted(keys):
            call.tx.link(policy["id"], relation, key)


def _named(policy: Json, names: _Names) -> Iterator[str]:
    part = child(policy["conditions"], names.part)
    for name in names.lists:
        yield from part.get(name, ())


def _strength(policy: Json) -> str | None:
    return child(child(policy, "grantControls"), "authenticationStrength").get("id")
