"""The attributes of a sign-up in a real Chromium: a field for each type, in the flow's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from customer_browser import PASSWORD, address, application, asking, attribute, in_flow
from pages_in_chromium import arrived, begin, code, enter, heading, press, usable
from playwright.sync_api import expect

if TYPE_CHECKING:
    from customer_browser import App
    from playwright.sync_api import Page

    from localtenant.odata.types import Json
    from localtenant.testing_client import Graph

pytestmark = pytest.mark.local_only

FEW = [{"label": "Basic", "value": "basic"}, {"label": "Plus", "value": "plus"}]
MANY = [{"label": f"Country {n}", "value": f"C{n}"} for n in range(9)]
WHOLE, DAY, TRUE = "Shoe size", "Birthday", "Newsletter"


@pytest.fixture(scope="module")
def custom(graph: Graph) -> dict[str, str]:
    """Define an attribute of each type that is no text; their IDs by label."""
    types = {WHOLE: "int64", DAY: "dateTime", TRUE: "boolean", "Topics": "stringCollection"}
    return {label: attribute(graph, kind) for label, kind in types.items()}


@pytest.fixture(scope="module")
def everything(graph: Graph, callback: str, custom: dict[str, str]) -> App:
    """Make an application whose flow asks for a field of each kind."""
    radio, boxes = {"inputType": "radioSingleSelect"}, {"inputType": "checkboxMultiSelect"}
    inputs: tuple[Json, ...] = (
        {"attribute": "displayName", "label": "Display Name", "required": True},
        {"attribute": "city", "label": "Plan", **radio, "options": FEW, "required": True},
        {"attribute": "country", "label": "Country/Region", **radio, "options": MANY},
        {"attribute": "state", "label": "Colors", **boxes, "options": FEW, "defaultValue": "plus"},
        {"attribute": "jobTitle", "label": "I accept the terms", "inputType": "boolean"}
        | {"required": True},
        {"attribute": "postalCode", "label": "Postal Code", "validationRegEx": "^[0-9]{4}$"},
        {"attribute": "givenName", "label": "Given Name", "defaultValue": "Ada"},
        {"attribute": "surname", "label": "Group", "editable": False, "defaultValue": "B"},
        {"attribute": "streetAddress", "label": "Secret", "hidden": True, "defaultValue": "x"},
        {"attribute": custom[WHOLE], "label": WHOLE},
        {"attribute": custom[DAY], "label": DAY},
        {"attribute": custom[TRUE], "label": TRUE, "inputType": "boolean"},
        {"attribute": custom["Topics"], "label": "Topics", **boxes, "options": FEW},
    )
    return in_flow(graph, application(graph, callback), **asking(*inputs))


@pytest.fixture
def details(page: Page, graph: Graph, everything: App) -> str:
    """Come, with a new address, to where the attributes are asked for."""
    email = address()
    begin(page, graph, everything, prompt="create")
    enter(page, "Email address", email)
    enter(page, "Code", code(graph, email))
    heading(page, "Add details")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("Re-enter password").fill(PASSWORD)
    return email


def kind_of(page: Page, label: str) -> str:
    """What kind of field has a label."""
    field = page.get_by_label(label).first
    return field.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")


def test_each_type_has_its_field_in_the_order_of_the_flow(page: Page, details: str) -> None:
    """With its label, default and whether it can be changed; what is hidden is not there."""
    usable(page, "details")
    labels = page.locator("form > .field > label, form > fieldset > legend").all_inner_texts()
    named = [label.removesuffix("optional").strip() for label in labels]
    assert details not in named
    assert named == [
        *("Password", "Re-enter password", "Display Name", "Plan", "Country/Region", "Colors"),
        *("I accept the terms", "Postal Code", "Given Name", "Group", WHOLE, DAY, TRUE, "Topics"),
    ]
    kinds = {
        **dict.fromkeys(("Display Name", "Postal Code", "Given Name", "Group"), "text"),
        **dict.fromkeys(("I accept the terms", TRUE), "checkbox"),
        "Country/Region": "select",
        WHOLE: "text",
        DAY: "date",
    }
    assert {label: kind_of(page, label) for label in kinds} == kinds
    plan, colors = (page.get_by_role("group", name=n) for n in ("Plan", "Colors"))
    expect(plan.get_by_role("radio")).to_have_count(2)
    expect(colors.get_by_role("checkbox", name="Plus")).to_be_checked()
    expect(colors.get_by_role("checkbox", name="Basic")).not_to_be_checked()
    expect(page.get_by_label("Given Name")).to_have_value("Ada")
    expect(page.get_by_label("Group")).not_to_be_editable()
    assert page.get_by_label(WHOLE).get_attribute("inputmode") == "numeric"


def test_what_is_entered_is_kept_in_its_type(
    page: Page, graph: Graph, everything: App, details: str, custom: dict[str, str]
) -> None:
    """Every answer is a property of the user."""
    page.get_by_label("Display Name").fill("Ada")
    page.get_by_role("radio", name="Plus").check()
    page.get_by_label("Country/Region").select_option("C3")
    page.get_by_role("group", name="Colors").get_by_label("Basic").check()
    page.get_by_label("I accept the terms").check()
    page.get_by_label("Postal Code").fill("0150")
    page.get_by_label(WHOLE).fill("43")
    page.get_by_label(DAY).fill("2001-12-31")
    page.get_by_label(TRUE).check()
    page.get_by_role("group", name="Topics").get_by_label("Plus").check()
    press(page, "Continue")
    arrived(page, everything)

    wanted: Json = {
        "displayName": "Ada",
        "city": "plus",
        "country": "C3",
        "state": "basic,plus",
        "jobTitle": "true",
        "postalCode": "0150",
        "givenName": "Ada",
        "surname": "B",
        "streetAddress": "x",
        custom[WHOLE]: 43,
        custom[DAY]: "2001-12-31T00:00:00Z",
        custom[TRUE]: True,
        custom["Topics"]: ["plus"],
    }
    (made,) = graph.read("/users", {"$filter": f"mail eq '{details}'"})["value"]
    kept = graph.read(f"/users/{made['id']}", {"$select": ",".join(wanted)})
    assert {name: kept[name] for name in wanted} == wanted


def test_what_will_not_do_is_said_beside_the_field(page: Page, details: str) -> None:
    """Of everything at once; what was right stays, but for passwords, which no page holds."""
    del details
    page.get_by_label("Postal Code").fill("12")
    page.get_by_label(WHOLE).fill("many")
    page.get_by_label(TRUE).check()

    press(page, "Continue")

    for label, said in (
        ("Display Name", "Display Name is required."),
        ("Postal Code optional", "Postal Code is not in the right format."),
        (f"{WHOLE} optional", f"{WHOLE} must be a whole number."),
        ("I accept the terms", "Check this box to go on."),
        ("Password", "Enter your password again, too."),
    ):
        expect(page.get_by_label(label, exact=True)).to_have_accessible_description(said)
    expect(page.get_by_role("group", name="Plan")).to_have_accessible_description(
        "Plan is required."
    )
    expect(page.get_by_label("Postal Code")).to_have_value("12")
    expect(page.get_by_label(TRUE)).to_be_checked()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    usable(page, "details-errors")
