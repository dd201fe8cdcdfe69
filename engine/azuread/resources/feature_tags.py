"""The real plugin's `featureTags` (and the older `features`): names for some of the tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.azuread.schema import Property, blocks, flag
from engine.azuread.values import UNKNOWN, Properties, is_list

_TAGS: Final[Mapping[str, str]] = {
    "customSingleSignOn": "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
    "enterprise": "WindowsAzureActiveDirectoryIntegratedApp",
    "gallery": "WindowsAzureActiveDirectoryGalleryApplicationNonPrimaryV1",
    "hide": "HideApp",
}

FEATURE_TAGS: Final[Property] = blocks(
    {name: flag() for name in _TAGS}, key=(), computed=True, ordered=True
)
"""The declaration of `featureTags`."""


def settle(state: Properties, planned: Properties, inputs: Properties) -> None:
    """Bring `tags` and `featureTags` into line: whichever the program changes decides."""
    if inputs.get("featureTags") and planned["featureTags"] != state.get("featureTags"):
        planned["tags"] = _tags(planned["featureTags"])
    elif inputs.get("tags") is not None:
        planned["featureTags"] = features(planned["tags"])


def features(tags: object) -> object:
    """Return `featureTags` for a list of tags."""
    if not is_list(tags) or UNKNOWN in tags:
        return UNKNOWN
    present = {str(tag).lower() for tag in tags}
    return [{name: tag.lower() in present for name, tag in _TAGS.items()}]


def deprecated_features(tags: object) -> object:
    """Return the deprecated `features` of a service principal for a list of tags."""
    current = features(tags)
    if not is_list(current):
        return UNKNOWN
    (named,) = current
    return [
        {
            "customSingleSignOnApp": named["customSingleSignOn"],
            "enterpriseApplication": named["enterprise"],
            "galleryApplication": named["gallery"],
            "visibleToUsers": not named["hide"],
        }
    ]


def _tags(feature_tags: object) -> object:
    if not is_list(feature_tags) or UNKNOWN in feature_tags:
        return UNKNOWN
    chosen = feature_tags[0]
    if UNKNOWN in chosen.values():
        return UNKNOWN
    return [tag for name, tag in _TAGS.items() if chosen[name]]
