"""The declaration of company branding, the default and the localized one.

Source: the Graph resource page "organizationalBrandingProperties". The types and sizes of images
are those of that page, and of Entra's page on company branding where it has none. Sizes in pixels
are not checked.
"""

from __future__ import annotations

from localtenant.odata.model import Stream
from localtenant.odata.types import (
    ComplexType,
    EntityType,
    EnumType,
    Property,
    flag,
    many,
    text,
    texts,
)

DEFAULT_ID = "0"
"""The key of the default branding."""
DEFAULT_NAME = "default"
"""What names the default branding as well."""

_ANY = "application/octet-stream"
"""What Microsoft's SDKs send for every stream."""
_IMAGES = ("image/jpeg", "image/png", "image/*", _ANY)
_STYLES = ("text/css", _ANY)
_KB = 1024


def _stream(name: str, largest_kb: int, content_types: tuple[str, ...] = _IMAGES) -> Stream:
    return Stream(name, content_types=content_types, largest=largest_kb * _KB, empty_at_first=True)


CUSTOM_CSS = _stream("customCSS", 25, _STYLES)
STREAMS = (
    _stream("backgroundImage", 300),
    _stream("bannerLogo", 10),
    CUSTOM_CSS,
    _stream("favicon", 5, (*_IMAGES, "image/x-icon", "image/vnd.microsoft.icon")),
    _stream("headerLogo", 10),
    _stream("squareLogo", 10),
    _stream("squareLogoDark", 10),
)

_LAYOUT = ComplexType(
    "loginPageLayoutConfiguration",
    (
        Property(
            "layoutTemplateType", EnumType("layoutTemplateType", ("default", "verticalSplit"))
        ),
        flag("isHeaderShown"),
        flag("isFooterShown"),
    ),
)
_VISIBILITY = ComplexType(
    "loginPageTextVisibilitySettings",
    (
        flag("hideCannotAccessYourAccount"),
        flag("hideAccountResetCredentials"),
        flag("hideTermsOfUse"),
        flag("hidePrivacyAndCookies"),
        flag("hideForgotMyPassword"),
        flag("hideResetItNow"),
    ),
)
_KEY_VALUE = ComplexType("keyValue", (text("key"), text("value")))
_CONTENT = ComplexType(
    "contentCustomization",
    (
        text("attributeCollectionRelativeUrl"),
        many("attributeCollection", _KEY_VALUE),
        text("registrationCampaignRelativeUrl"),
        many("registrationCampaign", _KEY_VALUE),
    ),
)
_TEXT, _URL = 256, 128
_PROPERTIES = (
    text("branding", hidden=True),
    text("backgroundColor"),
    *(text(f"{s.name}RelativeUrl", read_only=True) for s in STREAMS),
    texts("cdnList", read_only=True),
    text("customAccountResetCredentialsUrl", max_length=_URL),
    text("customCannotAccessYourAccountText", max_length=_TEXT),
    text("customCannotAccessYourAccountUrl", max_length=_URL),
    text("customForgotMyPasswordText", max_length=_TEXT),
    text("customPrivacyAndCookiesText", max_length=_TEXT),
    text("customPrivacyAndCookiesUrl", max_length=_URL),
    text("customResetItNowText", max_length=_TEXT),
    text("customTermsOfUseText", max_length=_TEXT),
    text("customTermsOfUseUrl", max_length=_URL),
    text("headerBackgroundColor"),
    text("signInPageText", max_length=1024),
    text("usernameHintText", max_length=64),
    Property("contentCustomization", _CONTENT),
    Property("loginPageLayoutConfiguration", _LAYOUT),
    Property("loginPageTextVisibilitySettings", _VISIBILITY),
)
COLORS = ("backgroundColor", "headerBackgroundColor")

LOCALIZATION = EntityType(
    "organizationalBrandingLocalization",
    _PROPERTIES,
    bases=("organizationalBrandingProperties",),
    guid_key=False,
    key_given=True,
    indexed=("branding",),
)
# The default branding is the localization of no locale: one document, seen at two paths.
BRANDING = EntityType(
    "organizationalBranding",
    _PROPERTIES,
    kind=LOCALIZATION.name,
    bases=("organizationalBrandingProperties",),
    guid_key=False,
    indexed=LOCALIZATION.indexed,
)
INHERITED = tuple(
    p.name for p in _PROPERTIES if not (p.hidden or p.read_only or isinstance(p.type, ComplexType))
)
"""The texts that a localization without them has from the default branding."""
