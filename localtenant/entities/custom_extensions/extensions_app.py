"""The application of Microsoft that calls extensions, without which parts of a tenant do not work.

Captured several times in External ID tenants (Microsoft Q&A 2277722 and 5669324, an issue of
microsoft/woodgrove-groceries): while the tenant has no service principal of "Azure Active Directory
Authentication Extensions", making an extension or an identity provider fails with AADB2C90063.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.principals.first_party import AUTHENTICATION_EXTENSIONS
from localtenant.odata.errors import GraphError

if TYPE_CHECKING:
    from localtenant.odata.call import Call

NEEDS_EXTENSIONS_APP = (
    "AADB2C90063 always while the tenant has no service principal of Azure Active Directory "
    "Authentication Extensions; it is reported of several tenants, not of all"
)
"""What this tenant knowingly does otherwise, for the tables of operations."""


def check_extensions_app(call: Call) -> None:
    """400 while the service principal of Authentication Extensions is absent.

    Code and text are captured; of the status, 400 and 500 are reported.
    """
    if call.tx.lookup("servicePrincipal", "appId", AUTHENTICATION_EXTENSIONS) is None:
        raise GraphError(400, "AADB2C90063", "There is a problem with the service.")
