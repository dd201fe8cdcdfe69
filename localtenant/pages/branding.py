"""Company branding as the pages show it: images, colors, layout, links and texts of one language.

Source: the Graph resource page "organizationalBrandingProperties", and "Customize the neutral
branding" in the documentation of external tenants. What a localization does not set is the
default's. Without a hint in the documentation it is our own choice that a header is only shown if
the layout says so, a footer unless it says otherwise, and that text of the branding goes before
what the user flow calls a thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from localtenant.entities.branding.branding_type import DEFAULT_ID, LOCALIZATION
from localtenant.odata.types import child, children
from localtenant.pages import languages
from localtenant.pages.texts import DEFAULTS, Text, marked_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from localtenant.odata.types import Json
    from localtenant.pages.fields import Field
    from localtenant.transaction import Transaction


@dataclass(frozen=True)
class Branding:
    """The branding of a language: that of a localization over that of the default."""

    default: Json = field(default_factory=dict[str, Any])
    own: Json = field(default_factory=dict[str, Any])

    @property
    def locale(self) -> str:
        """The key of the localization, or of the default branding."""
        return str((self.own or self.default).get("id") or DEFAULT_ID)

    def text(self, key: str, otherwise: str = "") -> Text:
        """A text of the tenant's own, else ``otherwise``, else what the service says."""
        return self._texts.get(key) or Text(otherwise or DEFAULTS[key])

    def labelled(self, asked: Field) -> Field:
        """A field of a sign-up with the tenant's own word for it, if there is one."""
        name = asked.attribute
        known = name if name.startswith("extension_") else f"{name[:1].upper()}{name[1:]}"
        label = self._texts.get(f"Attribute_{known}")
        return replace(asked, label=label) if label else asked

    @property
    def confirmation(self) -> Text:
        """What a password that is entered again is called."""
        name = self._texts.get("Attribute_Password") or Text("password")
        return self.text("Attribute_Generic_ConfirmationLabel").filled(name.words)

    @property
    def hint(self) -> str:
        """What stands in the empty field of the address."""
        return self._said("usernameHintText").words

    @property
    def forgotten(self) -> Text:
        """What leads to a new password."""
        return self._said("customForgotMyPasswordText", "Forgot password?")

    @property
    def offers_reset(self) -> bool:
        """Whether a forgotten password can be reset."""
        return not (self._hides("hideForgotMyPassword") or self._hides_all_resets)

    @property
    def reset_url(self) -> str:
        """Where passwords are reset, empty for here."""
        return self._url("customAccountResetCredentialsUrl")

    @property
    def no_access(self) -> tuple[Text, str] | None:
        """What helps who cannot get at an account: words and address; None for nothing."""
        url = self._url("customCannotAccessYourAccountUrl") or self.reset_url
        if not url or self._hides("hideCannotAccessYourAccount") or self._hides_all_resets:
            return None
        return self._said("customCannotAccessYourAccountText", "Can't access your account?"), url

    @property
    def words(self) -> Markup | None:
        """The text below every form."""
        said = self._said("signInPageText")
        return marked_up(said.words) if said else None

    @property
    def words_attributes(self) -> Markup:
        """What the element of :attr:`words` says of their language."""
        return self._said("signInPageText").attributes

    @property
    def links(self) -> list[tuple[Text, str]]:
        """The links of the footer: words and address."""
        shown = (
            (self._said(f"{name}Text", words), self._url(f"{name}Url"))
            for name, words, hides in (
                ("customTermsOfUse", "Terms of use", "hideTermsOfUse"),
                ("customPrivacyAndCookies", "Privacy and cookies", "hidePrivacyAndCookies"),
            )
            if not self._hides(hides)
        )
        footer = self._part("loginPageLayoutConfiguration", "isFooterShown") is not False
        return [(text, url) for text, url in shown if url] if footer else []

    @property
    def is_split(self) -> bool:
        """Whether the background is on the left side and the form, over the full height, right."""
        return self._part("loginPageLayoutConfiguration", "layoutTemplateType") == "verticalSplit"

    @property
    def has_header(self) -> bool:
        """Whether there is a bar above everything."""
        return self._part("loginPageLayoutConfiguration", "isHeaderShown") is True

    @property
    def has_background(self) -> bool:
        """Whether the background is the tenant's own."""
        return bool(self._value("backgroundColor") or self.image("backgroundImage"))

    def image(self, name: str) -> str:
        """Where a picture, or the style sheet, is served; empty if there is none."""
        url = self._value(f"{name}RelativeUrl")
        return f"/{url}" if url else ""

    @cached_property
    def styles(self) -> str:
        """The colors and the background as a style sheet; empty if there are none."""
        rules: list[str] = []
        header = self._value("headerBackgroundColor")
        for selector, declaration, value in (
            (".ext-background-image", "background-color:{}", self._value("backgroundColor")),
            (".ext-background-image", 'background-image:url("{}")', self.image("backgroundImage")),
            (".ext-header", "background-color:{}", header),
            (".ext-header-logo", "background:none", header),
        ):
            if value:
                rules.append(f"{selector}{{{declaration.format(value)}}}\n")
        return "".join(rules)

    @cached_property
    def _texts(self) -> dict[str, Text]:
        return {
            entry["key"]: Text(entry["value"], self._language(doc))
            for doc in (self.default, self.own)
            for entry in children(child(doc, "contentCustomization"), "attributeCollection")
            if entry.get("key") and entry.get("value")
        }

    def _said(self, name: str, otherwise: str = "") -> Text:
        for doc in (self.own, self.default):
            words = (doc.get(name) or "").strip()
            if words:
                return Text(words, self._language(doc))
        return Text(otherwise)

    def _language(self, doc: Json) -> str:
        return doc["id"] if doc is self.own else ""

    def _url(self, name: str) -> str:
        url = str(self._value(name) or "")
        return url if url.startswith("https://") else ""

    def _value(self, name: str) -> Any:  # noqa: ANN401 - whatever the property holds
        return self.own.get(name) or self.default.get(name)

    def _part(self, name: str, part: str) -> object:
        found = (child(doc, name).get(part) for doc in (self.own, self.default))
        return next((f for f in found if f is not None), None)

    def _hides(self, name: str) -> bool:
        return self._part("loginPageTextVisibilitySettings", name) is True

    @property
    def _hides_all_resets(self) -> bool:
        return self._hides("hideAccountResetCredentials")


NEUTRAL = Branding()
"""No branding: what the pages of the local tenant itself have."""


def branding_of(tx: Transaction, tags: Iterable[str]) -> Branding:
    """The branding for somebody who wants the languages ``tags``, the most wanted first."""
    docs = {row.doc["id"]: row.doc for row in tx.find(LOCALIZATION.filed_as)}
    default = docs.pop(DEFAULT_ID, {})
    key = languages.best(tags, docs)
    return Branding(default, docs[key] if key else {})
