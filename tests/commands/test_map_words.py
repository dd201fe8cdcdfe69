"""What a map warns of, and how it puts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from map_samples import EMPTY, NOW, SEED, TWELVE

from commands.tenant_map import words
from commands.tenant_map.model import Client, Flow, Map


def client(*ends: timedelta, kind: str = "webApp") -> Client:
    """A client whose secrets end so long from now."""
    return Client("web", "web", kind, "id", secret_ends=tuple(NOW + end for end in ends))


@pytest.mark.parametrize(
    ("ends", "note"),
    [
        ((timedelta(seconds=0),), words.Note("secret expired 2027-01-15", warns=True)),
        ((timedelta(days=-400),), words.Note("secret expired 2025-12-11", warns=True)),
        ((timedelta(days=29, hours=23),), words.Note("secret ends soon: 2027-02-14", warns=True)),
        ((timedelta(days=30),), words.Note("secret until 2027-02-14")),
        (
            (timedelta(days=90), timedelta(days=-1)),
            words.Note("2 secrets, last until 2027-04-15"),
        ),
        ((), words.Note("no credential")),
    ],
)
def test_the_secret_that_lasts_longest_counts(
    ends: tuple[timedelta, ...], note: words.Note
) -> None:
    """While a secret rotates, the end of the one before it is nothing to warn of."""
    assert words.credentials(client(*ends), NOW) == [note]


def test_a_client_that_can_have_no_secret_is_not_said_to_have_none() -> None:
    """A single-page app never has one."""
    assert words.credentials(client(kind="singlePageApp"), NOW) == []


def test_a_client_that_signs_with_a_certificate_or_anothers_tokens_is_not_without() -> None:
    """Each of its credentials is told; a certificate that ends soon is warned of."""
    soon = (NOW + timedelta(days=3),)
    jobs = replace(client(kind="daemonApp"), certificate_ends=soon, federated=2)

    assert words.credentials(jobs, NOW) == [
        words.Note("certificate ends soon: 2027-01-18", warns=True),
        words.Note("2 federated credentials"),
    ]


def test_a_client_in_no_flow_is_told_unless_it_signs_nobody_in() -> None:
    """Customers cannot sign up there."""
    flow = Flow("flow", "flow", clients=("web",))
    note = words.Note("in no user flow", warns=True)

    assert note in words.client_notes(client(), [], NOW)
    assert note not in words.client_notes(client(), [flow], NOW)
    assert note not in words.client_notes(client(kind="daemonApp"), [], NOW)


def test_all_that_is_wrong_is_listed() -> None:
    """Each with the object that it is about."""
    assert words.warnings(SEED, NOW) == []
    assert words.warnings(TWELVE, NOW) == [
        'Gift Cards <beta> & "friends": secret expired 2027-01-12',
        "Nightly Invoice Run: in no user flow",
        "Support Desk: in no user flow",
        "Old Shop: no longer in the tenant",
        (
            "Contoso Shop for Partners and Resellers in Northern Europe: consent missing to "
            "Stock.Levels.Adjust.ForAllWarehousesOfTheGroup of "
            "Stock levels of all warehouses, near real time"
        ),
        'Gift Cards <beta> & "friends": consent missing to Points.Read of Loyalty',
        "Support Desk: consent missing to Invoices.Read of Invoices",
        "Support Desk: consent missing to profile of Microsoft Graph",
    ]


def test_flows_and_apis_that_are_gone_are_listed() -> None:
    """Somebody has deleted them behind the stack's back."""
    gone = Map(
        tenant="contoso",
        flows=(replace(SEED.flows[0], exists=False),),
        apis=(replace(SEED.apis[0], exists=False),),
    )
    assert words.warnings(gone, NOW) == [
        "SignInSignUpSample: no longer in the tenant",
        "ciam-ToDoList-api: no longer in the tenant",
    ]


def test_the_description_says_what_the_picture_shows() -> None:
    """For people and programs that cannot see it."""
    assert words.description(SEED, NOW) == (
        "1 user flow, 1 client, 2 APIs. User flow SignInSignUpSample serves ciam-client-app. "
        "ciam-client-app may use ciam-ToDoList-api: ToDoList.Read, ToDoList.ReadWrite. "
        "ciam-client-app may use Microsoft Graph: offline_access, openid."
    )
    assert words.description(EMPTY, NOW) == "no user flows, no clients, no APIs."
