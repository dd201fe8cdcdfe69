"""``/identity/conditionalAccess/namedLocations``: address ranges and countries with a name.

Source: the Graph resource pages "namedLocation", "ipNamedLocation" and "countryNamedLocation", and
the limits that Entra's pages on the location condition give. The texts are our own choice.
"""

from __future__ import annotations

import ipaddress
import re
from typing import TYPE_CHECKING

from localtenant.entities.conditional_access.refusals import no_such, off_schema, refused
from localtenant.odata.answers import now
from localtenant.odata.model import Entity
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    DATE_TIME,
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.errors import GraphError
    from localtenant.odata.types import Json

LARGEST_NUMBER = 195
"""How many named locations a tenant may have."""
LARGEST_RANGES = 2000
"""How many address ranges one location may have."""
WIDEST_RANGE = 8
"""The shortest prefix that an address range may have, in bits."""

_COMMON = (
    Property("deletedDateTime", DATE_TIME, read_only=True),
    text("displayName", nullable=False, required=True),
    Property("modifiedDateTime", DATE_TIME, read_only=True),
    Property("createdDateTime", DATE_TIME, read_only=True),
)
_CIDR = (text("cidrAddress", nullable=False, required=True),)
IP_RANGE = ComplexType(
    "ipRange",
    abstract=True,
    derived=(ComplexType("iPv4CidrRange", _CIDR), ComplexType("iPv6CidrRange", _CIDR)),
)
_IP = EntityType(
    "ipNamedLocation",
    (
        *_COMMON,
        flag("isTrusted", nullable=False, default=False),
        many("ipRanges", IP_RANGE, required=True),
    ),
    is_derived=True,
)
_COUNTRY = EntityType(
    "countryNamedLocation",
    (
        *_COMMON,
        texts("countriesAndRegions", required=True),
        flag("includeUnknownCountriesAndRegions", nullable=False, default=False),
        Property(
            "countryLookupMethod",
            EnumType("countryLookupMethodType", ("clientIpAddress", "authenticatorAppGps")),
            default="clientIpAddress",
        ),
    ),
    is_derived=True,
)
LOCATION = EntityType(
    "namedLocation", _COMMON, derived=(_IP, _COUNTRY), abstract=True, type_shown=True
)


class LocationRules(Rules):
    """Ranges and countries must be real ones; a location in use, or trusted, stays."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a named location."""
        if not values.get("displayName"):
            raise off_schema("NamedLocation")
        if call.tx.count(LOCATION.filed_as) >= LARGEST_NUMBER:
            raise refused(1931, f"A tenant can have {LARGEST_NUMBER} named locations.")
        _check(LOCATION.complete(values))
        made = now()
        return call.insert(LOCATION, {**values, "createdDateTime": made, "modifiedDateTime": made})

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a named location; ranges and countries are replaced as a whole."""
        changed = self.merged(doc, values)
        if not changed["displayName"]:
            raise off_schema("NamedLocation")
        _check(changed)
        call.replace(LOCATION, {**changed, "modifiedDateTime": now()})

    def delete(self, call: Call, doc: Json) -> None:
        """Delete a location; a trusted one must first be made untrusted, as documented."""
        if doc.get("isTrusted"):
            raise refused(1935, "A trusted named location cannot be deleted.")
        if call.tx.sources("#locations", doc["id"]):
            raise refused(
                1936, "The named location is used by a Conditional Access policy and stays."
            )
        super().delete(call, doc)

    def misread(self, error: GraphError) -> GraphError:
        """400 in the form that the service uses for policies; inferred for named locations."""
        del error
        return off_schema("NamedLocation")

    def missing(self, key: str) -> GraphError:
        """404; the wording is our own choice."""
        return no_such("named location", key)


def _check(doc: Json) -> None:
    ranges = doc.get("ipRanges")
    if ranges is None:
        _check_countries(doc["countriesAndRegions"])
        return
    if not 1 <= len(ranges) <= LARGEST_RANGES:
        raise refused(1932, f"A named location must have 1 to {LARGEST_RANGES} IP ranges.")
    for item in ranges:
        _check_range(item)


def _check_range(item: Json) -> None:
    cidr = item["cidrAddress"]
    version = 6 if item["@odata.type"].endswith("iPv6CidrRange") else 4
    try:
        network = ipaddress.ip_network(cidr, strict=False)
    except ValueError:
        network = None
    if network is None or "/" not in cidr or network.version != version:
        raise refused(1933, f"'{cidr}' is not an IPv{version} range in CIDR format.")
    if network.prefixlen < WIDEST_RANGE:
        raise refused(1937, f"'{cidr}' is wider than /{WIDEST_RANGE}.")


def _check_countries(countries: list[str]) -> None:
    if not countries:
        raise refused(1934, "A named location must have at least one country or region.")
    for country in countries:
        if not re.fullmatch("[A-Z]{2}", country):
            raise refused(1934, f"'{country}' is not a country or region of two capital letters.")


ENTITY = Entity(LOCATION, LocationRules(LOCATION))
