"""docs/config.schema.json: the JSON schema of `Pulumi.<stack>.yaml`, for editors, of the settings.

An editor completes and checks a stack's file that begins with
`# yaml-language-server: $schema=docs/config.schema.json`.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from components.settings import Settings
from components.settings.seed import SEED

SCHEMA_FILE: Final = Path(__file__).parent.parent / "docs" / "config.schema.json"

_AZUREAD: Final = {
    "azuread:tenantId": "Tenant that the stack manages; nothing is written to any other.",
    "azuread:clientId": "Client ID of the deployer application.",
    "azuread:environment": "Cloud that the tenant is in. Default: public.",
    "azuread:metadataHost": "Host that says where Graph and the login endpoint are.",
}
"""Keys of the azuread provider that a stack here commonly sets; it has more."""


class _Untitled(GenerateJsonSchema):
    """Leaves out titles that only repeat the keys."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 -- pydantic passes it
        return False


def stack_schema() -> dict[str, Any]:
    """The schema of a stack's file: what the project reads below `config`, all else left open."""
    settings = Settings.model_json_schema(schema_generator=_Untitled)
    sections: dict[str, Any] = settings["properties"]
    for section, value in SEED.items():
        sections[section] |= {"additionalProperties": False, "examples": [value]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Pulumi.<stack>.yaml of the project ciam",
        "description": "What an External ID tenant is made of, and how to reach it.",
        "type": "object",
        "properties": {
            "config": {
                "type": "object",
                "description": settings["description"],
                "properties": {
                    **{f"ciam:{section}": schema for section, schema in sections.items()},
                    **{
                        key: {"type": "string", "description": description}
                        for key, description in _AZUREAD.items()
                    },
                },
            }
        },
        "$defs": settings["$defs"],
    }


def rendered() -> str:
    """The schema as the file holds it."""
    return json.dumps(stack_schema(), indent=2, ensure_ascii=False) + "\n"
