"""One request of a browser within an interaction, and what a step of the pages may do with it.

The steps are functions. Each is asked with a :class:`Visit` and answers with a page or a redirect;
what it learns goes into the interaction's ``data``:

==============  ==========================================================================
``email``       the address, or the user name, that was entered
``purpose``     what a passcode is for, one of those that :mod:`proof` names
``passcode``    what is kept of the code that was sent, with ``codes``, how many were
``proved``      the address and the purpose that a passcode has proved
``password``    set when a new password is due after a right one: the object ID of whom
``user``        who has proved who he is, by ``methods``; ``idp`` has vouched, if anybody has
``session``     who is signed in already, and has yet to give a second factor
``vouched``     the new customer for whom another provider vouches: its ``provider``, his
                ``issuer`` and ``subject``, and what it knows, ``values`` by attribute
==============  ==========================================================================
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from localtenant.pages import accounts, languages
from localtenant.pages.branding import Branding, branding_of
from localtenant.pages.flows import Flow, flow_of
from localtenant.pages.outcomes import look
from localtenant.pages.rendering import page
from localtenant.signin import interactions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from localtenant.odata.types import Json
    from localtenant.pages.forms import Form
    from localtenant.pages.texts import Text
    from localtenant.signin.interactions import Interaction
    from localtenant.tenant import Tenant
    from localtenant.transaction import Transaction

CSRF = "csrf"


@dataclass(frozen=True)
class Visit:
    """A request of a browser that began the interaction.

    ``tenant`` is the tenant as the browser reached it; ``tx`` writes only if a form was posted.
    ``accepts`` are the languages of the browser, an ``Accept-Language``.
    """

    tenant: Tenant
    tx: Transaction
    interaction: Interaction
    form: Form | None = None
    place: str = field(default="")
    accepts: str = field(default="")

    @property
    def data(self) -> Json:
        """What the pages have learned so far."""
        return self.interaction.data

    @cached_property
    def branding(self) -> Branding:
        """How the pages look and what they say in the customer's language."""
        asked = languages.wanted(self.interaction.request.ui_locales, self.accepts)
        return branding_of(self.tx, asked)

    @cached_property
    def flow(self) -> Flow:
        """How the application's customers sign in and up."""
        found = flow_of(self.tx, self.interaction.request.client_id)
        known = self.data.get("vouched", {}).get("values", {})
        fields = (replace(f, default=known.get(f.attribute, f.default)) for f in found.fields)
        return replace(found, fields=tuple(self.branding.labelled(f) for f in fields))

    @cached_property
    def application(self) -> str:
        """What the application is called."""
        found = self.tx.lookup("application", "appId", self.interaction.request.client_id)
        return str((found or {}).get("displayName") or "")

    @cached_property
    def by_name(self) -> bool:
        """Whether customers may sign in with a user name."""
        return accounts.allows_user_names(self.tx)

    @property
    def csrf(self) -> str:
        """What each form carries: only this browser's pages of this interaction know it."""
        key, text = self.interaction.browser.encode(), f"form {self.interaction.id}".encode()
        return hmac.new(key, text, hashlib.sha256).hexdigest()

    @property
    def is_forged(self) -> bool:
        """Whether a form came from elsewhere than the interaction's pages."""
        return not hmac.compare_digest(self.entered(CSRF).encode(), self.csrf.encode())

    def entered(self, name: str) -> str:
        """What was entered in a field of the form, empty for nothing."""
        return self.form.get(name, "") if self.form else ""

    def all_entered(self, name: str) -> list[str]:
        """All that was entered or chosen in fields of one name."""
        return self.form.getlist(name) if self.form else []

    def show(
        self, template: str, errors: Mapping[str, str | Text] | None = None, **values: object
    ) -> Response:
        """A page; with errors by the names of fields, or of the whole under an empty name."""
        return page(
            template,
            400 if errors else 200,
            form_target="" if self.for_device else self.interaction.request.target,
            **look(self.tenant, self.tx, self.branding),
            place=self.place,
            csrf=self.csrf,
            application=self.application,
            for_device=self.for_device,
            flow=self.flow,
            by_name=self.by_name,
            email=self.data.get("email", ""),
            errors=errors or {},
            **values,
        )

    def go(self, step: str) -> Response:
        """Remember what was learned, and lead the browser to a step."""
        self.keep()
        return self.lead(step)

    def lead(self, step: str) -> Response:
        """Lead the browser to a step."""
        return RedirectResponse(f"{self.place}/{step}".rstrip("/"), 303)

    def keep(self) -> None:
        """Remember what was learned."""
        interactions.update(self.tx, self.interaction)

    def keep_if_posted(self) -> None:
        """Remember what was learned, if a form has taught anything."""
        if self.form is not None:
            self.keep()

    @property
    def for_device(self) -> bool:
        """Whether somebody signs in for a device, not for an application in this browser."""
        return self.interaction.request.user_code is not None
