"""The names and the port by which clients reach the tenant.

Whatever the names, it listens on the loopback interface only: a further name reaches it where this
machine's own hosts file says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from localtenant.errors import LocalTenantError

LOCAL_NAMES = ("localhost", "127.0.0.1", "[::1]")
"""The names that lead to this machine on every machine, as they stand in a URL."""

_HTTPS = 443
_LONGEST_NAME = 253
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


class HostNameError(LocalTenantError):
    """A text that cannot be a host name of the tenant; the text is for the reader."""


@dataclass(frozen=True)
class Addresses:
    """The port that the tenant listens on, and the host names that it has beside localhost's."""

    port: int
    aliases: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The tenant's own address, without a trailing slash and without the port 443."""
        return f"https://localhost{'' if self.port == _HTTPS else f':{self.port}'}"

    @cached_property
    def local(self) -> frozenset[str]:
        """The addresses whose names lead to this machine on every machine."""
        return self._of(LOCAL_NAMES)

    @cached_property
    def origins(self) -> frozenset[str]:
        """Every address under which a client may reach the tenant.

        They are there without a port, too: another program may hand port 443 on to the tenant's.
        """
        return self.local | self._of(self.aliases)

    def _of(self, names: tuple[str, ...]) -> frozenset[str]:
        return frozenset(f"https://{n}{p}" for n in names for p in ("", f":{self.port}"))


def claimed_origin(host: str) -> str:
    """The address that a request's ``Host`` header stands for, in lower case."""
    return f"https://{host}".lower().removesuffix(f":{_HTTPS}")


def host_name(text: str) -> str:
    """A host name in lower case. Raises :class:`HostNameError` for anything else.

    Addresses, wildcards, ports and names that are not in their ASCII form are refused.
    """
    name = text.lower()
    labels = name.split(".")
    if (
        len(name) > _LONGEST_NAME
        or not all(_LABEL.fullmatch(label) for label in labels)
        or labels[-1].isdigit()
    ):
        message = (
            f"--alias-host wants a host name such as contoso.ciamlogin.com, not '{text}': no "
            "wildcard, no address, no port, and letters beyond ASCII as xn--…"
        )
        raise HostNameError(message)
    return name
