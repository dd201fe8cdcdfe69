"""What may be at the other end of a reference: owners, members, a manager."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import bad_request, not_found

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import References


def check_target(call: Call, navigation: References, target: str) -> None:
    """404 for an object that is not there, 400 for one of a type that the reference cannot name."""
    kind = call.tx.kind_of(target)
    if kind is None:
        raise not_found(target)
    if kind not in navigation.targets:
        title = call.model.filed_as(kind).type.title
        raise bad_request(
            f"The reference target '{title}_{target}' of type '{title}' is invalid for the "
            f"'{navigation.name}' reference."
        )
