"""A new password, entered twice: at a sign-up, after a reset, and when an old one has to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.entities.people.passwords import is_strong

if TYPE_CHECKING:
    from localtenant.pages.conversation import Visit
    from localtenant.pages.texts import Text

WEAK = (
    "Use 8 to 256 characters of at least three kinds: lowercase letters, uppercase letters, "
    "digits, symbols."
)


def errors(visit: Visit) -> dict[str, str | Text]:
    """What is wrong with the two fields, by field."""
    if not is_strong(visit.entered("password")):
        return {"password": WEAK}
    if visit.entered("password") != visit.entered("confirmation"):
        return {"confirmation": visit.branding.text("Attribute_Password_MismatchErrorString")}
    return {}
