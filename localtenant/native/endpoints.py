"""Native authentication over HTTP; its end is at the token endpoint, by :data:`grants.GRANTS`.

No browser may read the answers: "Currently, the native authentication API endpoints don't support
CORS".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from localtenant.native import factor, reset, sign_in, sign_up
from localtenant.native.steps import answering
from localtenant.signin.endpoints import answered

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from localtenant.native.steps import Step

_STEPS: dict[str, Step] = {
    "signup/v1.0/start": sign_up.start,
    "signup/v1.0/challenge": sign_up.challenge,
    "signup/v1.0/continue": sign_up.proceed,
    "oauth2/v2.0/initiate": sign_in.initiate,
    "oauth2/v2.0/challenge": sign_in.challenge,
    "oauth2/v2.0/introspect": factor.introspect,
    "resetpassword/v1.0/start": reset.start,
    "resetpassword/v1.0/challenge": reset.challenge,
    "resetpassword/v1.0/continue": reset.proceed,
    "resetpassword/v1.0/submit": reset.submit,
    "resetpassword/v1.0/poll_completion": reset.poll,
}


def _route(path: str, step: Step) -> Route:
    answer = answering(step)

    async def endpoint(request: Request) -> Response:
        return await answered(request, answer, by_browsers=False)

    return Route(f"/{{tenant}}/{path}", endpoint, methods=["GET", "POST", "OPTIONS"])


ROUTES = [_route(path, step) for path, step in _STEPS.items()]
