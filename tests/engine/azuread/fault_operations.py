"""The operations of the azuread stand-in that the components use, each with what it comes to.

Each works on objects of its own, whose names begin with the bench's, so that one tenant serves all.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.engine.azuread.api_inputs import role
from tests.engine.azuread.fault_bench import GRANT, SECRET, Bench, Made, api
from tests.engine.azuread.plugin_client import filled

Operation = Callable[[Bench], Any]


def create_application(bench: Bench) -> None:
    """One request."""
    bench.meeting(bench.application)


def create_application_for_others(bench: Bench) -> None:
    """Mapped claims and the owners are set after the creation; the deployer does not stay."""
    bench.meeting(
        lambda: bench.application(
            owners=[], api={"requestedAccessTokenVersion": 2, "mappedClaimsEnabled": True}
        )
    )


def read_application(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = bench.application()
    assert filled(bench.read(made).outputs) == filled(made.outputs)


def update_application(bench: Bench) -> None:
    """A role goes, which has to be disabled first, another comes, and so does a description."""
    made = bench.application()
    inputs = {
        **made.outputs,
        "displayName": bench.name,
        "owners": [bench.deployer],
        "description": "new",
        **api(roles=["Write.All"]),
    }
    wanted = {name: inputs[name] for name in ("displayName", "owners", "description", *api())}
    bench.meeting(lambda: bench.plugin.update("Application", made.id, made.outputs, wanted))


def delete_application(bench: Bench) -> None:
    """Gone, however often it was sent."""
    bench.deleted(bench.application())


def create_service_principal(bench: Bench) -> None:
    """Right after its application."""
    application = bench.application()
    bench.meeting(lambda: bench.principal(application))


def read_service_principal(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = bench.principal(bench.application())
    assert filled(bench.read(made).outputs) == filled(made.outputs)


def update_service_principal(bench: Bench) -> None:
    """Notes, and another owner beside the deployer."""
    made = bench.principal(bench.application())
    other = bench.principal(bench.application(" owner"))
    wanted = {
        "clientId": made.outputs["clientId"],
        "owners": [bench.deployer, other.outputs["objectId"]],
        "notes": "new",
    }
    bench.meeting(lambda: bench.plugin.update("ServicePrincipal", made.id, made.outputs, wanted))


def delete_service_principal(bench: Bench) -> None:
    """The application stays."""
    bench.deleted(bench.principal(bench.application()))


def _uri(bench: Bench, application: Made) -> Made:
    uri = f"api://{application.outputs['clientId']}"
    return bench.made("ApplicationIdentifierUri", applicationId=application.id, identifierUri=uri)


def create_identifier_uri(bench: Bench) -> None:
    """Right after its application."""
    application = bench.application()
    bench.meeting(lambda: _uri(bench, application))


def read_identifier_uri(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = _uri(bench, bench.application())
    assert bench.read(made) == made


def delete_identifier_uri(bench: Bench) -> None:
    """The application stays."""
    bench.deleted(_uri(bench, bench.application()))


def _secret(bench: Bench, application: Made, **dates: str) -> Made:
    return bench.made("ApplicationPassword", applicationId=application.id, **SECRET, **dates)


def _signs_in(bench: Bench, application: Made, secret: Made) -> None:
    """The value that is recorded is that of the secret that is there."""
    ready = bench.tenant.ready
    value = secret.outputs["value"]["value"]
    form = {
        "grant_type": "client_credentials",
        "client_id": application.outputs["clientId"],
        "client_secret": value,
        "scope": f"{ready.url}/.default",
    }
    url = f"{ready.url}/{ready.tenantId}/oauth2/v2.0/token"
    assert bench.tenant.admin.http.post(url, data=form).status_code == 200


def create_secret(bench: Bench) -> None:
    """Its value is told once, so what a lost answer has made is no use and has to go."""
    application = bench.application()
    secret = bench.meeting(lambda: _secret(bench, application))
    bench.principal(application)
    _signs_in(bench, application, secret)


def create_second_secret(bench: Bench) -> None:
    """One of the same name and dates is there already and stays, whatever happens."""
    application = bench.application()
    dates = {"startDate": "2020-01-02T03:04:05Z"}
    bench.principal(application)
    first = _secret(bench, application, **dates)
    second = bench.meeting(lambda: _secret(bench, application, **dates))
    for secret in (first, second):
        _signs_in(bench, application, secret)


def read_secret(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = _secret(bench, bench.application())
    assert bench.read(made).outputs["keyId"] == made.outputs["keyId"]


def delete_secret(bench: Bench) -> None:
    """The other secret stays."""
    application = bench.application()
    made = _secret(bench, application)
    _secret(bench, application)
    bench.deleted(made)


def _grant(bench: Bench, ends: tuple[Made, Made]) -> Made:
    client, called = (one.outputs["objectId"] for one in ends)
    return bench.made(
        GRANT,
        claimValues=["Read"],
        servicePrincipalObjectId=client,
        resourceServicePrincipalObjectId=called,
    )


def create_grant(bench: Bench) -> None:
    """Right after both ends."""
    ends = bench.ends()
    bench.meeting(lambda: _grant(bench, ends))


def read_grant(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = _grant(bench, bench.ends())
    assert bench.read(made) == made


def update_grant(bench: Bench) -> None:
    """Another scope."""
    made = _grant(bench, bench.ends())
    inputs = {name: value for name, value in made.outputs.items() if value and name != "id"}
    wanted = {**inputs, "claimValues": ["Read", "Write"]}
    bench.meeting(lambda: bench.plugin.update(GRANT, made.id, made.outputs, wanted))


def delete_grant(bench: Bench) -> None:
    """Both ends stay."""
    bench.deleted(_grant(bench, bench.ends()))


def _assignment(bench: Bench, ends: tuple[Made, Made]) -> Made:
    client, called = ends
    return bench.made(
        "AppRoleAssignment",
        appRoleId=role("Read.All")["id"],
        principalObjectId=client.outputs["objectId"],
        resourceObjectId=called.outputs["objectId"],
    )


def create_assignment(bench: Bench) -> None:
    """Right after both ends."""
    ends = bench.ends()
    bench.meeting(lambda: _assignment(bench, ends))


def read_assignment(bench: Bench) -> None:
    """What was just made is never taken for gone."""
    made = _assignment(bench, bench.ends())
    assert bench.read(made) == made


def delete_assignment(bench: Bench) -> None:
    """Both ends stay."""
    bench.deleted(_assignment(bench, bench.ends()))
