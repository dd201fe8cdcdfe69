"""Conditional Access policies: what is refused, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from localtenant.testing_client import refused
from tests.localtenant.policy_bodies import NOBODY, POLICIES, conditions, controls, policy_body

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

DEFAULTS = "/policies/identitySecurityDefaultsEnforcementPolicy"
OFF_SCHEMA = (
    "1007: Incoming ConditionalAccessPolicy object is null or does not match the schema of "
    "ConditionalAccessPolicy type. For examples, please see API documentation at "
    "https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-policies"
    "?view=graph-rest-1.0."
)


@pytest.mark.parametrize(
    "change",
    [
        {"nonsense": True},
        {"state": "on"},
        {"displayName": None},
        {"conditions": None},
        {"conditions": conditions(clientAppTypes=["gopher"])},
        {"conditions": conditions(devices={"includeDeviceStates": ["All"]})},
        {"grantControls": {"builtInControls": ["mfa"]}},
    ],
    ids=str,
)
def test_a_body_off_the_schema_is_refused(graph: Graph, change: Json) -> None:
    """Whatever does not fit the type gets the one text that the service has for it."""
    refused(graph.post(POLICIES, policy_body(**change)), 400, "BadRequest", OFF_SCHEMA)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"conditions": conditions(users={"excludeUsers": ["All"]})},
            "1904: A policy must include users, groups or roles.",
        ),
        (
            {"conditions": conditions(applications={})},
            "1905: A policy must include applications or user actions.",
        ),
        (
            {"grantControls": None},
            "1906: A policy must have a grant control or a session control.",
        ),
        (
            {"grantControls": controls("block", "mfa")},
            "1908: The grant control 'block' cannot be combined with others.",
        ),
        (
            {"conditions": conditions(users={"includeUsers": [NOBODY]})},
            f"1909: Policy contains invalid users: {NOBODY}.",
        ),
        (
            {"conditions": conditions(users={"includeGroups": [NOBODY]})},
            f"1910: Policy contains invalid groups: {NOBODY}.",
        ),
        (
            {"conditions": conditions(applications={"includeApplications": [NOBODY]})},
            f"1911: Policy contains invalid applications: {NOBODY}.",
        ),
        (
            {"conditions": conditions(locations={"includeLocations": [NOBODY]})},
            f"1912: Policy contains invalid locations: {NOBODY}.",
        ),
        (
            {"conditions": conditions(users={"includeRoles": ["admins"]})},
            "1914: Policy contains invalid roles: admins.",
        ),
        (
            {"grantControls": controls("compliantDevice")},
            "1921: External tenants support the grant controls block and mfa only.",
        ),
        (
            {"sessionControls": {"persistentBrowser": {"mode": "never", "isEnabled": True}}},
            "1922: Session controls are not supported in external tenants.",
        ),
        (
            {"grantControls": controls("mfa", termsOfUse=[NOBODY])},
            "1923: Terms of use are not supported in external tenants.",
        ),
        (
            {"conditions": conditions(platforms={"includePlatforms": ["all"]})},
            "1924: The condition 'platforms' is not supported in external tenants.",
        ),
    ],
    ids=lambda value: value.partition(":")[0] if isinstance(value, str) else "",
)
def test_a_policy_against_the_rules_is_refused(graph: Graph, change: Json, message: str) -> None:
    """Each rule has its number, at creation and at a change."""
    refused(graph.post(POLICIES, policy_body(**change)), 400, "BadRequest", message)
    made = graph.made(POLICIES, policy_body())
    if "conditions" in change:
        cleared = {"users": None, "applications": None}
        change = {"conditions": {**cleared, **_named(change["conditions"])}}
    refused(graph.patch(f"{POLICIES}/{made['id']}", change), 400, "BadRequest", message)


def _named(parts: Json) -> Json:
    """Complete the parts of conditions, so that nothing of what was there before is left."""
    empty: Json = {"includeUsers": [], "includeGroups": [], "includeRoles": []}
    targets: Json = {"includeApplications": [], "includeUserActions": []}
    users, applications = parts["users"], parts["applications"]
    return {**parts, "users": empty | users, "applications": targets | applications}


def test_security_defaults_and_enabled_policies_exclude_each_other(graph: Graph) -> None:
    """While either is on, the other cannot be turned on; report-only policies can."""
    made = graph.made(POLICIES, policy_body())
    path = f"{POLICIES}/{made['id']}"
    assert graph.patch(DEFAULTS, {"isEnabled": True}).status_code == 204
    try:
        refused(
            graph.patch(path, {"state": "enabled"}),
            400,
            "BadRequest",
            "Security Defaults is enabled in the tenant. You must disable Security defaults before "
            "enabling a Conditional Access policy.",
        )
        reporting = graph.patch(path, {"state": "enabledForReportingButNotEnforced"})
        assert reporting.status_code == 204
    finally:
        graph.patch(DEFAULTS, {"isEnabled": False})
    assert graph.patch(path, {"state": "enabled"}).status_code == 204
    refused(
        graph.patch(DEFAULTS, {"isEnabled": True}),
        400,
        "BadRequest",
        "Conditional Access policies are enabled in the tenant. You must disable them before "
        "enabling Security defaults.",
    )
    graph.delete(path)


def test_a_policy_that_is_not_there_is_missed(graph: Graph) -> None:
    """The 404 is of the service's own form."""
    refused(
        graph.get(f"{POLICIES}/{NOBODY}"),
        404,
        "NotFound",
        f"1902: The Conditional Access policy '{NOBODY}' does not exist in the directory.",
    )
