"""From a request to the conversation that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from localtenant.pages import outcomes
from localtenant.pages.conversation import Visit
from localtenant.pages.languages import accepted
from localtenant.signin import interactions
from localtenant.signin.errors import tenant_not_found
from localtenant.signin.interactions import InteractionError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.pages.forms import Form
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction


class NotOpenedError(Exception):
    """A request belongs to no conversation; ``answer`` says so to the browser."""

    def __init__(self, answer: Response) -> None:
        """Answer in this way."""
        super().__init__()
        self.answer = answer


def opened(
    tenant: Tenant, tx: Transaction, request: Request, key: str, form: Form | None = None
) -> Visit:
    """The visit of the interaction with the ID ``key``. Raises NotOpenedError."""
    name, accepts = request.path_params["tenant"], accepted(request)
    if not tenant.is_named(name):
        error = tenant_not_found(name, discovery=False)
        raise NotOpenedError(outcomes.error_page(tenant, tx, error, accepts=accepts))
    try:
        interaction = interactions.load(tx, key, request.cookies)
    except InteractionError as error:
        raise NotOpenedError(outcomes.over_page(tenant, tx, accepts)) from error
    request.state.client_id = interaction.request.client_id
    place = f"/{quote(name)}/signin/{quote(key)}"
    return Visit(tenant, tx, interaction, form, place, accepts)
