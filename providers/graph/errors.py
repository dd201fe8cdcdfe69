"""What the person who runs Pulumi reads when something is refused.

ProviderError               one line: what happened to which object, and what to do
├── ConfigurationError      sign-in or environment settings that cannot work
├── TenantError             the tenant is not the one it should be
├── ObjectError             an object is in a state that the operation will not touch
└── GraphError              Graph refused a request, or did not answer
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus


class ProviderError(Exception):
    """Base of every error that the providers raise on purpose; its text is one readable line."""

    def __init_subclass__(cls) -> None:
        """Be called by the bare name: Pulumi prints the path of an error's module before it."""
        super().__init_subclass__()
        cls.__module__ = "builtins"


class ConfigurationError(ProviderError):
    """The settings for sign-in or for the environment cannot work as they are."""


class TenantError(ProviderError):
    """The tenant that answers is not the one that the configuration or the state names."""


class ObjectError(ProviderError):
    """An object exists, or is used, in a way that the operation must not override."""


@dataclass(frozen=True)
class Answer:
    """What Graph said when it refused a request.

    ``status`` is the HTTP status; ``code`` and ``message`` come from the body's ``error``;
    ``request_id`` is the ``request-id`` header, by which Microsoft finds the request, and
    ``client_request_id`` ours, by which an administrator finds it in the audit log.
    ``retry_after`` is the ``Retry-After`` header in seconds, if Graph sent a number.
    Source: https://learn.microsoft.com/graph/errors
    """

    status: int
    code: str
    message: str
    request_id: str | None = None
    client_request_id: str | None = None
    retry_after: float | None = None

    @property
    def of_the_service(self) -> bool:
        """Whether the service failed, whatever the request was."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR


_ADVICE_BY_CODE: Mapping[str, str] = {
    "Authorization_RequestDenied": (
        "Grant the application that signs in the missing Graph permission, with admin consent "
        "(README, 'A real tenant')."
    ),
    "InvalidAuthenticationToken": (
        "Sign in again; if it persists, compare the tenant and the environment of the "
        "azuread configuration."
    ),
    "Authorization_IdentityNotFound": (
        "The signed-in application has no service principal in this tenant: create one there, "
        "or use an application of this tenant."
    ),
}
_ADVICE_BY_STATUS: Mapping[int, str] = {
    401: _ADVICE_BY_CODE["InvalidAuthenticationToken"],
    403: _ADVICE_BY_CODE["Authorization_RequestDenied"],
    429: "The tenant is throttled: wait a few minutes, then run the same command again.",
}
_ADVICE_SERVER = "Run the same command again: what was done already is found and kept."


class GraphError(ProviderError):
    """Graph refused a request, or gave no answer before the deadline.

    ``answer`` is Graph's last answer, ``None`` when there was none at all.
    """

    def __init__(
        self, what: str, answer: Answer | None, *, cause: str = "", needs: str = ""
    ) -> None:
        """Say that ``what`` failed ("create the user flow 'X'"), by Graph's answer or a cause.

        ``needs`` is the Graph permission that it takes, for the advice.
        """
        self.answer = answer
        super().__init__(f"Could not {what}: {_told(answer, cause, needs)}")


def gone(what: str) -> ObjectError:
    """The error of an operation whose object is not there."""
    return ObjectError(
        f"Could not {what}: it is not in the tenant any more. "
        "Run 'pulumi refresh', then 'pulumi up' makes it anew."
    )


def _told(answer: Answer | None, cause: str, needs: str) -> str:
    if answer is None:
        return f"{cause.rstrip('.')}. {_ADVICE_SERVER}"
    said = " ".join(answer.message.split()).rstrip(".") or "no message"
    ids = [f"status {answer.status}", f"request-id {answer.request_id or 'not given'}"]
    if answer.client_request_id:
        ids.append(f"client-request-id {answer.client_request_id}")
    return f"Graph said {answer.code}: {said} ({', '.join(ids)}). {advice(answer, needs)}".rstrip()


def advice(answer: Answer, needs: str = "") -> str:
    """What to do about an answer; empty where Graph's own message says it all.

    ``needs`` is the Graph permission that the operation takes, where that is known.
    """
    if answer.status == HTTPStatus.FORBIDDEN and needs:
        return (
            f"Grant the application that signs in the Graph permission {needs}, with admin "
            "consent (README, 'A real tenant')."
        )
    by_code = _ADVICE_BY_CODE.get(answer.code)
    if by_code and answer.status in (401, 403):
        return by_code
    if answer.status in _ADVICE_BY_STATUS:
        return _ADVICE_BY_STATUS[answer.status]
    return _ADVICE_SERVER if answer.of_the_service else ""


def first_line(error: BaseException | None) -> str:
    """The first line of another library's error, as a sentence; its type where it has no text."""
    text = str(error or "").strip()
    line = text.splitlines()[0].strip() if text else type(error).__name__
    return line if line.endswith((".", "!", "?")) else f"{line}."
