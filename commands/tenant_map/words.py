"""How a map puts things: the words that its picture, its Mermaid text and its description share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from commands.tenant_map.model import Api, Client, Flow, Map, Permission

SOON: Final = timedelta(days=30)
"""A credential that ends within this time is warned of."""

_KINDS: Final = {
    "webApp": "web app",
    "singlePageApp": "single-page app",
    "nativeApp": "native app",
    "daemonApp": "daemon app",
}
_WITH_SECRET: Final = ("webApp", "daemonApp")
_WITHOUT_USERS: Final = ("daemonApp",)

_PROVIDERS: Final = {
    "EmailPassword-OAUTH": "email with password",
    "EmailOtpSignup-OAUTH": "email one-time passcode",
    "Google-OAUTH": "Google",
    "Facebook-OAUTH": "Facebook",
    "Apple-Managed-OIDC": "Apple",
}

GONE: Final = "no longer in the tenant"
CONSENT_MISSING: Final = "consent missing"


@dataclass(frozen=True)
class Note:
    """Something to know about an object; a warning asks for something to be done."""

    text: str
    warns: bool = False


def kind(client: Client) -> str:
    """What kind of application it is; a kind that has no words here is named as it is."""
    return _KINDS.get(client.kind, client.kind)


def provider(identifier: str) -> str:
    """What to call an identity provider."""
    return _PROVIDERS.get(identifier, identifier)


def permission(one: Permission) -> str:
    """A scope or an app role, and whether it is off."""
    return one.value if one.enabled else f"{one.value} (disabled)"


def purpose(flow: Flow) -> str:
    """What the flow lets people do."""
    return "sign-up and sign-in" if flow.sign_up_allowed else "sign-in only"


def others(flow: Flow) -> str | None:
    """How many applications it serves that are not on the map."""
    return f"and {counted(flow.others, 'other application')}" if flow.others else None


def client_notes(client: Client, flows: Sequence[Flow], now: datetime) -> list[Note]:
    """What is to be known of a client: whether it exists, its credentials, if users can sign in."""
    if not client.exists:
        return existence(client)
    notes = credentials(client, now)
    flowless = not any(client.key in flow.clients for flow in flows)
    if flowless and client.kind not in _WITHOUT_USERS:
        notes.append(Note("in no user flow", warns=True))
    return notes


def existence(one: Flow | Client | Api) -> list[Note]:
    """A warning where the tenant has the object no longer."""
    return [] if one.exists else [Note(GONE, warns=True)]


def credentials(client: Client, now: datetime) -> list[Note]:
    """By what it proves that it is itself; nothing for a kind of client that cannot."""
    notes = [
        _last(what, ends, now)
        for what, ends in (("secret", client.secret_ends), ("certificate", client.certificate_ends))
        if ends
    ]
    if client.federated:
        notes.append(Note(counted(client.federated, "federated credential")))
    if not notes and client.kind in _WITH_SECRET:
        notes.append(Note("no credential"))
    return notes


def _last(what: str, ends: Sequence[datetime], now: datetime) -> Note:
    """When the one ends that lasts longest."""
    end, date = ends[0], ends[0].date().isoformat()
    if end <= now:
        return Note(f"{what} expired {date}", warns=True)
    if end - now < SOON:
        return Note(f"{what} ends soon: {date}", warns=True)
    kept = len(ends)
    return Note(f"{kept} {what}s, last until {date}" if kept > 1 else f"{what} until {date}")


def contents(shown: Map) -> str:
    """How much there is."""
    return ", ".join(
        (
            counted(len(shown.flows), "user flow"),
            counted(len(shown.clients), "client"),
            counted(len(shown.apis), "API"),
        )
    )


def warnings(shown: Map, now: datetime) -> list[str]:
    """What asks for something to be done, a few words each."""
    return list(_warnings(shown, now))


def _warnings(shown: Map, now: datetime) -> Iterator[str]:
    for one in (*shown.flows, *shown.apis):
        yield from (f"{one.name}: {note.text}" for note in existence(one))
    for client in shown.clients:
        for note in client_notes(client, shown.flows, now):
            if note.warns:
                yield f"{client.name}: {note.text}"
    apis = {api.key: api for api in shown.apis}
    clients = {client.key: client for client in shown.clients}
    for one in shown.accesses:
        if one.missing:
            what = f"{CONSENT_MISSING} to {', '.join(one.missing)} of {apis[one.api].name}"
            yield f"{clients[one.client].name}: {what}"


def description(shown: Map, now: datetime) -> str:
    """The map in sentences, for who cannot see it."""
    return " ".join(f"{sentence}." for sentence in _sentences(shown, now))


def _sentences(shown: Map, now: datetime) -> Iterator[str]:
    yield f"{contents(shown)}"
    names = {one.key: one.name for one in (*shown.clients, *shown.apis)}
    for flow in shown.flows:
        inside = ", ".join(names[key] for key in flow.clients) or "no client"
        yield f"User flow {flow.name} serves {inside}"
    for one in shown.accesses:
        if one.granted:
            yield f"{names[one.client]} may use {names[one.api]}: {', '.join(one.granted)}"
    yield from warnings(shown, now)


def counted(number: int, what: str) -> str:
    """`1 client`, `2 clients`, `no clients`."""
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
