"""Named locations: address ranges and countries, their limits, and what keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from localtenant.entities.conditional_access.named_location import LARGEST_NUMBER, LARGEST_RANGES
from localtenant.testing_client import refused
from tests.localtenant.policy_bodies import NOBODY, POLICIES, conditions, policy_body

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

LOCATIONS = "/identity/conditionalAccess/namedLocations"
V4, V6 = "#microsoft.graph.iPv4CidrRange", "#microsoft.graph.iPv6CidrRange"
OFF_SCHEMA = (
    "1007: Incoming NamedLocation object is null or does not match the schema of NamedLocation "
    "type. For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-namedlocations"
    "?view=graph-rest-1.0."
)


def ranges(*cidrs: str, type_: str = V4) -> list[Json]:
    """Build address ranges."""
    return [{"@odata.type": type_, "cidrAddress": c} for c in cidrs]


def addresses(**properties: object) -> Json:
    """Build a location of addresses."""
    return {
        "@odata.type": "#microsoft.graph.ipNamedLocation",
        "displayName": f"office {uuid4()}",
        "ipRanges": ranges("192.0.2.0/24"),
        **properties,
    }


def countries(*codes: str) -> Json:
    """Build a location of countries."""
    return {
        "@odata.type": "#microsoft.graph.countryNamedLocation",
        "displayName": "Countries",
        "countriesAndRegions": list(codes),
    }


def test_locations_keep_their_type(graph: Graph) -> None:
    """Both kinds are in one list, each with its own properties and nothing of the other's."""
    v6 = ranges("2001:db8::/32", type_=V6)
    office = graph.made(LOCATIONS, addresses(ipRanges=ranges("192.0.2.7/24") + v6))
    abroad = graph.made(LOCATIONS, countries("NO", "SE"))

    listed = {v["id"]: v for v in graph.read(LOCATIONS, {"$top": 999})["value"]}

    assert listed[office["id"]]["ipRanges"] == ranges("192.0.2.7/24") + v6
    assert listed[office["id"]]["isTrusted"] is False
    assert "countriesAndRegions" not in listed[office["id"]]
    assert listed[abroad["id"]]["@odata.type"] == "#microsoft.graph.countryNamedLocation"
    assert listed[abroad["id"]]["countriesAndRegions"] == ["NO", "SE"]
    assert listed[abroad["id"]]["countryLookupMethod"] == "clientIpAddress"
    assert listed[abroad["id"]]["includeUnknownCountriesAndRegions"] is False


def test_a_patch_replaces_ranges(graph: Graph) -> None:
    """Ranges are replaced as a whole, everything else stays."""
    made = graph.made(LOCATIONS, addresses(isTrusted=True))
    path = f"{LOCATIONS}/{made['id']}"

    change = {"@odata.type": made["@odata.type"], "ipRanges": ranges("198.51.100.0/24")}
    assert graph.patch(path, change).status_code == 204

    read = graph.read(path)
    assert read["ipRanges"] == ranges("198.51.100.0/24")
    assert (read["isTrusted"], read["displayName"]) == (True, made["displayName"])


def test_a_trusted_location_stays(graph: Graph) -> None:
    """It has to be made untrusted before it can be deleted, as azuread does."""
    path = f"{LOCATIONS}/{graph.made(LOCATIONS, addresses(isTrusted=True))['id']}"

    refused(
        graph.delete(path),
        400,
        "BadRequest",
        "1935: A trusted named location cannot be deleted.",
    )
    distrust = {"@odata.type": "#microsoft.graph.ipNamedLocation", "isTrusted": False}
    assert graph.patch(path, distrust).status_code == 204
    assert graph.delete(path).status_code == 204
    assert graph.get(path).status_code == 404


def test_a_location_in_use_stays(graph: Graph) -> None:
    """It can be deleted once the policy that names it names it no longer."""
    location = graph.made(LOCATIONS, countries("NO"))["id"]
    elsewhere = conditions(locations={"includeLocations": ["All"], "excludeLocations": [location]})
    policy = graph.made(POLICIES, policy_body(conditions=elsewhere))["id"]

    refused(
        graph.delete(f"{LOCATIONS}/{location}"),
        400,
        "BadRequest",
        "1936: The named location is used by a Conditional Access policy and stays.",
    )
    anywhere = {"conditions": {"locations": {"excludeLocations": ["AllTrusted"]}}}
    assert graph.patch(f"{POLICIES}/{policy}", anywhere).status_code == 204
    assert graph.delete(f"{LOCATIONS}/{location}").status_code == 204


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (addresses(displayName=""), OFF_SCHEMA),
        (addresses(ipRanges=[{"cidrAddress": "192.0.2.0/24"}]), OFF_SCHEMA),
        ({"displayName": "of no type"}, OFF_SCHEMA),
        (
            addresses(ipRanges=[]),
            f"1932: A named location must have 1 to {LARGEST_RANGES} IP ranges.",
        ),
        (
            addresses(ipRanges=ranges(*["192.0.2.0/24"] * (LARGEST_RANGES + 1))),
            f"1932: A named location must have 1 to {LARGEST_RANGES} IP ranges.",
        ),
        (
            addresses(ipRanges=ranges("192.0.2.256/24")),
            "1933: '192.0.2.256/24' is not an IPv4 range in CIDR format.",
        ),
        (
            addresses(ipRanges=ranges("192.0.2.0/24", type_=V6)),
            "1933: '192.0.2.0/24' is not an IPv6 range in CIDR format.",
        ),
        (addresses(ipRanges=ranges("10.0.0.0/7")), "1937: '10.0.0.0/7' is wider than /8."),
        (countries(), "1934: A named location must have at least one country or region."),
        (countries("Norway"), "1934: 'Norway' is not a country or region of two capital letters."),
    ],
    ids=[
        "no name",
        "range without type",
        "no type",
        "no range",
        "too many ranges",
        "no address",
        "wrong version",
        "too wide",
        "no country",
        "no code",
    ],
)
def test_a_location_against_the_rules_is_refused(graph: Graph, body: Json, message: str) -> None:
    """Each rule has its number."""
    refused(graph.post(LOCATIONS, body), 400, "BadRequest", message)


def test_a_change_against_the_rules_is_refused(graph: Graph) -> None:
    """The rules hold for a PATCH as well."""
    made = graph.made(LOCATIONS, addresses())
    change: Json = {"@odata.type": made["@odata.type"], "ipRanges": []}

    refused(
        graph.patch(f"{LOCATIONS}/{made['id']}", change),
        400,
        "BadRequest",
        "1932: A named location must have 1 to 2000 IP ranges.",
    )


def test_a_location_that_is_not_there_is_missed(graph: Graph) -> None:
    """The 404 is of the service's own form."""
    refused(
        graph.get(f"{LOCATIONS}/{NOBODY}"),
        404,
        "NotFound",
        f"1902: The named location '{NOBODY}' does not exist in the directory.",
    )


@pytest.mark.local_only
def test_a_tenant_has_room_for_so_many_locations(graph: Graph) -> None:
    """One more is refused; those made here are deleted again."""
    there = len(graph.read(LOCATIONS, {"$top": 999})["value"])
    made = [graph.made(LOCATIONS, addresses())["id"] for _ in range(LARGEST_NUMBER - there)]

    answer = graph.post(LOCATIONS, addresses())

    for key in made:
        graph.delete(f"{LOCATIONS}/{key}")
    refused(answer, 400, "BadRequest", "1931: A tenant can have 195 named locations.")
