"""Secrets that settings name: where they are, and that they stay secret."""

from __future__ import annotations

import pulumi
import pytest
from pulumi.runtime.config import set_all_config

from components import CustomerTenant, GoogleArgs, customer_tenant_args
from components.settings import SettingsError, parse_settings, read_settings
from tests.components.program import ORGANIZATION, Secret, deploy

OTHER = {"type": "google", "clientId": "shop", "clientSecret": {"config": "googleClientSecret"}}


def test_a_secret_that_is_not_set_or_not_secret_is_a_mistake() -> None:
    """Told with the others, each with the command that mends it."""
    apple = {
        "type": "apple",
        "developerId": "T",
        "serviceId": "S",
        "keyId": "K",
        "privateKey": {"config": "appleKey"},
    }
    configuration = {"apis": {}, "identityProviders": {"google": OTHER, "apple": apple}}
    set_all_config({"ciam:appleKey": "in clear"})
    try:
        with pytest.raises(SettingsError) as error:
            parse_settings(configuration, config=pulumi.Config("ciam"))
    finally:
        set_all_config({})

    assert [str(problem) for problem in error.value.problems] == [
        (
            'ciam:identityProviders.google.clientSecret.config: given "googleClientSecret", which '
            "is not set; needed: pulumi config set --secret ciam:googleClientSecret"
        ),
        (
            'ciam:identityProviders.apple.privateKey.config: given "appleKey", which is set in '
            "clear; needed: pulumi config set --secret ciam:appleKey"
        ),
    ]


def test_a_secret_of_the_settings_is_read_as_a_secret() -> None:
    """From the key that the settings name; it reaches the resource as one."""
    set_all_config(
        {
            "ciam:apis": "{}",
            "ciam:identityProviders": f'{{"google": {OTHER}}}'.replace("'", '"'),
            "ciam:googleClientSecret": "hunter2",
        },
        ["ciam:googleClientSecret"],
    )

    def program() -> object:
        args = customer_tenant_args(read_settings(pulumi.Config("ciam")), ORGANIZATION)
        (one,) = args.identity_providers.values()
        assert isinstance(one, GoogleArgs)
        return [CustomerTenant("tenant", args).outputs, one.client_secret]

    try:
        made = deploy(program)
    finally:
        set_all_config({})

    assert made.outputs[1] == Secret("hunter2")
    assert made["SocialIdentityProvider", "tenant-google"].secret_outputs == ("clientSecret",)
