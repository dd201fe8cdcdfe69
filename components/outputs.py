"""The stack outputs: the contract with other stacks and with people's scripts.

They are plain mappings of single outputs, so that a preview shows what is already known. They only
ever grow; `contractVersion` changes when something is taken away or changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from components.client import Client
from components.environment import api_environment, environment, secret_environment
from components.sign_in import SignIn
from components.sign_up_flow import SignUpFlow
from components.ways import Ways
from components.web_api import WebApi

CONTRACT_VERSION: Final = 1


def stack_outputs(
    at: SignIn,
    apis: Mapping[str, WebApi],
    clients: Mapping[str, Client],
    user_flows: Mapping[str, SignUpFlow],
    ways: Ways,
) -> dict[str, object]:
    """Every output by name; keys below them are those of the configuration."""
    return {
        "contractVersion": CONTRACT_VERSION,
        "tenant": {
            "tenantId": at.tenant_id,
            "subdomain": at.subdomain,
            "authority": at.authority,
            "issuer": at.issuer,
            "openIdConfiguration": at.open_id_configuration,
        },
        "apis": {key: _api(api) for key, api in apis.items()},
        "clients": {key: _client(client) for key, client in clients.items()},
        **_secrets("client", clients),
        **_secrets("api", apis),
        "userFlows": {key: _user_flow(flow) for key, flow in user_flows.items()},
        "attributes": {key: one.attribute_id for key, one in ways.attributes.items()},
        "identityProviders": {key: one.provider_id for key, one in ways.identity_providers.items()},
        # Apart from those of the clients: an API and a client may have the same key.
        "apiEnvironments": {key: api_environment(api, at) for key, api in apis.items()},
        "environments": {key: environment(client, at) for key, client in clients.items()},
        "environmentSecrets": {key: secret_environment(client) for key, client in clients.items()},
    }


def _secrets(whose: str, those: Mapping[str, Client] | Mapping[str, WebApi]) -> dict[str, object]:
    """The secrets of those that have one, and the ones before them where they are kept."""
    now = {key: one.client_secret for key, one in those.items()}
    before = {key: one.previous_client_secret for key, one in those.items()}
    return {
        f"{whose}Secrets": {key: one for key, one in now.items() if one is not None},
        f"previous{whose.capitalize()}Secrets": {
            key: one for key, one in before.items() if one is not None
        },
    }


def _api(api: WebApi) -> dict[str, object]:
    return {
        "clientId": api.client_id,
        "objectId": api.object_id,
        "servicePrincipalId": api.service_principal_id,
        "identifierUri": api.identifier_uri,
        "scopes": api.scopes,
        "roles": api.roles,
        **_expiry(api),
    }


def _client(client: Client) -> dict[str, object]:
    return {
        "kind": client.kind,
        "clientId": client.client_id,
        "objectId": client.object_id,
        "servicePrincipalId": client.service_principal_id,
        "redirectUris": client.redirect_uris,
        **_expiry(client),
    }


def _expiry(one: Client | WebApi) -> dict[str, object]:
    return {} if one.secret_expires is None else {"secretExpires": one.secret_expires}


def _user_flow(flow: SignUpFlow) -> dict[str, object]:
    return {
        "id": flow.flow_id,
        "displayName": flow.display_name,
        "applications": flow.applications,
    }
