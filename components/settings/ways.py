"""Checks of what user flows ask for and offer, and of what the whole tenant allows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from components.settings.enums import BuiltInAttribute, BuiltInIdentityProvider
from components.settings.identity_provider import is_id
from components.settings.parts import Found, Names, Parts
from components.settings.problems import MISSPELT, Location, given, nearest, one_of
from components.settings.user_attribute import INPUT_TYPES
from components.settings.uses import check_client, unique


def check_ways(parts: Parts, names: Names) -> Iterator[Found]:
    """Every problem of ways to sign in and of what sign-up asks for."""
    for key, flow in parts.user_flows.items():
        for at, one in enumerate(flow.attributes or ()):
            yield from _attribute(("user_flows", key, "attributes", at), one, parts, names)
        for at, one in enumerate(flow.identity_providers):
            place = ("user_flows", key, "identity_providers", at)
            yield from _identity_provider(place, one, parts, names)
    yield from _one_of_each(parts)
    yield from _password_reset(parts, names)
    yield from _second_factor(parts, names)


def _attribute(
    place: Location,
    asked: Any,  # noqa: ANN401 -- settings or Args
    parts: Parts,
    names: Names,
) -> Iterator[Found]:
    """Hold an attribute against the keys that there are, and its input against its type.

    An id that resembles nothing passes: tenants have ids of their own, and Graph decides.
    """
    name = asked.attribute
    if not isinstance(name, str):
        return
    known = [*BuiltInAttribute, *(names.attributes or ())]
    if name not in known:
        if hint := nearest(name, known, MISSPELT):
            yield (*place, "attribute"), f"{given(name)}; allowed: the id of an attribute{hint}"
        return
    if name not in parts.attributes:
        return
    kind = parts.attributes[name].data_type
    fitting = INPUT_TYPES.get(kind, ())
    if fitting and isinstance(asked.input_type, str) and asked.input_type not in fitting:
        yield (
            (*place, "input_type"),
            f"{given(asked.input_type)}, which does not fit a {kind.value}; "
            + one_of(fitting, "an input type"),
        )


def _identity_provider(
    place: Location, name: object, parts: Parts, names: Names
) -> Iterator[Found]:
    if not isinstance(name, str):
        return
    if name == BuiltInIdentityProvider.EMAIL_ONE_TIME_PASSCODE:
        if getattr(parts.sign_in, "email_one_time_passcode", None) is False:
            yield (
                place,
                (
                    f"{given(name)}, while {names.root}{_sign_in(names)} is false; "
                    "allowed: a way to sign in that the tenant allows"
                ),
            )
        return
    keys = names.identity_providers
    if is_id(name) or keys is None or name in keys:
        return
    hint = nearest(name, [*keys, *BuiltInIdentityProvider])
    allowed = one_of(keys, f"a key of {names.root}{_section(names)}")
    yield (
        place,
        (
            f"{given(name)}, an unknown identity provider{hint}; {allowed}, "
            "or the id of one that the tenant has, such as EmailPassword-OAUTH"
        ),
    )


def _one_of_each(parts: Parts) -> Iterator[Found]:
    """Graph keeps one Google, Facebook and Apple; issuers and attributes are known by name."""
    providers = parts.identity_providers
    own: Mapping[str, Any] = {
        key: one for key, one in providers.items() if one.type == "openIdConnect"
    }
    yield from unique(
        (
            (("identity_providers", key, "type"), one.type)
            for key, one in providers.items()
            if key not in own
        ),
        "one identity provider of that type",
    )
    for section, entries in (("identity_providers", own), ("attributes", parts.attributes)):
        yield from unique(
            (
                ((section, key, "display_name"), key if name is None else name)
                for key, name in ((key, one.display_name) for key, one in entries.items())
            ),
            "a name that no other has",
        )


def _password_reset(parts: Parts, names: Names) -> Iterator[Found]:
    """A password is reset by the email passcode."""
    passcode = getattr(parts.sign_in, "email_one_time_passcode", None)
    if passcode is False and getattr(parts.sign_in, "password_reset", None) is True:
        yield (
            ("sign_in", "password_reset"),
            (
                f"{given(value=True)}, while {names.root}{_sign_in(names)} is false; "
                "allowed: false, because customers reset passwords by a passcode sent by email"
            ),
        )


def _second_factor(parts: Parts, names: Names) -> Iterator[Found]:
    second = getattr(parts.sign_in, "multi_factor", None)
    for at, client in enumerate(getattr(second, "clients", None) or ()):
        place = ("sign_in", "multi_factor", "clients", at)
        yield from check_client(place, client, parts.clients, names)


def _section(names: Names) -> str:
    return "identityProviders" if names.root else "identity_providers"


def _sign_in(names: Names) -> str:
    return "signIn.emailOneTimePasscode" if names.root else "sign_in.email_one_time_passcode"
