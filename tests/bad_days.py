"""Days on which nobody can sign in, or the wrong tenant answers: what is wrong, what must be said.

Both sides sign in, the providers and the azuread plugin, so both run this table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tenant_fixture import Tenant

NOBODY = "99999999-9999-9999-9999-999999999999"
IDS = r"Trace ID:? [0-9a-f-]{36}.* Correlation ID:? [0-9a-f-]{36}"

Changes = Mapping[str, str]
"""Variables that differ from those of a good day; an empty one is not set."""


@dataclass(frozen=True)
class Day:
    """A bad day: the variables that make it so, and what a person must read.

    ``said`` and, for the stand-in where that differs, ``plugin_said`` are regular expressions.
    """

    changes: Callable[[Tenant], Changes]
    said: tuple[str, ...]
    plugin_said: tuple[str, ...] = ()


def _is(**changes: str) -> Callable[[Tenant], Changes]:
    return lambda _tenant: changes


def _expired(tenant: Tenant) -> Changes:
    """A secret of the deployer whose time is over."""
    application = tenant.one(f"/applications(appId='{tenant.ready.env['ARM_CLIENT_ID']}')")
    dates = {"startDateTime": "2020-01-01T00:00:00Z", "endDateTime": "2020-06-01T00:00:00Z"}
    path = f"/applications/{application['id']}/addPassword"
    made = tenant.admin.made(path, {"passwordCredential": dates})
    return {"ARM_CLIENT_SECRET": made["secretText"]}


def _disabled(tenant: Tenant) -> Changes:
    """An application that has no service principal in the tenant."""
    application = tenant.admin.application()
    path = f"/applications/{application['id']}/addPassword"
    secret = tenant.admin.made(path, {})["secretText"]
    return {"ARM_CLIENT_ID": application["appId"], "ARM_CLIENT_SECRET": secret}


DAYS: Mapping[str, Day] = {
    "wrong secret": Day(
        _is(ARM_CLIENT_SECRET="wrong-and-secret"),
        (
            r"AADSTS7000215: Invalid client secret provided",
            IDS,
            r"clientSecret .*to the secret's value, not its ID",
            "'pulumi up' before refresh",
        ),
        (r"AADSTS7000215", IDS, r"client secret value, not the client secret ID"),
    ),
    "expired secret": Day(
        _expired,
        (
            r"AADSTS7000222: .* are expired",
            IDS,
            r"Add a new secret .*azuread:clientSecret",
            "'pulumi up' before refresh",
        ),
        (r"AADSTS7000222: .* are expired", IDS, r"create new keys", r"azuread:clientSecret"),
    ),
    "unknown client": Day(
        _is(ARM_CLIENT_ID=NOBODY),
        (rf"AADSTS700016: .*'{NOBODY}' was not found in the directory 'contoso", IDS, "clientId"),
    ),
    "application without a service principal": Day(
        _disabled,
        (
            r"AADSTS7000229: .* missing service principal",
            IDS,
            r"azuread:clientId",
            r"azuread:tenantId",
        ),
    ),
    "unknown tenant": Day(
        _is(ARM_TENANT_ID=NOBODY),
        (rf"Tenant '{NOBODY}' not found", r"azuread:tenantId"),
        (rf"could not sign in .*Tenant '{NOBODY}' not found", r"azuread:tenantId"),
    ),
    "malformed tenant": Day(
        _is(ARM_TENANT_ID="con toso"), (r"azuread:tenantId.*'?con toso'?.*Invalid tenant ID",)
    ),
    "no credential": Day(
        _is(ARM_CLIENT_SECRET=""),
        (r"Set azuread:clientId and azuread:clientSecret \(or ARM_CLIENT_ID", "README, 'Sign in'"),
        (r"needs azuread:clientSecret \(ARM_CLIENT_SECRET\)",),
    ),
    "no client": Day(_is(ARM_CLIENT_ID=""), (r"azuread:clientId \(ARM_CLIENT_ID\)",)),
    "nobody listens": Day(
        _is(ARM_METADATA_HOSTNAME="localhost:9"),
        (r"metadata host 'localhost:9' does not answer", r"azuread:metadataHost", r"make up"),
        (r"no tenant answers at https://localhost:9", r"azuread:metadataHost", r"make up"),
    ),
    "another server": Day(
        lambda tenant: {"ARM_METADATA_HOSTNAME": f"{tenant.ready.metadataHost}/elsewhere"},
        (r"elsewhere\b.* 404 ", r"azuread:metadataHost \(ARM_METADATA_HOSTNAME\)"),
    ),
    "untrusted certificate": Day(
        _is(SSL_CERT_FILE="", REQUESTS_CA_BUNDLE=""),
        (r"certificate of .* is not trusted", r"SSL_CERT_FILE"),
    ),
}
"""By what is wrong."""


def changed(day: Day, tenant: Tenant) -> dict[str, str]:
    """The tenant's variables on that day."""
    merged = {**tenant.ready.env, **day.changes(tenant)}
    return {name: value for name, value in merged.items() if value}
