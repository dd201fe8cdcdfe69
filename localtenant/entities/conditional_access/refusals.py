"""The errors of Conditional Access, whose texts start with a number."""

from __future__ import annotations

from localtenant.odata.errors import GraphError, gateway

SECURITY_DEFAULTS = (
    "Security Defaults is enabled in the tenant. You must disable Security defaults before "
    "enabling a Conditional Access policy."
)
"""Why a policy cannot be enabled; captured, with the code ``BadRequest``."""


def refused(number: int, text: str) -> GraphError:
    """400 with the code ``BadRequest`` and a text of the form ``NNNN: text``.

    That form is documented by captures. Of the numbers only 1007 is captured; the others, and their
    texts, are our own choice, and start at 1901 so that nobody takes them for Microsoft's.
    """
    return gateway(f"{number}: {text}")


def off_schema(type_name: str) -> GraphError:
    """400 for a body that is no object of the type; for policies the text is captured."""
    page = "namedlocations" if type_name == "NamedLocation" else "policies"
    return refused(
        1007,
        f"Incoming {type_name} object is null or does not match the schema of {type_name} type. "
        "For examples, please see API documentation at "
        f"https://docs.microsoft.com/en-us/graph/api/conditionalaccessroot-post-{page}"
        "?view=graph-rest-1.0.",
    )


def no_such(what: str, key: str) -> GraphError:
    """404 for a policy or a named location that there is not; our own choice."""
    return GraphError(404, "NotFound", f"1902: The {what} '{key}' does not exist in the directory.")
