"""Texts of a page that the tenant may word anew, and the language that each is in.

Source: the strings of "Customize the language of the authentication experience" in the
documentation of external tenants, and the syntax of the sign-in page's text in "Customize the
neutral branding".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

DEFAULTS = {
    "AttributeCollection_Title": "Add details",
    "AttributeCollection_Description": (
        "We just need a little more information to set up your account."
    ),
    "Attribute_Email": "Email address",
    "Attribute_Password": "Password",
    "Attribute_Generic_ConfirmationLabel": "Re-enter {0}",
    "Attribute_Password_MismatchErrorString": "Passwords do not match.",
    "SignIn_Title": "Sign in",
    "SignIn_Description": "Sign in to access {0}",
    "SignUp_Title": "Create account",
    "SignUp_Description": "Sign up to access {0}",
    "SisuOtc_Title": "Enter code",
}
_LINK = re.compile(r"\[([^\]\[]+)\]\((https://[^\s()]+)\)")
_ASIDE = "\ue000"
"""Stands in a text for a link: a character that nobody writes."""
_MARKS = tuple(
    (re.compile(rf"(?<!\w){mark}(?=\S)(.+?)(?<=\S){mark}(?!\w)"), tag)
    for mark, tag in (
        (r"\*\*", "strong"),
        ("__", "strong"),
        (r"\+\+", "u"),
        (r"\*", "em"),
        ("_", "em"),
    )
)


@dataclass(frozen=True)
class Text:
    """Words, and the BCP 47 tag of their language if it is not the page's."""

    words: str
    language: str = ""

    def __str__(self) -> str:
        """The words alone, for where no markup can stand."""
        return self.words

    def __bool__(self) -> bool:
        return bool(self.words)

    def __html__(self) -> str:
        """The words as HTML that says their language."""
        words = escape(self.words)
        return f"<span{self.attributes}>{words}</span>" if self.language else words

    @property
    def attributes(self) -> Markup:
        """What an HTML element of these words has to say of their language."""
        lang = Markup(' lang="{}" dir="auto"')
        return lang.format(self.language) if self.language else Markup("")

    def filled(self, value: str) -> Text:
        """The text with something in the place of ``{0}``."""
        return Text(self.words.replace("{0}", value), self.language)


def marked_up(words: str) -> Markup:
    """Words with links, bold, italics and underlining, as HTML.

    Links lead to addresses of ``https`` and nowhere else; other markup stays text.
    """
    anchors: list[str] = []

    def set_aside(link: re.Match[str]) -> str:
        text, url = link.groups()
        anchors.append(f'<a href="{escape(url)}" rel="noreferrer">{_styled(text)}</a>')
        return _ASIDE

    # What is in an address is no markup.
    text = _styled(_LINK.sub(set_aside, words.replace(_ASIDE, "")))
    for anchor in anchors:
        text = text.replace(_ASIDE, anchor, 1)
    return Markup(text)  # noqa: S704 - its parts are escaped


def _styled(words: str) -> str:
    text = str(escape(words))
    for pattern, tag in _MARKS:
        text = pattern.sub(rf"<{tag}>\1</{tag}>", text)
    return text
