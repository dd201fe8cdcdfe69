"""docs/configuration.md: every setting, from the models that check them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, cast

import yaml

from components.settings.seed import SEED
from documents.schema import stack_schema

PAGE_FILE: Final = Path(__file__).parent.parent / "docs" / "configuration.md"

Schema = Mapping[str, Any]

_INTRODUCTION: Final = """\
# Configuration

All settings of `Pulumi.<stack>.yaml`. `make documents` writes this page and
[config.schema.json](config.schema.json), by which editors complete and check the file, from the
models that check a stack's configuration; [mistakes.md](mistakes.md) has what they refuse. A
setting that is left out is left alone in the tenant or has the default given here; an empty one
(`[]`, `{}`) is made empty.

Without any of `ciam:apis`, `ciam:clients` and `ciam:userFlows` a stack makes the tenant of
Microsoft's page, which is:
"""


WAYS: Final = """\
config:
  ciam:attributes:
    loyaltyNumber: {displayName: Loyalty number}
    newsletter: {dataType: boolean}
  ciam:identityProviders:
    google:
      type: google
      clientId: 1234.apps.googleusercontent.com
      clientSecret: {config: googleClientSecret}
  ciam:signIn:
    emailOneTimePasscode: true
    passwordReset: true
    multiFactor: {emergencyAccounts: [3f2504e0-4f89-11d3-9a0c-0305e82c3301]}
  ciam:userFlows:
    customers:
      identityProviders: [EmailPassword-OAUTH, EmailOtpSignup-OAUTH, google]
      attributes:
        - {attribute: displayName, label: Your name, required: true}
        - {attribute: country, inputType: radioSingleSelect, options: [France, Norway]}
        - {attribute: loyaltyNumber, validationRegEx: "^[0-9]{8}$"}
        - newsletter
    partners:
      identityProviders: [EmailOtpSignup-OAUTH]
      userTypeToCreate: guest
"""
"""What a stack's file says of ways to sign in."""

_OF_WAYS: Final = f"""\
## Ways to sign in

Custom attributes and identity providers have keys, by which user flows name them beside the ids
that Graph knows. The secret of an identity provider never stands in the settings: they name the key
that holds it, which `pulumi config set --secret googleClientSecret` sets before.

```yaml
{WAYS}```

- Graph never gives a secret back. Another value under the key is sent with the next `pulumi up`; a
  change by somebody else is not seen.
- An identity provider that a flow names is taken out of the flow first, and then out of
  `ciam:identityProviders`; one that flows of others offer is not deleted without `forceDestroy`.
- The local tenant asks nobody who is not on this machine: another issuer
  [stands in](clients.md#other-identity-providers) for Google and the others.
- Sign-up asks for the attributes in the order in which they stand. Everything about a flow changes
  in place: references first, then the page as a whole. What customers have entered stays as it is,
  and so does what they are: `userTypeToCreate` is about those who come.
- A client is in one flow at most. One that moves to another flow is taken out of the first before
  it is put into the second, in one `pulumi up`; nobody signs up to it in between.
- An attribute's type never changes: declare another one beside it, copy the values, remove the
  first. What users have for an attribute is never lost: taken out of the settings, or with the
  stack, it stays in the tenant. With `forceDestroy`, brought out by a `pulumi up` before, it is
  deleted with all values, of which every run warns. A preview tells of how many users there are
  values that an attribute leaves or takes with it; that takes the permission `User.Read.All`, and
  without it the preview says that it could not be told.
- The service principal of Microsoft's Authentication Extensions, which Graph needs for identity
  providers, is made where the tenant has none, and stays when the stack is destroyed.
- `ciam:signIn` is about the whole tenant: destroying gives back what was there before. Only a run
  that was killed between a change and its record has not kept that; what it has set then stays.
- A second factor begins as a report (`state: reportOnly`): `GET /auditLogs/signIns` tells of each
  sign-in what the policy would have come to, on the local tenant as well, whose pages ask for the
  code once the policy is `enabled`. It is mailed, so it takes `emailOneTimePasscode: true`, and
  customers who sign in by such a passcode have no second factor.
- `passwordReset` shows or hides the links of the sign-in page. A user name (`username: true`) is
  an identity that an administrator gives an account; customers sign up with an email address.
- A whole tenant of this kind, with six clients, is [an example](../examples/many-clients/README.md).

| setting | application permission of Microsoft Graph for the deployer |
|---|---|
| `ciam:attributes` | `IdentityUserFlow.ReadWrite.All`; to count the users with values, `User.Read.All` |
| `ciam:identityProviders` | `IdentityProvider.ReadWrite.All`, and `Application.ReadWrite.All` for Microsoft's service principal |
| `emailOneTimePasscode` | `Policy.ReadWrite.AuthenticationMethod` |
| `passwordReset` | `OrganizationalBranding.ReadWrite.All` |
| `username` | `SignInIdentifier.ReadWrite.All` (beta) |
| `multiFactor` | `Policy.ReadWrite.ConditionalAccess`, `Policy.Read.All`, `Application.Read.All` |
"""  # noqa: E501 -- a table's row is one line

