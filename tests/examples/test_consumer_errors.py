"""What the example `consumer` says of a stack that it cannot read, on the real engine."""

from __future__ import annotations

from typing import Any

import pytest
from consumer_fixture import CONTRACT, SECRET, Consumer, Publisher

from components.outputs import CONTRACT_VERSION
from contract import VERSION

UP_TO_DATE = "is it of the project `ciam`, and did `pulumi up` run in it since the last upgrade?"


def without(output: str) -> dict[str, Any]:
    """The contract without one of its outputs."""
    return {name: value for name, value in CONTRACT.items() if name != output}


def told(consumer: Consumer, **settings: str) -> str:
    """The error of a preview with these settings; nothing is planned, written or given away."""
    consumer.configure(**settings)
    shown = consumer.pulumi("preview", check=False)
    assert consumer.files() == {}
    assert "Traceback" not in shown
    assert SECRET not in shown
    errors = [line.strip() for line in shown.split("Diagnostics:")[1].splitlines()]
    (error,) = [line for line in errors if line.startswith("error: ")]
    return error.removeprefix("error: ")


def test_the_example_reads_the_contract_of_today() -> None:
    """The example goes along with the program."""
    assert VERSION == CONTRACT_VERSION


@pytest.mark.parametrize(
    ("outputs", "expected"),
    [
        (
            {**CONTRACT, "contractVersion": 2},
            (
                "follows contract version 2, and this program reads version 1: "
                "take the one that comes with the release of `ciam` that was deployed"
            ),
        ),
        (
            {**without("clients"), "client": {}},
            (
                "has no output `clients`: did you mean `client`? it has apis, client, "
                f"contractVersion, environmentSecrets, environments, tenant; {UP_TO_DATE}"
            ),
        ),
        (
            without("environmentSecrets"),
            (
                "has no output `environmentSecrets`: did you mean `environments`? it has apis, "
                f"clients, contractVersion, environments, tenant; {UP_TO_DATE}"
            ),
        ),
        (
            {"bucket": "notes"},
            f"has no output `contractVersion`: it has bucket; {UP_TO_DATE}",
        ),
    ],
)
def test_outputs_that_do_not_fit(
    publisher: Publisher, consumer: Consumer, outputs: dict[str, Any], expected: str
) -> None:
    """A newer contract, and one with something missing."""
    name = publisher.publish("prod", outputs)
    assert told(consumer, tenantStack=name, api="") == f"the stack {name} {expected}"


def test_settings_that_do_not_fit(publisher: Publisher, consumer: Consumer) -> None:
    """No such client, API or stack, and a stack that was never up."""
    name = publisher.publish("prod", CONTRACT)
    assert told(consumer, tenantStack=name, client="wbe", api="") == (
        "the stack organization/ciam/prod has no client `wbe` in `clients`: did you mean `web`? "
        "it has phone, web; `pulumi config set client KEY` chooses one"
    )
    assert told(consumer, tenantStack=name, api="todolist") == (
        "the stack organization/ciam/prod has no API `todolist` in `apis`: it has notes; "
        "`pulumi config set api KEY` chooses one"
    )
    publisher.pulumi("stack", "init", "test")
    assert told(consumer, tenantStack="organization/ciam/test") == (
        "the stack organization/ciam/test has no outputs: run `pulumi up` in it first, and look "
        "with `pulumi stack output --stack organization/ciam/test`"
    )
    lists = (
        "`pulumi stack ls --all` lists the stacks of this backend, "
        "`pulumi config set tenantStack NAME` chooses one"
    )
    assert told(consumer, tenantStack="organization/ciam/porduction") == (
        "could not read the stack organization/ciam/porduction: "
        f'unknown stack "organization/ciam/porduction". {lists}'
    )
    assert told(consumer, tenantStack="ciam/prod") == (
        f"could not read the stack ciam/prod: organization name must be 'organization'. {lists}"
    )
    consumer.configure()
    shown = consumer.pulumi("preview", check=False)
    assert "Stack 'dev' is missing configuration value 'tenantStack'" in shown


def test_secrets_of_another_passphrase(publisher: Publisher, consumer: Consumer) -> None:
    """The engine leaves out what it cannot decrypt: no file is to hold that."""
    name = publisher.publish("prod", CONTRACT)
    other = Consumer(
        consumer.folder,
        consumer.engine,
        {**consumer.environment, "PULUMI_CONFIG_PASSPHRASE": "another"},
    )
    (consumer.folder / "Pulumi.dev.yaml").unlink()
    consumer.pulumi("stack", "rm", "dev", "--yes")
    other.pulumi("stack", "init", "dev")
    assert told(other, tenantStack=name, api="notes") == (
        "the stack organization/ciam/prod has secrets that could not be decrypted "
        "(`environmentSecrets.web`): this run needs the secrets provider of that stack, which with "
        "passphrases means the same PULUMI_CONFIG_PASSPHRASE for both"
    )
