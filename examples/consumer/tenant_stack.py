"""The stack that holds the tenant, as this program's outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import pulumi

from contract import PUBLIC, SECRET, Api, Client, Contract, ContractError, Tenant


class TenantStack:
    """A stack of the project `ciam`, read through a StackReference.

    What is read is known in a preview already. Only `secret_environment` is a secret: Pulumi would
    make a secret of everything that comes out of `StackReference.outputs`.
    """

    def __init__(self, name: str) -> None:
        """Read the stack of that full name: `organization/ciam/local`, `acme/ciam/prod`."""
        _require(name)
        reference = pulumi.StackReference(name)
        # The names of the outputs are no secret, whatever some of them hold.
        names = pulumi.Output.unsecret(reference.outputs.apply(list))
        values = pulumi.Output.all(*(reference.get_output(output) for output in PUBLIC))

        def contract(read: list[list[str]]) -> Contract:
            there, found = read
            known: dict[str, object] = dict(zip(PUBLIC, found, strict=True))
            return Contract(name, {output: known.get(output) for output in there})

        def with_secrets(read: list[object]) -> Contract:
            public, secret = cast("tuple[Contract, object]", read)
            if SECRET not in public.outputs:
                return public
            return Contract(name, {**public.outputs, SECRET: secret})

        self._public = pulumi.Output.all(names, values).apply(contract)
        self._secret = pulumi.Output.all(self._public, reference.get_output(SECRET)).apply(
            with_secrets
        )

    def tenant(self) -> pulumi.Output[Tenant]:
        """The tenant."""
        return self._public.apply(lambda contract: contract.tenant())

    def api(self, key: str) -> pulumi.Output[Api]:
        """The API of that key in `ciam:apis`."""
        return self._public.apply(lambda contract: contract.api(key))

    def client(self, key: str) -> pulumi.Output[Client]:
        """The client of that key in `ciam:clients`."""
        return self._public.apply(lambda contract: contract.client(key))

    def environment(self, client: str) -> pulumi.Output[Mapping[str, str]]:
        """The environment variables of that client that are not secret."""
        return self._public.apply(lambda contract: contract.environment(client))

    def secret_environment(self, client: str) -> pulumi.Output[Mapping[str, str]]:
        """Those that are; a secret."""
        return self._secret.apply(lambda contract: contract.secret_environment(client))


def _require(name: str) -> None:
    """Raise ContractError for a stack that cannot be read.

    A StackReference to it would end the run with the engine's words alone. This is the function
    that StackReferences are made of; it answers the program.
    """
    try:
        pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", {"name": name})
    except Exception as error:  # the SDK raises nothing narrower
        why = str(error).rpartition("returned an error: ")[2]
        raise ContractError(
            f"could not read the stack {name}: {why}. `pulumi stack ls --all` lists the stacks of "
            "this backend, `pulumi config set tenantStack NAME` chooses one"
        ) from error
