"""Signing in with a token of another issuer, which a federated identity credential trusts.

Source: Microsoft Entra Workload ID, "workload identity federation". The credential's issuer,
audience and subject are compared exactly, letter case included; a flexible one has an expression in
the place of the subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.conditions import key_is
from localtenant.odata.types import child
from localtenant.signin import assertion_errors
from localtenant.signin.claim_expressions import fulfilled

if TYPE_CHECKING:
    from localtenant.odata.types import Json
    from localtenant.signin.assertions import Assertion
    from localtenant.signin.errors import SignInError
    from localtenant.signin.issuers import Issuers
    from localtenant.transaction import Transaction


def check_record(tx: Transaction, application: Json, assertion: Assertion) -> None:
    """Check that one of the application's federated identity credentials means the assertion.

    Which of issuer, audience and subject Entra looks at first is not known; this order is our own
    choice. Raises SignInError.
    """
    rows = tx.find("federatedIdentityCredential", key_is("applicationId", application["id"]))
    records = [row.doc for row in rows if row.doc["issuer"] == assertion.issuer]
    if not records:
        raise assertion_errors.no_record_of_issuer(assertion.issuer)
    records = [doc for doc in records if set(doc["audiences"]) & set(assertion.audiences)]
    if not records:
        raise assertion_errors.no_record_of_audience(assertion.audiences[0])
    if not any(_means(doc, assertion) for doc in records):
        raise _no_match(records, assertion.subject)
    assertion.check_time()


def _means(record: Json, assertion: Assertion) -> bool:
    """Whether a credential has the assertion's subject, or an expression that its claims fulfil."""
    expression = child(record, "claimsMatchingExpression")
    if expression:
        return fulfilled(expression["value"], assertion.claims)
    return record["subject"] == assertion.subject


def _no_match(records: list[Json], subject: str) -> SignInError:
    subjects = [doc["subject"] for doc in records if doc["subject"]]
    if any(one.casefold() == subject.casefold() for one in subjects):
        return assertion_errors.subject_in_other_case(subject)
    if len(subjects) < len(records):
        return assertion_errors.no_expression_fulfilled(subject)
    return assertion_errors.no_record_of_subject(subject)


async def check_signature(issuers: Issuers, client_id: str, assertion: Assertion) -> None:
    """Check that a key of its issuer signed the assertion. Raises SignInError."""
    identifier: object = assertion.header.get("kid") or assertion.header.get("x5t")
    if not isinstance(identifier, str):
        raise assertion_errors.key_unnamed()
    keys = await issuers.keys(assertion.issuer)
    key = next((k for k in keys if identifier in (k.kid, k.get("x5t"))), None)
    if key is None:
        raise assertion_errors.issuer_key_unknown(identifier, assertion.issuer)
    if not assertion.signed_by(key):
        raise assertion_errors.signature_wrong(client_id, identifier)