_WORDS: Final = {"boolean": "`true` or `false`", "integer": "whole number"}
"""What types are called that are no texts."""


def rendered() -> str:
    """The page as the file holds it."""
    return "\n".join([_INTRODUCTION, *_page(stack_schema())]) + "\n"


def _page(schema: Schema) -> Iterator[str]:
    configured = {f"ciam:{section}": value for section, value in SEED.items()}
    seed = yaml.safe_dump({"config": configured}, sort_keys=False, width=10**6)
    yield f"```yaml\n{seed}```\n"
    yield _OF_WAYS
    yield "## The keys of a stack\n"
    config = cast("Schema", schema["properties"]["config"])
    yield from _table(config, key_column="key below `config:`")
    for name in _in_reading_order(config, schema["$defs"]):
        model = cast("Schema", schema["$defs"][name])
        yield f"## {_heading(name)}\n"
        yield f"{model['description']}\n"
        yield from _table(model, key_column="setting")


def _in_reading_order(schema: Schema, models: Schema) -> list[str]:
    """The models' names, each after those that refer to it."""
    order: list[str] = []
    waiting = list(_references(schema))
    while waiting:
        name = waiting.pop(0)
        if name not in order and "properties" in models[name]:
            order.append(name)
            waiting += _references(models[name])
    return order


def _references(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, inner in cast("Schema", value).items():
            if key == "$ref":
                yield _name(inner)
            else:
                yield from _references(inner)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from _references(inner)


def _table(schema: Schema, key_column: str) -> Iterator[str]:
    required = cast("list[str]", schema.get("required", []))
    yield f"| {key_column} | value | meaning |"
    yield "|---|---|---|"
    for key, setting in cast("Schema", schema["properties"]).items():
        needed = " **Required.**" if key in required else ""
        meaning = str(setting.get("description", "")).replace("|", "\\|")
        yield f"| `{key}` | {_value(setting)} | {meaning}{needed} |"
    yield ""


def _value(schema: Schema) -> str:
    """What may stand there, in a few words."""
    match schema:
        case {"$ref": reference}:
            words = _linked(_name(reference))
        case {"anyOf": choices} | {"oneOf": choices}:
            each = [_value(one) for one in choices if one.get("type") != "null"]
            words = " or ".join(dict.fromkeys(each))
        case {"const": only}:
            words = f"`{only}`"
        case {"type": "array", "items": items}:
            words = f"list: {_value(items)}"
        case {"patternProperties": entries}:
            words = f"by key: {_value(next(iter(entries.values())))}"
        case {"type": kind}:
            words = _WORDS.get(str(kind), "text")
        case _:
            words = "text"
    return words


def _linked(name: str) -> str:
    model = cast("Schema", stack_schema()["$defs"][name])
    if "enum" in model:
        return ", ".join(f"`{one}`" for one in model["enum"])
    heading = _heading(name)
    return f"[{heading}](#{heading.lower().replace(' ', '-')})"


def _name(reference: str) -> str:
    return reference.rpartition("/")[2]


def _heading(name: str) -> str:
    """`ClientSecretSettings` as words: `Client secret`."""
    words = "".join(f" {one.lower()}" if one.isupper() else one for one in name)
    return words.strip().removesuffix(" settings").capitalize().replace(" api", " API")
