"""The stack outputs: the contract with other stacks and with people's scripts.

They are plain mappings of single outputs, so that a preview shows what is already known. They only
ever grow; `contractVersion` changes when something is taken away or changes its meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from components.clients import Client
from components.environment import api_environment, environment, secret_environment
from components.sign_in import SignIn
from components.sign_up_flow import SignUpFlow
from components.web_api import WebApi

CONTRACT_VERSION: Final = 1


def stack_outputs(
    at: SignIn,
    apis: Mapping[str, WebApi],
    clients: Mapping[str, Client],
    user_flows: Mapping[str, SignUpFlow],
) -> dict[str, object]:
    """Every output by name; keys of apis, clients and user flows are those of the configuration."""
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
        "clientSecrets": {key: client.client_secret for key, client in clients.items()},
        "previousClientSecrets": {
            key: client.previous_client_secret
            for key, client in clients.items()
            if client.previous_client_secret is not None
        },
        "userFlows": {key: _user_flow(flow) for key, flow in user_flows.items()},
        # Apart from those of the clients: an API and a client may have the same key.
        "apiEnvironments": {key: api_environment(api, at) for key, api in apis.items()},
        "environments": {key: environment(client, at) for key, client in clients.items()},
        "environmentSecrets": {key: secret_environment(client) for key, client in clients.items()},
    }


def _api(api: WebApi) -> dict[str, object]:
    return {
        "clientId": api.client_id,
        "objectId": api.object_id,
        "servicePrincipalId": api.service_principal_id,
        "identifierUri": api.identifier_uri,
        "scopes": api.scopes,
        "roles": api.roles,
    }


def _client(client: Client) -> dict[str, object]:
    return {
        "kind": client.kind,
        "clientId": client.client_id,
        "objectId": client.object_id,
        "servicePrincipalId": client.service_principal_id,
        "redirectUris": client.redirect_uris,
        "secretExpires": client.secret_expires,
    }


def _user_flow(flow: SignUpFlow) -> dict[str, object]:
    return {
        "id": flow.flow_id,
        "displayName": flow.display_name,
        "applications": flow.applications,
    }
