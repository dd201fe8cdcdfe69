"""The contract of the project `ciam`: what its stack outputs hold, read and checked.

Nothing here knows of Pulumi but for the error that it shows without a traceback, so another program
can take the module as it is. Every error names the stack, what is wrong, what there is instead and
what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final, cast

import pulumi

VERSION: Final = 1
"""The `contractVersion` that this module reads. Versions only change when something is taken away
or changes its meaning.
"""

PUBLIC: Final = ("contractVersion", "tenant", "apis", "clients", "environments")
"""The outputs that hold no secret, of those that are read."""

SECRET: Final = "environmentSecrets"  # noqa: S105 - the name of an output
"""The one that does."""


_KINDS: Final[dict[type, str]] = {
    type(None): "missing",
    str: "a text",
    dict: "a mapping",
    list: "a list",
    int: "a number",
    float: "a number",
}


class ContractError(pulumi.RunError):
    """The stack's outputs are not what this program needs; the message is for its user."""


@dataclass(frozen=True)
class Tenant:
    """The tenant as its applications see it."""

    tenant_id: str
    instance: str
    """The sign-in host, `https://{host}/`: what .NET calls `Instance`."""


@dataclass(frozen=True)
class Api:
    """An API that clients call."""

    client_id: str
    scopes: Mapping[str, str]
    """The full name of each scope, by value."""
    roles: Mapping[str, str]
    """The ID of each app role, by value."""


@dataclass(frozen=True)
class Client:
    """An application that signs customers in."""

    client_id: str
    secret_expires: str | None
    """When its secret ends: RFC 3339, UTC; None for a client without one."""


@dataclass(frozen=True)
class Contract:
    """The outputs of one stack; `outputs` may lack what nobody asks for."""

    stack: str
    """Its full name, such as `organization/ciam/local`."""
    outputs: Mapping[str, object]

    def __post_init__(self) -> None:
        """Refuse a stack that is no tenant of a version that is known. Raises ContractError."""
        if not self.outputs:
            raise self._error(
                "has no outputs: run `pulumi up` in it first, and look with "
                f"`pulumi stack output --stack {self.stack}`"
            )
        version = self._output("contractVersion")
        if version != VERSION:
            raise self._error(
                f"follows contract version {_shown(version)}, and this program reads version "
                f"{VERSION}: take the one that comes with the release of `ciam` that was deployed"
            )

    def tenant(self) -> Tenant:
        """The tenant. Raises ContractError, as all these do."""
        at = "tenant"
        found = self._mapping(self._output(at), at)
        tenant_id = self._text(found, "tenantId", at)
        authority = self._text(found, "authority", at)
        instance, separator, _ = authority.partition(f"{tenant_id}/")
        if not separator:
            raise self._error(
                f"has an output `tenant.authority` that does not hold the tenant ID: {authority}"
            )
        return Tenant(tenant_id, instance)

    def api(self, key: str) -> Api:
        """The API of that key."""
        found, at = self._entry("apis", key, "API", "api")
        return Api(
            self._text(found, "clientId", at),
            self._texts(found.get("scopes"), f"{at}.scopes"),
            self._texts(found.get("roles"), f"{at}.roles"),
        )

    def client(self, key: str) -> Client:
        """The client of that key."""
        found, at = self._entry("clients", key, "client", "client")
        has_secret = found.get("secretExpires") is not None
        expires = self._text(found, "secretExpires", at) if has_secret else None
        return Client(self._text(found, "clientId", at), expires)

    def environment(self, key: str) -> dict[str, str]:
        """The environment variables that are not secret of the client of that key."""
        self.client(key)
        found, at = self._entry("environments", key, "client", "client")
        return self._texts(found, at)

    def secret_environment(self, key: str) -> dict[str, str]:
        """The environment variables that are secret; none for a client without a secret."""
        at = f"{SECRET}.{key}"
        section = self._mapping(self._output(SECRET), SECRET)
        found = self._mapping(section.get(key, {}), at)
        # The engine puts an empty mapping in the place of what it could not decrypt, be it a value
        # or the whole output.
        has_secret = self.client(key).secret_expires is not None
        if {} in found.values() or (has_secret and not found):
            raise self._error(
                f"has secrets that could not be decrypted (`{at}`): this run needs the secrets "
                "provider of that stack, which with passphrases means the same "
                "PULUMI_CONFIG_PASSPHRASE for both"
            )
        return self._texts(found, at)

    def _output(self, name: str) -> object:
        if name not in self.outputs:
            raise self._error(
                f"has no output `{name}`: {_choice(name, self.outputs)}; is it of the project "
                "`ciam`, and did `pulumi up` run in it since the last upgrade?"
            )
        return self.outputs[name]

    def _entry(
        self, output: str, key: str, kind: str, setting: str
    ) -> tuple[Mapping[str, object], str]:
        section = self._mapping(self._output(output), output)
        if key not in section:
            advice = f"`pulumi config set {setting} KEY` chooses one" if section else "it has none"
            choice = f"{_choice(key, section)}; " if section else ""
            raise self._error(f"has no {kind} `{key}` in `{output}`: {choice}{advice}")
        return self._mapping(section[key], f"{output}.{key}"), f"{output}.{key}"

    def _mapping(self, value: object, at: str) -> Mapping[str, object]:
        if not isinstance(value, Mapping):
            raise self._shape(at, "a mapping", value)
        return cast("Mapping[str, object]", value)

    def _texts(self, value: object, at: str) -> dict[str, str]:
        found = self._mapping(value, at)
        # The engine hands mappings out in another order each time: unsorted, every run would change
        # every file.
        return {name: self._text(found, name, at) for name in sorted(found)}

    def _text(self, found: Mapping[str, object], name: str, at: str) -> str:
        value = found.get(name)
        if not isinstance(value, str):
            raise self._shape(f"{at}.{name}", "a text", value)
        return value

    def _shape(self, at: str, wanted: str, value: object) -> ContractError:
        # Never the value: it may be a secret.
        kind = _KINDS.get(type(value), "something else")
        return self._error(
            f"has an output `{at}` that should be {wanted} and is {kind}: that is not contract "
            f"version {VERSION}"
        )

    def _error(self, what: str) -> ContractError:
        return ContractError(f"the stack {self.stack} {what}")


def _shown(version: object) -> str:
    whole = isinstance(version, float) and version.is_integer()
    return str(int(cast("float", version)) if whole else version)


def _choice(wanted: str, there: Iterable[str]) -> str:
    """What there is instead, the nearest first."""
    names = sorted(there)
    near = get_close_matches(wanted, names, n=1)
    has = f"it has {', '.join(names)}"
    return f"did you mean `{near[0]}`? {has}" if near else has
