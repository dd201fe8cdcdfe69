"""The errors that reach a user: each says what happened to which object, and what to do about it.

StandInError            anything this plugin has to say to its user
├── NotSupportedError   a resource type, function or property that only the official plugin knows
├── ConfigurationError  the provider's configuration is wrong or points away from this machine
├── GraphError          Graph refused a request (graph_error.py)
├── ConnectionFailedError  Graph or the sign-in endpoint did not answer
└── PartlyDoneError     the object exists, but a later step of making it failed
"""

from __future__ import annotations

from typing import Any


class StandInError(Exception):
    """An error whose text is written for the person who runs Pulumi."""


class NotSupportedError(StandInError):
    """Something that the official plugin can do and this stand-in cannot."""


class ConfigurationError(StandInError):
    """The provider's configuration is incomplete, or leads away from this machine."""


class ConnectionFailedError(StandInError):
    """No answer came: the connection failed or timed out.

    `unclear` tells whether the server may have got the request, and carried it out.
    """

    def __init__(self, message: str, *, unclear: bool) -> None:
        """Say `message`."""
        super().__init__(message)
        self.unclear = unclear


class PartlyDoneError(StandInError):
    """The object was created and is recorded, but a later step failed.

    The next `pulumi up` continues from there.
    """

    def __init__(self, message: str, *, resource_id: str, outputs: dict[str, Any]) -> None:
        """Say `message`, and keep the Pulumi id and the outputs of what exists."""
        super().__init__(message)
        self.resource_id = resource_id
        self.outputs = outputs


INSTALL_OFFICIAL = (
    "install the official Pulumi CLI, which fetches the official azuread plugin (see README.md)"
)
"""What to do when the stand-in is not enough; the end of a sentence."""
