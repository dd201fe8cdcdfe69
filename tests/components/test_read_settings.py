"""How settings come out of a stack's configuration."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pulumi
import pytest
import yaml
from pulumi.runtime import mocks, set_all_config

from components.settings import Settings, SettingsError, parse_settings, read_settings
from components.settings.read import SECTIONS
from components.settings.seed import SEED
from tests.components.program import deploy

PROJECT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def no_configuration_left() -> Iterator[None]:
    """Take the configuration away again."""
    yield
    set_all_config({}, [])


def configured(*secret_keys: str, **sections: Any) -> Settings:
    """The settings of a stack with these keys; a text is handed out as it is, all else as JSON."""
    set_all_config(
        {
            f"ciam:{name}": value if isinstance(value, str) else json.dumps(value)
            for name, value in sections.items()
        },
        list(secret_keys),
    )
    return read_settings(pulumi.Config("ciam"))


def test_without_configuration_it_is_the_seeds_tenant() -> None:
    """A stack without a line of configuration has the seed's API, client and user flow."""
    settings = configured()

    assert settings == parse_settings(SEED)
    assert list(settings.apis) == ["todolist"]
    assert list(settings.clients) == ["web"]
    assert list(settings.user_flows) == ["SignInSignUpSample"]


def test_the_defaults_of_the_project_mean_not_set() -> None:
    """Pulumi.yaml must give each key a default; that default is as good as none."""
    project = yaml.safe_load((PROJECT / "Pulumi.yaml").read_text(encoding="utf-8"))
    defaults = {key.removeprefix("ciam:"): one["default"] for key, one in project["config"].items()}

    assert set(defaults) == set(SECTIONS)
    assert configured(**defaults) == parse_settings(SEED)


def test_the_tenant_alone_leaves_the_seed() -> None:
    """Saying where customers sign in does not say what the tenant is made of."""
    settings = configured(tenant={"subdomain": "contoso"})

    assert settings.tenant.subdomain == "contoso"
    assert list(settings.clients) == ["web"]


@pytest.mark.parametrize("section", ["apis", "clients", "userFlows"])
def test_with_one_section_set_the_others_are_none(section: str) -> None:
    """What is set is all there is; an empty section is set, too."""
    settings = configured(**{section: {}})

    assert not settings.apis
    assert not settings.clients
    assert not settings.user_flows


def test_the_local_stack_only_names_its_tenant() -> None:
    """Pulumi.local.yaml holds settings that can be read, and none that hides the seed's tenant."""
    stack = yaml.safe_load((PROJECT / "Pulumi.local.yaml").read_text(encoding="utf-8"))
    settings = configured(
        **{key.removeprefix("ciam:"): value for key, value in stack["config"].items()}
    )

    assert set(stack["config"]) == {"azuread:tenantId"}
    assert list(settings.clients) == ["web"]
    assert stack["encryptionsalt"].startswith("v1:")


def test_settings_come_from_json() -> None:
    """Pulumi hands a structured value out as JSON."""
    settings = configured(userFlows={"signin": {"attributes": ["city", {"attribute": "surname"}]}})
    attributes = settings.user_flows["signin"].attributes

    assert attributes is not None
    assert [attribute.attribute for attribute in attributes] == ["city", "surname"]


def test_text_where_a_mapping_belongs_is_a_problem_among_others() -> None:
    """`pulumi config set ciam:apis x` is told with all other mistakes."""
    with pytest.raises(SettingsError) as error:
        configured(apis="todolist", tenant={"subdomain": "a.b"})

    assert [str(problem) for problem in error.value.problems] == [
        'ciam:apis: given "todolist"; allowed: a mapping (key: value)',
        (
            'ciam:tenant.subdomain: given "a.b"; allowed: the first label of the tenant\'s initial '
            "domain alone, such as contoso"
        ),
    ]


@pytest.mark.parametrize(
    ("key", "nearest"),
    [("api", "apis"), ("client", "clients"), ("userflows", "userFlows"), ("tenants", "tenant")],
)
def test_a_misspelt_section_is_a_problem(key: str, nearest: str) -> None:
    """Pulumi ignores it, and the stack would become the seed's tenant."""
    with pytest.raises(SettingsError) as error:
        configured(**{key: {}})

    assert [str(problem) for problem in error.value.problems] == [
        (
            f"ciam:{key}: unknown key; nearest: ciam:{nearest}; "
            "allowed: a known key (ciam:tenant, ciam:apis, ciam:clients, ciam:userFlows, "
            "ciam:attributes, ciam:identityProviders, ciam:signIn)"
        )
    ]


def test_other_keys_are_left_alone() -> None:
    """A key of the namespace may hold a secret that a setting names."""
    assert configured(googleClientSecret="x") == parse_settings(SEED)


def test_a_section_with_a_secret_is_refused_without_showing_it() -> None:
    """A secret in a structured value would be handed out in clear."""
    with pytest.raises(SettingsError) as error:
        configured("ciam:clients", clients={"web": {"secret": "hunter2"}})

    assert [problem.path for problem in error.value.problems] == ["ciam:clients"]
    assert "pulumi config set --secret" in str(error.value)
    assert "hunter2" not in str(error.value)


def test_the_program_stops_before_it_declares_anything() -> None:
    """A mistake in the configuration ends the program as a RunError, with nothing declared."""
    set_all_config({"ciam:clients": json.dumps({"web": {"kind": "webApp"}})}, [])

    def program() -> object:
        return runpy.run_path(str(PROJECT / "__main__.py"), run_name="__main__")

    with pytest.raises(pulumi.RunError, match=r"ciam:clients\.web\.displayName: missing"):
        deploy(program)
    engine = pulumi.runtime.settings.get_monitor()
    assert isinstance(engine, mocks.MockMonitor)
    assert not engine.resources
