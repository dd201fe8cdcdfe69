"""``/organization/{id}/branding``: the sign-in pages' texts and images, and their localizations.

Source: the Graph pages of ``organizationalBranding`` and ``organizationalBrandingLocalization``.
The rules are documented; the texts of what is refused are our own choice.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from localtenant.entities.branding.branding_type import (
    BRANDING,
    COLORS,
    DEFAULT_ID,
    DEFAULT_NAME,
    INHERITED,
    LOCALIZATION,
    STREAMS,
)
from localtenant.entities.branding.theme import THEME
from localtenant.odata.errors import bad_request, invalid_value, value_required
from localtenant.odata.model import Entity, View
from localtenant.odata.rules import Rules

if TYPE_CHECKING:
    from localtenant.odata.call import Call
    from localtenant.odata.model import Stream
    from localtenant.odata.types import Json

# Neither of the default's names is one.
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_TICKS_AT_EPOCH, _TICKS_A_SECOND = 621_355_968_000_000_000, 10_000_000


class _PageRules(Rules):
    """What the default branding and localizations have in common."""

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change texts and colors."""
        self._check(values)
        self._file(call, self.merged(doc, values))

    def delete(self, call: Call, doc: Json) -> None:
        """Delete branding; all its images must have been removed before, as documented."""
        if any(doc[f"{s.name}RelativeUrl"] for s in STREAMS):
            raise bad_request(
                f"The branding '{doc['id']}' cannot be deleted before all its images are removed."
            )
        parts = call.tx.count(LOCALIZATION.filed_as) - 1 + call.tx.count(THEME.filed_as)
        if doc["id"] == DEFAULT_ID and parts:
            raise bad_request(
                "The default branding cannot be deleted before all localizations and themes."
            )
        super().delete(call, doc)

    def stream_changed(
        self, call: Call, doc: Json, stream: Stream, content_type: str | None
    ) -> None:
        """Say in the branding where an image is served, or that it is no longer."""
        url = None
        if content_type:
            ticks = _TICKS_AT_EPOCH + int(time.time() * _TICKS_A_SECOND)
            folder = f"c1c6b6c8-{call.tenant.tenant_id}/logintenantbranding/{doc['id']}"
            url = f"{folder}/{stream.name.lower()}?ts={ticks}"
        self._file(call, {**doc, f"{stream.name}RelativeUrl": url})

    def shown(self, call: Call, doc: Json) -> Json:
        """The branding with the host of its images, and the texts of the default for its own."""
        shown = {**doc}
        if any(doc[f"{s.name}RelativeUrl"] for s in STREAMS):
            shown["cdnList"] = [call.base.partition("://")[2]]
        default = call.tx.get(LOCALIZATION.filed_as, DEFAULT_ID) or {}
        for name in INHERITED:
            if shown[name] is None:
                shown[name] = default.get(name)
        return shown

    def _check(self, values: Json) -> None:
        self.check_lengths(values)
        for name in COLORS:
            if values.get(name) and not _COLOR.fullmatch(values[name]):
                raise invalid_value(name, self.type.title)

    def _file(self, call: Call, doc: Json) -> None:
        if call.tx.get(LOCALIZATION.filed_as, doc["id"]) is None:
            call.insert(LOCALIZATION, doc)
        else:
            call.replace(LOCALIZATION, doc)


class BrandingRules(_PageRules):
    """The default branding: absent at first, and made by what is first written to it."""

    def find(self, call: Call, key: str, *, deleted: bool = False) -> Json | None:
        """The default branding, or that of the locale in ``Accept-Language`` if there is one.

        For a request that writes to it, an empty one stands in for what is not there yet.
        """
        del key, deleted
        request = call.request
        if request.path.rstrip("/").lower().endswith("/branding") and request.method != "DELETE":
            language = request.headers.get("accept-language", "").partition(",")[0]
            localized = _localization(call, language.partition(";")[0].strip())
            if localized:
                return localized
        found = call.tx.get(LOCALIZATION.filed_as, DEFAULT_ID)
        return _empty_default() if found is None and _makes_default(call) else found


class LocalizationRules(_PageRules):
    """Localizations, by their locale in any letter case."""

    def find(self, call: Call, key: str, *, deleted: bool = False) -> Json | None:
        """The localization of a locale; ``0`` and ``default`` name the default branding."""
        del deleted
        return _localization(call, key)

    def create(self, call: Call, values: Json) -> Json:
        """Make a localization, and the default branding if there is none yet."""
        locale = values.get("id")
        if not locale:
            raise value_required("id", self.type.title)
        if not _LOCALE.fullmatch(locale):
            raise invalid_value("id", self.type.title)
        if _localization(call, locale):
            raise bad_request(f"A localization for '{locale}' already exists.")
        self._check(values)
        if call.tx.get(LOCALIZATION.filed_as, DEFAULT_ID) is None:
            call.insert(LOCALIZATION, _empty_default())
        return call.insert(LOCALIZATION, values)

    def update(self, call: Call, doc: Json, values: Json) -> None:
        """Change a localization; its locale stays."""
        if values.pop("id", doc["id"]).lower() != doc["id"].lower():
            raise bad_request("Property 'id' is read-only and cannot be set.")
        super().update(call, doc, values)


def _makes_default(call: Call) -> bool:
    """Whether a request makes the default branding, if that is not there: themes do not."""
    last = call.request.path.rstrip("/").rpartition("/")[2].lower()
    return call.request.method in {"PATCH", "PUT"} or (
        call.request.method == "POST" and last == "localizations"
    )


def _localization(call: Call, locale: str) -> Json | None:
    key = DEFAULT_ID if locale.lower() == DEFAULT_NAME else locale
    return call.tx.get(LOCALIZATION.filed_as, key)


def _empty_default() -> Json:
    return {"id": DEFAULT_ID, **LOCALIZATION.complete({"branding": DEFAULT_ID})}


BRANDING_ENTITY = Entity(
    BRANDING,
    BrandingRules(BRANDING),
    navigations=(
        View("localizations", target=LOCALIZATION.name, match="branding"),
        View("themes", target=THEME.name, match="branding"),
        *STREAMS,
    ),
)
LOCALIZATION_ENTITY = Entity(LOCALIZATION, LocalizationRules(LOCALIZATION), navigations=STREAMS)
