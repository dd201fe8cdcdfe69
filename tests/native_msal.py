"""MSAL for browsers, unmodified, in a Chromium: an application with pages of its own.

Its page asks a proxy, as Microsoft's documentation has it: the endpoints answer no page of another
origin, so the proxy leaves out where the request is from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from native_client import Native
    from playwright.sync_api import Page, Route

PACKAGES = Path(__file__).parent / "localtenant" / "node"
"""Where npm installs the library."""

_LIBRARY = "node_modules/@azure/msal-browser/lib/custom-auth-path/msal-custom-auth.js"
_ORIGIN = "https://app.example"
_PAGE = '<!doctype html><html lang="en"><title>App</title><script src="/msal.js"></script></html>'
_BEGIN = """async (settings) => {
  window.app = await msalCustomAuth.CustomAuthPublicClientApplication.create(settings);
}"""
_DO = """async ([holder, call, argument]) => {
  const result = await window[holder][call](argument);
  if (result.state && !result.error) window.state = result.state;
  if (result.data) window.account = result.data;
  const error = result.error;
  const names = [];
  for (let one = error; one; one = Object.getPrototypeOf(one))
    names.push(...Object.getOwnPropertyNames(one).filter((name) => /^is(?!.*Error$)/.test(name)));
  return {
    state: result.state?.stateType ?? result.state?.constructor.name,
    attributes: result.state?.getRequiredAttributes?.(),
    error: names.filter((name) => error[name]()),
    methods: result.state?.getAuthMethods?.(),
    token: result.data?.accessToken,
  };
}"""
"""A call of the library: the state that it leads to, and all that its error says that it is."""
_WHO = "() => window.account.getAccount().idTokenClaims"


@dataclass
class Msal:
    """The library in a page of the application's."""

    page: Page
    app: Native

    def begin(self, *types: str) -> Msal:
        """Open the page and make the library's client, by default with all challenge types."""
        self.page.route(f"{_ORIGIN}/**", self._answer)
        self.page.goto(f"{_ORIGIN}/")
        graph = self.app.graph
        settings = {
            "auth": {
                "clientId": self.app.client_id,
                "authority": f"{graph.url}/{graph.tenant_id}",
                "redirectUri": f"{_ORIGIN}/",
            },
            "customAuth": {
                "challengeTypes": types or ("oob", "password", "redirect"),
                "capabilities": ["mfa_required"],
                "authApiProxyUrl": f"{_ORIGIN}/api",
            },
        }
        self.page.evaluate(_BEGIN, settings)
        return self

    def do(self, call: str, argument: object = None) -> dict[str, Any]:
        """Begin a flow; what came of it."""
        return self.page.evaluate(_DO, ["app", call, argument])

    def go_on(self, call: str, argument: object = None) -> dict[str, Any]:
        """Go on with the flow from the state that it is in; what came of it."""
        return self.page.evaluate(_DO, ["state", call, argument])

    def of_account(self, call: str, argument: object = None) -> dict[str, Any]:
        """Ask the account that is signed in; what came of it."""
        return self.page.evaluate(_DO, ["account", call, argument])

    def who(self) -> dict[str, Any]:
        """What the ID token says of who is signed in."""
        return self.page.evaluate(_WHO)

    def _answer(self, route: Route) -> None:
        """Be the application's server: its page, the library, and the proxy."""
        path = route.request.url.removeprefix(_ORIGIN)
        if path.startswith("/api/"):
            self._forward(route, path.removeprefix("/api/"))
        elif path == "/msal.js":
            route.fulfill(path=PACKAGES / _LIBRARY)
        else:
            route.fulfill(body=_PAGE, content_type="text/html")

    def _forward(self, route: Route, path: str) -> None:
        sent = route.request
        answer = self.app.http.post(
            f"/{self.app.graph.tenant_id}/{path}",
            content=sent.post_data_buffer or b"",
            headers={n: v for n, v in sent.headers.items() if n not in {"origin", "host"}},
        )
        kept = {n: v for n, v in answer.headers.items() if n in {"content-type", "x-ms-request-id"}}
        route.fulfill(status=answer.status_code, body=answer.content, headers=kept)
