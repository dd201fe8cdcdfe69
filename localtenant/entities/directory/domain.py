"""``/domains``: the tenant's domain names, added, verified and removed.

Source: the Graph resource page "domain" and the pages "Create domain", "Delete domain", "Verify
domain". No error of theirs is captured: the rules are Graph's, the words our own choice.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from localtenant.conditions import Condition
from localtenant.entities.directory.organization import ORGANIZATION, verified_domain
from localtenant.odata.errors import bad_request, invalid_value, not_found, object_conflict
from localtenant.odata.model import Action, Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import (
    INT32,
    ComplexType,
    EntityType,
    Property,
    flag,
    text,
    texts,
)

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.errors import GraphError
    from localtenant.odata.types import Json

_NAME = re.compile(
    r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}", re.IGNORECASE
)

DOMAIN = EntityType(
    "domain",
    (
        text("authenticationType", nullable=False, default="Managed", read_only=True),
        text("availabilityStatus", read_only=True),
        flag("isAdminManaged", nullable=False, default=True, read_only=True),
        flag("isDefault", nullable=False, default=False),
        flag("isInitial", nullable=False, default=False, read_only=True),
        flag("isRoot", nullable=False, default=True, read_only=True),
        flag("isVerified", nullable=False, default=False, read_only=True),
        text("manufacturer"),
        text("model"),
        Property("passwordNotificationWindowInDays", INT32),
        Property("passwordValidityPeriodInDays", INT32),
        text("state", read_only=True),
        texts("supportedServices"),
    ),
    guid_key=False,
    key_given=True,
)


class DomainRules(Rules):
    """Rules of domain names."""

    def create(self, call: Call, values: Json) -> Json:
        """Add a domain name, not yet verified."""
        name = str(values.get("id", "")).lower()
        if not _NAME.fullmatch(name):
            raise invalid_value("id", DOMAIN.title)
        if call.tx.get(DOMAIN.filed_as, name) is not None:
            raise object_conflict("id", DOMAIN.title, name)
        parents = (name.split(".", n)[n] for n in range(1, name.count(".")))
        root = not any(call.tx.get(DOMAIN.filed_as, p) for p in parents)
        return super().create(call, values | {"id": name, "isRoot": root, "isDefault": False})

    def delete(self, call: Call, doc: Json) -> None:
        """Remove a domain name that is neither the initial one nor in use."""
        name = doc["id"]
        if doc["isInitial"] or doc["isDefault"]:
            raise bad_request(f"The domain '{name}' is the initial or default one of the tenant.")
        used = Condition(
            "fold(json_extract(o.doc, '$.userPrincipalName')) LIKE ? "
            "OR fold(json_extract(o.doc, '$.identityKeys')) LIKE ?",
            (f"%@{name}", f"%|{name}|%"),
        )
        if call.tx.count("user", used):
            raise bad_request(f"The domain '{name}' is in use by users of the tenant.")
        _carry_over(call, name, None)
        super().delete(call, doc)

    def missing(self, key: str) -> GraphError:
        """The directory's standard 404."""
        return not_found(key)


def _carry_over(call: Call, name: str, verified: Json | None) -> None:
    """Change what the organization says of a verified domain."""
    organization = call.require(ORGANIZATION.filed_as, call.tenant.tenant_id)
    domains = [d for d in organization["verifiedDomains"] if d["name"] != name]
    organization["verifiedDomains"] = [*domains, *([verified] if verified else [])]
    call.replace(ORGANIZATION, organization)


def _verify(call: Call, doc: Json, values: Json) -> Json:
    """Verify a domain. No DNS is asked: the local tenant has none."""
    del values
    if doc["isVerified"]:
        raise bad_request(f"The domain '{doc['id']}' is already verified.")
    doc |= {"isVerified": True, "supportedServices": ["Email", "OfficeCommunicationsOnline"]}
    call.replace(DOMAIN, doc)
    _carry_over(call, doc["id"], verified_domain(doc["id"], initial=False))
    return doc


def _dns_records(call: Call, doc: Json, values: Json) -> Json:
    """The records by which the owner of a domain would prove it."""
    del values
    number = zlib.crc32(f"{call.tenant.tenant_id} {doc['id']}".encode()) % 10**8
    common = {
        "isOptional": False,
        "label": doc["id"],
        "supportedService": "Email",
        "ttl": 3600,
    }
    records: list[Json] = [
        {
            "@odata.type": "#microsoft.graph.domainDnsTxtRecord",
            "id": "aceff52c-06a5-447f-ac5f-256ad243cc5c",
            **common,
            "recordType": "Txt",
            "text": f"MS=ms{number:08}",
        },
        {
            "@odata.type": "#microsoft.graph.domainDnsMxRecord",
            "id": "5fbde38c-0865-497f-82b1-126f596bcee9",
            **common,
            "recordType": "Mx",
            "mailExchange": f"ms{number:08}.msv1.invalid",
            "preference": 32767,
        },
    ]
    return {"value": records}


ENTITY = Entity(
    DOMAIN,
    DomainRules(DOMAIN),
    navigations=tuple(
        Missing(name)
        for name in (
            "domainNameReferences",
            "federationConfiguration",
            "forceDelete",
            "promote",
            "rootDomain",
            "serviceConfigurationRecords",
        )
    ),
    actions=(
        Action(
            "verify",
            ComplexType("verify"),
            _verify,
            returns="domains/$entity",
            empty_body=True,
        ),
        Action(
            "verificationDnsRecords",
            ComplexType("verificationDnsRecords"),
            _dns_records,
            returns="domainDnsRecords",
            method="GET",
            writes=False,
        ),
    ),
)
