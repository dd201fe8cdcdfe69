"""Native authentication: the attributes that a sign-up asks for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import PASSWORD, address, asking, attribute
from native_client import (
    CREDENTIAL_REQUIRED,
    START,
    TYPES,
    Native,
    claims,
    flowing,
    native_client,
    native_refused,
)

from localtenant.testing_client import FLOWS

if TYPE_CHECKING:
    import httpx

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

ATTRIBUTES_REQUIRED = ("attributes_required", 55102, "Attributes Required.")


@pytest.fixture(scope="module")
def asking_much(graph: Graph, unsigned: httpx.Client) -> Native:
    """Make an application whose flow asks for attributes of several kinds."""
    return flowing(native_client(graph, unsigned), **asking(*_inputs(graph)))


def _inputs(graph: Graph) -> list[Json]:
    age, agreed, hobbies = (attribute(graph, t) for t in ("int64", "boolean", "string"))
    options = [{"value": v, "label": v} for v in ("Dancing", "Swimming")]
    return [
        _input("email", "Email"),
        _input("postalCode", "Postal code", required=True, validationRegEx="^[1-9][0-9]*$"),
        _input(age, "Age", required=True),
        _input(agreed, "Agreed", inputType="boolean", required=True),
        _input(hobbies, "Hobbies", inputType="checkboxMultiSelect", options=options),
        _input("city", "City", defaultValue="Bergen"),
        _input("country", "Country", hidden=True, editable=False, defaultValue="Norway"),
        _input("jobTitle", "Job title", writeToDirectory=False),
    ]


def _input(name: str, label: str, **more: object) -> Json:
    return {"attribute": name, "label": label, "inputType": "text", **more}


def names(body: Json) -> list[str]:
    """The attributes that are asked for."""
    return [one["name"] for one in body["required_attributes"]]


def test_all_that_is_asked_for_may_come_at_the_start(graph: Graph, asking_much: Native) -> None:
    """Then the passcode is the end of it; what the flow does not ask for is ignored."""
    email = address()
    _, postal, age, agreed, hobbies, *_ = _wanted_of(asking_much, graph)
    given = {postal: "5003", age: 42, agreed: True, hobbies: "Dancing,Swimming", "mail": "x@y.z"}

    answer = asking_much.proved(
        email,
        password=PASSWORD,
        attributes=json.dumps({**given, "city": "Oslo", "jobTitle": "Boss"}),
    )

    token = answer.json()["continuation_token"]
    made = _made(graph, asking_much, token, age, agreed, hobbies)
    assert (made["mail"], made["postalCode"]) == (email, "5003")
    assert (made["city"], made["country"], made["jobTitle"]) == ("Oslo", "Norway", None)
    assert (made[age], made[agreed], made[hobbies]) == (42, True, "Dancing,Swimming")


def test_attributes_that_are_missing_are_asked_for(graph: Graph, asking_much: Native) -> None:
    """With type and pattern, until all that are required are there; nobody asks for the hidden."""
    email = address()
    _, postal, age, agreed, hobbies, city, *_ = _wanted_of(asking_much, graph)

    body = native_refused(asking_much.proved(email, password=PASSWORD), *ATTRIBUTES_REQUIRED)
    assert body["required_attributes"] == [
        _told(postal, "string", required=True) | {"options": {"regex": "^[1-9][0-9]*$"}},
        _told(age, "int64", required=True),
        _told(agreed, "boolean", required=True),
        _told(hobbies, "string", required=False),
        _told(city, "string", required=False),
        _told("jobTitle", "string", required=False),
    ]
    some = json.dumps({postal: "5003", hobbies: ["Swimming"]})
    answer = asking_much.continued(body["continuation_token"], "attributes", attributes=some)
    body = native_refused(answer, *ATTRIBUTES_REQUIRED)
    assert names(body) == [age, agreed, city, "jobTitle"]
    rest = json.dumps({age: "7", agreed: "true"})
    answer = asking_much.continued(body["continuation_token"], "attributes", attributes=rest)

    made = _made(graph, asking_much, answer.json()["continuation_token"], age, agreed, hobbies)
    assert (made["postalCode"], made[age], made[hobbies]) == ("5003", 7, "Swimming")
    assert made["city"] is None


def test_attributes_may_come_before_the_address_is_proved(by_password: Native) -> None:
    """Optional ones have to: later, nothing asks for them."""
    email = address()
    token = by_password.begun(START, email)

    for grant, value in (("attributes", '{"city": "Oslo"}'), ("password", PASSWORD)):
        answer = by_password.continued(token, grant, **{grant: value})
        token = native_refused(answer, *CREDENTIAL_REQUIRED)["continuation_token"]
    token = by_password.token("signup/v1.0/challenge", continuation_token=token)
    answer = by_password.continued(token, "oob", oob=by_password.code(email))

    assert answer.json().keys() == {"continuation_token"}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("postalCode", "old", "Postal code is not in the right format."),
        ("postalCode", "", "Postal code is required."),
        ("postalCode", {"x": 1}, "Postal code is not in the right format."),
        ("postalCode", ["1", "2"], "Postal code is not in the right format."),
        ("city", "x" * 251, "City is too long: at most 250 characters."),
        ("int64", "many", "Age must be a whole number."),
        ("boolean", "maybe", "Agreed must be true or false."),
        ("boolean", False, "Check this box to go on."),
        ("hobbies", "Flying", "Choose one of the options of Hobbies."),
    ],
)
def test_attribute_that_will_not_do(
    graph: Graph, asking_much: Native, name: str, value: object, reason: str
) -> None:
    """It is named with a reason, at the start and later, and the token goes on."""
    wanted = _wanted_of(asking_much, graph)
    own: dict[str, str] = dict(zip(("int64", "boolean", "hobbies"), wanted[2:5], strict=True))
    key = own.get(name, name)
    given = json.dumps({key: value})
    form = {"username": address(), "challenge_type": TYPES}
    token = asking_much.begun(START, address())

    for answer in (
        asking_much.ask(START, attributes=given, **form),
        asking_much.continued(token, "attributes", attributes=given),
    ):
        refusal = ("invalid_grant", 55106, reason, "attribute_validation_failed")
        body = native_refused(answer, *refusal)
        assert body["invalid_attributes"] == [{"name": key, "reason": reason}]
    answer = asking_much.continued(token, "attributes", attributes="{}")
    native_refused(answer, *CREDENTIAL_REQUIRED)


def test_attribute_that_the_directory_does_not_take(by_password: Native) -> None:
    """A city has at most 128 characters in Graph; no account is made."""
    email = address()
    form = {"password": PASSWORD, "attributes": json.dumps({"city": "x" * 129})}

    answer = by_password.proved(email, **form)

    assert answer.json()["suberror"] == "attribute_validation_failed"
    assert [one["name"] for one in answer.json()["invalid_attributes"]] == ["city"]
    by_password.begun(START, email)


@pytest.mark.parametrize("given", ["", "{", "[]", '"city"'])
def test_attributes_that_are_no_object(by_password: Native, given: str) -> None:
    """The parameter has to be JSON."""
    token = by_password.begun(START, address())

    answer = by_password.continued(token, "attributes", attributes=given)

    text = "attributes parameter is empty or not valid."
    native_refused(answer, "invalid_request", 90100, text)


def _wanted_of(app: Native, graph: Graph) -> list[str]:
    """The attributes of the application's flow, in their order."""
    flows = graph.read(FLOWS, {"$top": 999})["value"]
    (own,) = [
        flow
        for flow in flows
        if app.client_id
        in [a["appId"] for a in flow["conditions"]["applications"]["includeApplications"]]
    ]
    (view,) = own["onAttributeCollection"]["attributeCollectionPage"]["views"]
    return [one["attribute"] for one in view["inputs"]]


def _told(name: str, kind: str, *, required: bool) -> Json:
    return {"name": name, "type": kind, "required": required}


def _made(graph: Graph, app: Native, token: str, *custom: str) -> dict[str, Any]:
    """Sign in who has signed up; the account."""
    user = claims(app.redeemed(token, "continuation_token"))["oid"]
    selected = ",".join(("mail", "postalCode", "city", "country", "jobTitle", *custom))
    return graph.read(f"/users/{user}", {"$select": selected})
