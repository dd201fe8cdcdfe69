"""The Pulumi program: the outputs of a tenant's stack -> the files that its applications read."""

from __future__ import annotations

import pulumi

from formats import app_service, appsettings, dotenv, kubernetes
from tenant_stack import TenantStack
from text_file import TextFile


def main() -> None:
    """Declare the files of one client and, where one is chosen, of one API."""
    config = pulumi.Config()
    tenant = TenantStack(config.require("tenantStack"))
    files = of_client(config, tenant, config.require("client"))
    api = config.get("api")
    if api:
        files += of_api(config, tenant, api)
    pulumi.export("files", [file.path for file in files])
    pulumi.export(
        "secretExpires",
        tenant.client(config.require("client")).apply(lambda client: client.secret_expires),
    )


def of_client(config: pulumi.Config, tenant: TenantStack, key: str) -> list[TextFile]:
    """The environment of the Node application: as `.env`, in Kubernetes, in App Service."""
    folder = config.require("folder")
    place = kubernetes.place(config.require("kubernetesNamespace"), key, "client")
    variables, secrets = tenant.environment(key), tenant.secret_environment(key)
    everything = pulumi.Output.all(variables, secrets).apply(lambda both: {**both[0], **both[1]})
    return [
        TextFile(".env", f"{folder}/.env", everything.apply(dotenv.render), is_secret=True),
        TextFile(
            "client.configmap.yaml",
            f"{folder}/client.configmap.yaml",
            variables.apply(lambda data: kubernetes.config_map(place, data)),
        ),
        TextFile(
            "client.secret.yaml",
            f"{folder}/client.secret.yaml",
            secrets.apply(lambda data: kubernetes.secret(place, data)),
            is_secret=True,
        ),
        TextFile(
            "client.appservice.json",
            f"{folder}/client.appservice.json",
            everything.apply(app_service.render),
            is_secret=True,
        ),
    ]


def of_api(config: pulumi.Config, tenant: TenantStack, key: str) -> list[TextFile]:
    """The settings of the .NET API: `appsettings.json`, or the same as environment variables."""
    folder = config.require("folder")
    place = kubernetes.place(config.require("kubernetesNamespace"), key, "api")
    settings = pulumi.Output.all(tenant.tenant(), tenant.api(key)).apply(
        lambda both: appsettings.settings(*both)
    )
    variables = settings.apply(appsettings.variables)
    return [
        TextFile(
            "appsettings.json", f"{folder}/appsettings.json", settings.apply(appsettings.render)
        ),
        TextFile(
            "api.configmap.yaml",
            f"{folder}/api.configmap.yaml",
            variables.apply(lambda data: kubernetes.config_map(place, data)),
        ),
        TextFile(
            "api.appservice.json",
            f"{folder}/api.appservice.json",
            variables.apply(app_service.render),
        ),
    ]


main()
