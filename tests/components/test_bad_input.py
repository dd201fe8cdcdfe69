"""Every mistake in the configuration that is known before anything is created, and its line."""

from __future__ import annotations

from typing import Any

import pytest

from components.settings import SettingsError, parse_settings
from documents.mistakes_table import Accepted, Change, Mistake, read_table

TABLE = read_table()
CHANGES = [(one.what, one.said) for one in TABLE.mistakes() if isinstance(one.what, Change)]


@pytest.mark.cases("bad input")
@pytest.mark.parametrize(("change", "said"), CHANGES, ids=[said[0] for _, said in CHANGES])
def test_a_mistake_is_told_in_its_lines_alone(change: Change, said: tuple[str, ...]) -> None:
    """Where it is, what was given, what is allowed; and nothing else is said because of it."""
    with pytest.raises(SettingsError) as error:
        parse_settings(change.of(TABLE.configuration))

    assert [str(problem) for problem in error.value.problems] == list(said)


@pytest.mark.cases("input that only looks bad")
@pytest.mark.parametrize("accepted", TABLE.accepted, ids=lambda one: str(one.what.place))
def test_what_the_service_may_take_passes(accepted: Accepted) -> None:
    """Only what is surely refused is refused; all else is the service's to decide."""
    parse_settings(accepted.what.of(TABLE.configuration))


def test_what_is_right_passes() -> None:
    """The configuration that each case changes has no mistake of its own, and may be empty."""
    parse_settings(TABLE.configuration)
    parse_settings({})


def test_the_table_is_a_table() -> None:
    """No case stands twice, and nothing is printed that may be a secret."""
    mistakes: list[Mistake] = list(TABLE.mistakes())

    assert len({str(one.what) for one in mistakes}) == len(mistakes) >= 60
    assert not [one.said for one in mistakes if "hunter2" in str(one.said)]


def test_a_secret_in_a_wrong_place_is_not_shown() -> None:
    """The line repeats what was given, but not what stands below a key like `secret`."""
    configuration: dict[str, Any] = {**TABLE.configuration, "clients": [{"secret": "hunter2"}]}
    with pytest.raises(SettingsError) as error:
        parse_settings(configuration)

    assert [str(problem) for problem in error.value.problems] == [
        (
            'ciam:clients: given [{"secret": "a text that is not shown"}]; '
            "allowed: a mapping (key: value)"
        )
    ]


def test_all_mistakes_are_told_at_once() -> None:
    """Mistakes in different places, of form and of reference, are one error with a line each."""
    configuration = Change(("tenant", "subdomain"), "a.b").of(TABLE.configuration)
    scope = configuration["apis"]["files"]["scopes"][0]
    client = configuration["clients"]["web"]
    configuration["apis"]["mail"] = {"displayName": "Mail", "scopes": [{**scope, "type": "x"}]}
    configuration["clients"]["spa"] = {**client, "displayName": "Spa", "redirectUris": ["x"]}
    configuration["clients"]["cli"] = {
        **client,
        "displayName": "Cli",
        "apiPermissions": {"files": ["Wirte"], "mail": ["Send"], "maill": ["Send"]},
    }
    configuration["userFlows"]["other"] = {"clients": ["web", "spa", "clii"]}

    with pytest.raises(SettingsError) as error:
        parse_settings(configuration)

    assert [problem.path for problem in error.value.problems] == [
        "ciam:tenant.subdomain",
        "ciam:apis.mail.scopes[0].type",
        "ciam:clients.spa.redirectUris[0]",
        "ciam:clients.cli.apiPermissions.files[0]",
        "ciam:clients.cli.apiPermissions.maill",
        "ciam:userFlows.other.clients[0]",
        "ciam:userFlows.other.clients[2]",
    ]


def test_the_error_reads_as_a_list() -> None:
    """The whole message: how many, that nothing was changed, the lines, where to look."""
    with pytest.raises(SettingsError) as error:
        parse_settings(
            Change(("tenant",), {"subdomain": "a.b", "issuerHost": "/"}).of(TABLE.configuration)
        )

    first, *lines, last = str(error.value).splitlines()
    assert first == "the stack's configuration has 2 problems; nothing was changed"
    assert lines == [f"  {problem}" for problem in error.value.problems]
    assert last == (
        "docs/config.schema.json describes every setting, docs/mistakes.md each mistake."
    )
