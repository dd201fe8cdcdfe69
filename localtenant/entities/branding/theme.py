"""``/organization/{id}/branding/themes``: branding of single applications, under ``/beta`` alone.

Source: the Graph resource page "organizationalBrandingTheme". The texts of what is refused are our
own choice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from localtenant.odata.errors import bad_request
from localtenant.odata.model import Entity, Missing
from localtenant.odata.rules import Rules
from localtenant.odata.types import EntityType, flag, text

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.types import Json

LARGEST_NUMBER = 5
"""How many themes a tenant may have."""

THEME = EntityType(
    "organizationalBrandingTheme",
    (
        text("branding", hidden=True),
        text("name", required=True, max_length=120),
        flag("isDefaultTheme", default=False),
    ),
    type_shown=True,
    indexed=("branding",),
)


class ThemeRules(Rules):
    """A tenant has few themes, of which one at most is the default."""

    def create(self, call: Call, values: Json) -> Json:
        """Make a theme."""
        if call.tx.count(THEME.filed_as) >= LARGEST_NUMBER:
            raise bad_request(f"A tenant can have {LARGEST_NUMBER} branding themes.")
        made = super().create(call, values)
        _only_default(call, made)
        return made

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a theme."""
        super().update(call, doc, values)
        _only_default(call, self.merged(doc, values))


def _only_default(call: Call, theme: Json) -> None:
    """If ``theme`` is the default, no other is any more; our own choice."""
    for row in call.tx.find(THEME.filed_as) if theme["isDefaultTheme"] else ():
        if row.doc["isDefaultTheme"] and row.doc["id"] != theme["id"]:
            call.replace(THEME, {**row.doc, "isDefaultTheme": False})


ENTITY = Entity(THEME, ThemeRules(THEME), navigations=(Missing("localizations"),))
