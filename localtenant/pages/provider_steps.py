"""What follows from another provider's word: a customer signs in, or signs up, or neither.

That who comes from a provider is not asked whether to stay signed in is our own choice.
"""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from localtenant.pages import accounts, outcomes, proof, sign_up_steps
from localtenant.signin.account_names import preferred_name
from localtenant.signin.errors import SignInError
from localtenant.signin.grant_errors import user_disabled
from localtenant.upstream import errors

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.pages.conversation import Visit
    from localtenant.tenant import Tenant
    from localtenant.upstream.customers import Vouched
    from localtenant.upstream.providers import Provider


def come(visit: Visit, provider: Provider, who: Vouched) -> Response:
    """Sign in whom the provider vouches for, or lead a new customer on to his attributes."""
    user = accounts.find_federated(visit.tx, provider.issuer, who.subject)
    if user is not None:
        if user["accountEnabled"] is False:
            return refuse(visit, user_disabled())
        # What was entered before may be somebody else's, whose failures are not to be forgotten.
        proof.start(visit, preferred_name(user))
        return proof.finish(visit, user["id"], [proof.FEDERATED], idp=provider.issuer)
    if not visit.flow.open:
        return sign_up_steps.refuse(visit)
    try:
        email = _address(visit, who)
    except SignInError as error:
        return refuse(visit, error)
    learned = {
        "name": provider.name,
        "issuer": provider.issuer,
        "subject": who.subject,
        "values": who.values,
    }
    proof.start(visit, email, vouched=learned)
    # What was learned fills in the fields of the flow, which this visit has already read.
    return sign_up_steps.vouched(replace(visit))


def _address(visit: Visit, who: Vouched) -> str:
    """The address of a new customer, empty if he needs none. Raises SignInError."""
    if who.email is None or not who.verified:
        if visit.flow.email_required:
            raise errors.email_missing() if who.email is None else errors.email_unverified()
        return ""
    if accounts.find(visit.tenant, visit.tx, who.email):
        raise errors.email_taken()
    return who.email


def refuse(visit: Visit, error: SignInError) -> Response:
    """The page that tells a customer what went wrong at a provider, and leads back."""
    return visit.show(
        "provider_error",
        {"": f"AADSTS{error.number}: {error.text}"},
        details=outcomes.details(visit.interaction.request.correlation_id),
    )


def not_here(visit: Visit, provider: Provider) -> Response:
    """The page that tells whoever runs the local tenant how to have a provider on this machine.

    It is shown in the place of a page of the provider's own, which nobody asks for anything.
    """
    folder = visit.tenant.store.folder
    other = "stand-in" if provider.is_custom else f"stand-in-{provider.kind}"
    return visit.show(
        "elsewhere",
        provider=provider,
        name=shlex.quote(provider.stood_in_as),
        python=_shown(Path(sys.executable), "python"),
        state=_shown(folder),
        other=_shown(folder.with_name(other)),
    )


def _shown(path: Path, elsewhere: str | None = None) -> str:
    """A path for a shell, as whoever has started the tenant would name it where he did."""
    here = Path.cwd()
    known = str(path.relative_to(here)) if path.is_relative_to(here) else elsewhere or str(path)
    return shlex.quote(known)


def redirect_uri(tenant: Tenant) -> str:
    """The tenant's address that every provider is given, as the browser reached it."""
    return f"{tenant.url}/{tenant.tenant_id}/federation/oauth2"
