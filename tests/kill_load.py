"""Writers who load a tenant until it is killed, and remember what it has acknowledged to them."""

from __future__ import annotations

import ssl
import threading
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from localtenant.odata.types import Json
from localtenant.testing import Ready


@dataclass
class Written:
    """An application as its writer knows it: what was acknowledged, and what perhaps was done."""

    name: str
    """The beginning of its display name, by which it is found."""

    id: str = ""
    app_id: str = ""
    display_names: set[str] = field(default_factory=set[str])
    """The one that was acknowledged; while a change of it was under way, that one too."""

    key_ids: set[str] = field(default_factory=set[str])
    principal: str = ""
    deleted: bool = False
    under_way: str = ""
    """What was asked and not yet answered: ``POST``, ``PATCH``, … and its path's last word."""

    def differences(self, found: Json | None, principal: Json | None, binned: set[str]) -> str:
        """How the tenant differs from what was acknowledged; empty if it does not.

        ``found`` and ``principal`` are the tenant's objects, ``binned`` the deleted items' IDs.
        """
        if not self.id:
            return ""  # Whether it was made, nobody was told.
        if found is None:
            fits = self.id in binned and (self.deleted or self.under_way == "DELETE")
            return "" if fits else "it is gone"
        keys = {one["keyId"] for one in found["passwordCredentials"]}
        asked_for = len(self.key_ids) + (self.under_way == "addPassword")
        wrong = {
            "it is not deleted": self.deleted,
            f"its secrets are {keys}": not self.key_ids <= keys or len(keys) > asked_for,
            f"its name is {found['displayName']}": found["displayName"] not in self.display_names,
            "its service principal is gone": bool(self.principal)
            and (principal is None or principal["id"] != self.principal),
        }
        return ", ".join(words for words, is_so in wrong.items() if is_so)


class Writer(threading.Thread):
    """Makes applications with everything that belongs to them, until the tenant does not answer."""

    def __init__(
        self, name: str, ready: Ready, token: str, acknowledged: threading.Semaphore
    ) -> None:
        """Write objects whose names begin with ``name``; each answer releases ``acknowledged``."""
        super().__init__(daemon=True)
        self.written: list[Written] = []
        self.refusal = ""
        """An answer that is no success, which is never right."""

        self._name = name
        self._acknowledged = acknowledged
        trust = ssl.create_default_context(cafile=ready.caFile)
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=f"{ready.url}/v1.0", verify=trust, headers=headers)

    def run(self) -> None:
        """Write until the connection breaks."""
        try:
            for number in count():
                one = Written(f"{self._name}n{number}")
                self.written.append(one)
                self._write(one, number)
        except httpx.TransportError:
            pass  # The tenant was killed.
        except httpx.HTTPStatusError as error:
            self.refusal = f"{error.request.method} {error.request.url} {error.response.text}"
        self._http.close()

    def _write(self, one: Written, number: int) -> None:
        body = {"displayName": one.name, "signInAudience": "AzureADMyOrg"}
        made = self._ask(one, "POST", "/applications", body)
        one.display_names = {one.name}
        one.app_id, one.id = made["appId"], made["id"]
        path = f"/applications/{one.id}"
        one.principal = self._ask(one, "POST", "/servicePrincipals", {"appId": one.app_id})["id"]
        for _ in range(2):
            made = self._ask(one, "POST", f"{path}/addPassword", {"passwordCredential": {}})
            one.key_ids.add(made["keyId"])
        changed = f"{one.name} changed"
        one.display_names.add(changed)
        self._ask(one, "PATCH", path, {"displayName": changed})
        one.display_names = {changed}
        if number % 2:
            self._ask(one, "DELETE", path)
            one.deleted = True

    def _ask(self, one: Written, method: str, path: str, body: Json | None = None) -> Any:
        action = path.rpartition("/")[2]
        one.under_way = action if method == "POST" else method
        answer = self._http.request(method, path, json=body)
        answer.raise_for_status()
        one.under_way = ""
        self._acknowledged.release()
        return answer.json() if answer.content else {}
