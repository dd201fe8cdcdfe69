"""What the stand-in does about a creation whose answer got lost, seen request by request."""

from __future__ import annotations

import uuid

import grpc
import pytest

from tests.engine.azuread.plugin_client import Plugin, error_text
from tests.engine.azuread.scripted_objects import APPLICATION, INPUTS, NONE, OWNED, SEARCH
from tests.engine.azuread.scripted_server import Answer, ScriptedServer, refusal

UNCLEAR = pytest.mark.parametrize(
    "unclear", [Answer(0), refusal(503, "ServiceUnavailable", "Busy."), refusal(504, "", "")]
)


def _found(made: str) -> Answer:
    """An application of the name that no other test has made, as a list has it."""
    new = {"id": str(uuid.uuid4()), "createdDateTime": made}
    return Answer(200, {"value": [{**APPLICATION, **new}]})


@UNCLEAR
def test_a_lost_answer_is_no_reason_to_create_twice(
    scripted: Plugin, server: ScriptedServer, unclear: Answer
) -> None:
    """What a creation without a clear answer has made is found, and taken for its answer."""
    found = _found("2999-01-01T00:00:00Z")
    server.answers += [unclear, found, Answer(200, OWNED)]
    identifier, outputs = scripted.create("Application", INPUTS)
    assert identifier == f"/applications/{found.body['value'][0]['id']}"
    assert outputs["clientId"] == APPLICATION["appId"]
    assert server.lines() == ["POST /applications", SEARCH, f"GET {identifier}/owners"]


@UNCLEAR
@pytest.mark.parametrize(
    "others",
    [
        [NONE],
        [_found("2020-01-01T00:00:00Z")],
        [_found("2999-01-01T00:00:00Z"), Answer(200, {"value": [{"id": "somebody"}]})],
    ],
    ids=["none", "an older one", "another's"],
)
def test_a_creation_that_made_nothing_is_repeated(
    scripted: Plugin, server: ScriptedServer, unclear: Answer, others: list[Answer]
) -> None:
    """Only where nothing could be its work is a creation sent again."""
    server.answers += [unclear, *others, *others, Answer(201, {**APPLICATION, "id": "other"})]
    identifier, _ = scripted.create("Application", INPUTS)
    assert identifier == "/applications/other"
    assert server.lines().count("POST /applications") == 2


def test_a_creation_of_which_nothing_can_be_learned_is_given_up(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """Where the tenant cannot be asked what was made, the error says that no answer came."""
    server.answers += [Answer(0), refusal(403, "Authorization_RequestDenied", "No.")]
    with pytest.raises(grpc.RpcError) as failure:
        scripted.create("Application", INPUTS)
    assert "could not create application 'web': no answer from" in error_text(failure.value)
    assert server.lines() == ["POST /applications", SEARCH]


def test_two_that_could_be_its_work_are_left_alone(
    scripted: Plugin, server: ScriptedServer
) -> None:
    """One of them is another's, so neither is taken, and no third is made."""
    new = {"createdDateTime": "2999-01-01T00:00:00Z"}
    found = [{**APPLICATION, **new, "id": one} for one in ("one", "two")]
    server.answers += [Answer(0), Answer(200, {"value": found}), *[Answer(200, OWNED)] * 2]
    with pytest.raises(grpc.RpcError, match="2 objects could be its work"):
        scripted.create("Application", INPUTS)
    assert server.lines().count("POST /applications") == 1
