"""The parameters of a request, each of which stands there once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from localtenant.signin import errors

if TYPE_CHECKING:
    from collections.abc import Sequence


def single(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The values by name. Raises SignInError where one of two values would have to be chosen."""
    twice = [name for name, number in Counter(n for n, _ in parameters).items() if number > 1]
    if twice:
        raise errors.duplicated(twice[0])
    return dict(parameters)
