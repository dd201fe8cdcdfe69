"""The page that shows a browser an error for which there is no application to tell it to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.pages import outcomes

if TYPE_CHECKING:
    from starlette.responses import Response

    from localtenant.signin.authorization import PageError
    from localtenant.tenant import Tenant


def error_page(tenant: Tenant, shown: PageError, accepts: str = "") -> Response:
    """The page for an error, with the IDs by which Entra's support would look it up.

    ``accepts`` are the languages of the browser, an ``Accept-Language``.
    """
    with tenant.store.read() as tx:
        return outcomes.error_page(tenant, tx, shown.error, shown.correlation_id, accepts=accepts)
