"""A browser without a screen that tries a sign-in on the tenant's page."""

from __future__ import annotations

import re

from customer_browser import PASSWORD, Customer

PLACE = "/-/try/answer"


class Trier(Customer):
    """A browser that stops where the answer to its sign-in is taken."""

    def _follow(self) -> None:
        while self.answer.is_redirect and PLACE not in self.answer.headers["location"]:
            self.answer = self.http.get(self.answer.headers["location"])

    def choose(self, **fields: str) -> Trier:
        """Send the form of the page; what is not in ``fields`` is as the page has it."""
        self.open("/-/try", {"client": self.app.client_id})
        csrf = re.search(r'name="csrf" value="(\w+)"', self.answer.text)
        assert csrf
        form = {
            "csrf": csrf[1],
            "client_id": self.app.client_id,
            "redirect_uri": self.app.redirect_uri,
            "response_type": "code",
            "scope": "openid",
            **fields,
        }
        self.answer = self.http.post("/-/try", data=form)
        self._follow()
        return self

    def signed_in(self, email: str, **fields: str) -> str:
        """Sign in; where the browser is sent with the answer, which it has not taken yet."""
        self.choose(**fields).send(email=email).send(password=PASSWORD)
        self.send(keep="no")
        return str(self.answer.headers["location"])
