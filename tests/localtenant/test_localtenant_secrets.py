"""Client secrets: made and shown once, kept with their dates, removed."""

from __future__ import annotations

from uuid import uuid4

import pytest

from localtenant.testing_client import Graph, refused


def test_secret_is_shown_once(graph: Graph) -> None:
    """AddPassword shows the secret and keeps the dates as given; reading never shows it."""
    path = f"/applications/{graph.application()['id']}"
    dates = {"startDateTime": "2030-01-02T03:04:05Z", "endDateTime": "2031-01-02T03:04:05Z"}

    added = graph.made(f"{path}/addPassword", {"passwordCredential": {"displayName": "x", **dates}})

    (kept,) = graph.read(path)["passwordCredentials"]
    assert len(added["secretText"]) > 30
    assert added["hint"] == added["secretText"][:3]
    assert {n: added[n] for n in dates} == dates
    assert kept["secretText"] is None
    assert {n: kept[n] for n in kept if n != "secretText"} == {
        n: added[n] for n in kept if n != "secretText"
    }


def test_secret_lasts_two_years_by_default(graph: Graph) -> None:
    """Without dates a secret starts now and ends two years later."""
    path = f"/applications/{graph.application()['id']}/addPassword"
    body = {"passwordCredential": {"startDateTime": "2028-02-29T00:00:00Z"}}

    assert graph.made(path, body)["endDateTime"] == "2030-02-28T00:00:00Z"


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2031-01-02T03:04:05+02:00", "2031-01-02T01:04:05Z"),
        ("2030-12-31T23:30:00.25-01:00", "2031-01-01T00:30:00.25Z"),
        ("2031-01-02T03:04:05Z", "2031-01-02T03:04:05Z"),
    ],
)
def test_dates_are_shown_in_utc(graph: Graph, sent: str, shown: str) -> None:
    """Graph's pages say of dates that they are always in UTC, whatever a client sends."""
    path = f"/applications/{graph.application()['id']}/addPassword"

    made = graph.made(path, {"passwordCredential": {"endDateTime": sent}})

    assert made["endDateTime"] == shown


def test_dates_beyond_the_calendar_are_refused(graph: Graph) -> None:
    """A date whose UTC is before the first year is none."""
    path = f"/applications/{graph.application()['id']}/addPassword"
    date = "0001-01-01T00:00:00+10:00"

    answer = graph.post(path, {"passwordCredential": {"endDateTime": date}})

    message = f"Cannot convert the literal '{date}' to the expected type 'Edm.DateTimeOffset'."
    refused(answer, 400, "Request_BadRequest", message)


def test_secret_must_end_after_it_starts(graph: Graph) -> None:
    """A secret that ends before it starts is refused."""
    path = f"/applications/{graph.application()['id']}/addPassword"
    dates = {"startDateTime": "2030-01-02T00:00:00Z", "endDateTime": "2030-01-01T00:00:00Z"}

    assert graph.post(path, {"passwordCredential": dates}).status_code == 400


def test_removing_an_unknown_secret(graph: Graph) -> None:
    """RemovePassword of a key id that is not there names it."""
    key_id = str(uuid4())
    path = f"/applications/{graph.application()['id']}/removePassword"

    message = f"No password credential found with keyId {key_id}."
    refused(graph.post(path, {"keyId": key_id}), 400, "Request_BadRequest", message)


def test_secrets_are_not_made_by_patch(graph: Graph) -> None:
    """A PATCH cannot add a password credential."""
    body = {"passwordCredentials": [{"displayName": "x"}]}

    answer = graph.patch(f"/applications/{graph.application()['id']}", body)

    message = "New password credentials must be generated with service actions."
    refused(answer, 400, "Request_BadRequest", message)


def test_secret_of_a_new_application(graph: Graph) -> None:
    """A POST with a password credential answers with its secret, as azuread's block needs."""
    application = graph.application(passwordCredentials=[{"displayName": "x"}])

    (shown,) = application["passwordCredentials"]
    (kept,) = graph.read(f"/applications/{application['id']}")["passwordCredentials"]
    assert shown["secretText"]
    assert (kept["keyId"], kept["secretText"]) == (shown["keyId"], None)
