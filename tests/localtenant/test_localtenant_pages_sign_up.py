"""Signing up on the pages: what the flow asks for becomes a user of Graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from customer_browser import (
    PASSWORD,
    address,
    application,
    asking,
    attribute,
    by_passcode,
    customer,
    in_flow,
)

from localtenant.pages import new_passwords, proof, sign_up_steps

if TYPE_CHECKING:
    from customer_browser import App, Browse, Customer

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

BOTH: dict[str, str | list[str]] = {"password": PASSWORD, "confirmation": PASSWORD}


def sign_up(browser: Customer, email: str) -> Customer:
    """Come to the details by a proved address."""
    browser.begin().send("create", email=email)
    return browser.send(code=browser.code(email))


def user(graph: Graph, browser: Customer, *names: str) -> Json:
    """Read the user whom the application learns of."""
    selected = ",".join(("displayName", "mail", "identities", "userType", "creationType", *names))
    return graph.read(f"/users/{browser.who()['oid']}", {"$select": selected})


def test_a_customer_signs_up(graph: Graph, shop: App, browse: Browse) -> None:
    """The account is what Graph would make, and the application learns of it at once."""
    email = address()
    browser = sign_up(browse(shop), email)

    browser.send(more={**BOTH, "attribute.city": "Oslo"})

    made = user(graph, browser, "city")
    assert made["displayName"] == "unknown"
    assert (made["mail"], made["city"]) == (email, "Oslo")
    assert (made["userType"], made["creationType"]) == ("Member", "LocalAccount")
    assert made["identities"][0] == {
        "signInType": "emailAddress",
        "issuer": graph.domain,
        "issuerAssignedId": email,
    }
    again = browse(shop).begin().send(email=email).send(password=PASSWORD)
    assert again.step == "stay"


def test_a_taken_address_is_told_of_only_to_its_owner(
    graph: Graph, shop: App, browse: Browse
) -> None:
    """The code comes first."""
    email = address()
    customer(graph, email)
    browser = browse(shop).begin().send("create", email=email)
    assert sign_up_steps.TAKEN not in browser.text

    browser.send(code=browser.code(email))

    assert sign_up_steps.TAKEN in browser.text
    browser.send("details", BOTH)
    assert browser.step == "email"


def test_only_an_address_gets_a_code(shop: App, browse: Browse) -> None:
    """What is none is told so, and a sign-in sends no more than a few."""
    browser = browse(shop).begin().send("create", email="nobody")
    assert proof.NO_ADDRESS in browser.text
    email = address()
    browser.send("create", email=email)

    for _ in range(5):
        browser.send(again="yes")

    assert proof.TOO_MANY_CODES in browser.text
    assert len(browser.mails(email)) == 5


def test_a_passcode_flow_asks_for_no_password(graph: Graph, browse: Browse, passcode: None) -> None:
    """A customer who gave none signs in by passcode, and nobody knows a password of his."""
    del passcode
    shop = in_flow(graph, application(graph), **by_passcode())
    email = address()
    browser = sign_up(browse(shop), email)
    assert 'type="password"' not in browser.text

    browser.send(more={"attribute.city": "Oslo"})

    assert user(graph, browser, "city")["city"] == "Oslo"
    found = [u for u in graph.http.get("/-/users").json()["users"] if u["email"] == email]
    assert [u["method"] for u in found] == ["passcode"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"password": "weak", "confirmation": "weak"}, new_passwords.WEAK),
        ({"password": PASSWORD, "confirmation": "other"}, "Passwords do not match."),
        ({**BOTH, "attribute.city": "Oslo" * 100}, "City is too long: at most 250 characters."),
    ],
)
def test_what_will_not_do_is_said_and_kept_on_the_page(
    shop: App, browse: Browse, given: dict[str, str], said: str
) -> None:
    """No account is made, and nobody has to enter everything again."""
    email = address()
    browser = sign_up(browse(shop), email)

    browser.send(more={"attribute.city": "Oslo", **given})

    assert browser.answer.status_code == 400
    assert said in browser.text
    assert "Oslo" in browser.text
    assert PASSWORD not in browser.text
    assert not browser.returned
    browser.send(more={**BOTH, "attribute.city": "Bergen"})
    assert "code" in browser.returned


CASES: list[tuple[str, Json, str | list[str], str | list[str], str, Any]] = [
    (
        "string",
        {"inputType": "text", "validationRegEx": "^[0-9]{4}$"},
        "12",
        "1234",
        "is not in the right format",
        "1234",
    ),
    ("string", {"inputType": "text", "required": True}, " ", "x", "is required", "x"),
    (
        "string",
        {"inputType": "radioSingleSelect", "options": "ab"},
        "c",
        "a",
        "Choose one of the options",
        "a",
    ),
    (
        "string",
        {"inputType": "checkboxMultiSelect", "options": "abc"},
        ["a", "d"],
        ["a", "c"],
        "Choose one of the options",
        "a,c",
    ),
    (
        "boolean",
        {"inputType": "boolean", "required": True},
        "",
        "true",
        "Check this box to go on.",
        True,
    ),
    ("int64", {"inputType": "text"}, "1.5", "-7", "must be a whole number", -7),
    (
        "dateTime",
        {"inputType": "text"},
        "tomorrow",
        "2001-12-31",
        "must be a date",
        "2001-12-31T00:00:00Z",
    ),
    (
        "stringCollection",
        {"inputType": "checkboxMultiSelect", "options": "ab"},
        "c",
        ["a", "b"],
        "Choose one of",
        ["a", "b"],
    ),
]


@pytest.mark.parametrize(("data_type", "entry", "wrong", "right", "said", "kept"), CASES)
def test_attributes_of_each_type(
    graph: Graph,
    browse: Browse,
    data_type: str,
    entry: Json,
    wrong: str | list[str],
    right: str | list[str],
    said: str,
    kept: object,
) -> None:
    """What will not do is refused; what will is kept in its type."""
    name = attribute(graph, data_type)
    options = [{"value": o, "label": o.upper()} for o in entry.get("options", "")]
    asked = {"attribute": name, "label": "It", **entry, "options": options}
    shop = in_flow(graph, application(graph), **asking(asked))
    browser = sign_up(browse(shop), address())

    assert said in browser.send(more={**BOTH, f"attribute.{name}": wrong}).text
    browser.send(more={**BOTH, f"attribute.{name}": right})

    assert user(graph, browser, name)[name] == kept


def test_hidden_and_fixed_fields_take_their_defaults(graph: Graph, browse: Browse) -> None:
    """Whatever a form sends for them; and an input may keep its answer out of the directory."""
    shop = in_flow(
        graph,
        application(graph),
        **asking(
            {"attribute": "country", "label": "C", "hidden": True, "defaultValue": "NO"},
            {"attribute": "city", "label": "T", "editable": False, "defaultValue": "Oslo"},
            {"attribute": "jobTitle", "label": "J", "writeToDirectory": False},
            {"attribute": "displayName", "label": "Name"},
        ),
    )
    browser = sign_up(browse(shop), address())
    assert "attribute.country" not in browser.text
    positions = [browser.text.index(f"attribute.{n}") for n in ("city", "jobTitle", "displayName")]
    assert positions == sorted(positions)
    sent = dict.fromkeys(("country", "city", "jobTitle", "displayName", "surname"), "x")

    browser.send(more={**BOTH, **{f"attribute.{n}": v for n, v in sent.items()}})

    made = user(graph, browser, "country", "city", "jobTitle", "surname")
    assert [made[n] for n in sent] == ["NO", "Oslo", None, "x", None]


def test_a_flow_may_make_guests(graph: Graph, browse: Browse) -> None:
    """``userTypeToCreate`` says which."""
    kind = "#microsoft.graph.onUserCreateStartExternalUsersSelfServiceSignUp"
    create = {"@odata.type": kind, "userTypeToCreate": "guest"}
    shop = in_flow(graph, application(graph), onUserCreateStart=create)
    browser = sign_up(browse(shop), address())

    browser.send(more=BOTH)

    assert user(graph, browser)["userType"] == "Guest"
