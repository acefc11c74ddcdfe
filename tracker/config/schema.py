"""The JSON schema of a configuration, for editors."""

from __future__ import annotations

import json
import sys
from itertools import combinations
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tracker.config.configuration import Configuration
from tracker.config.selectors import EXCLUSIVE
from tracker.config.target_checks import PROMISES

FILE_NAME = "tracker.schema.json"
_EXCLUSIVE = {
    "SourceSettings": [("path", "url")],
    "ChannelSettings": [("email", "webhook")],
}


class _EditorSchema(GenerateJsonSchema):
    """An optional key is a key that may be left out; ``null`` is no value for it."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        made = super().default_schema(schema)
        if made.get("default", ...) is None:
            del made["default"]
        return made


def make_schema() -> dict[str, Any]:
    """The schema of one file. ``indicators`` may stand in another file of the folder: not required here."""
    made = Configuration.model_json_schema(schema_generator=_EditorSchema)
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Tracker configuration",
    }
    schema.pop("required", None)
    _take_a_text_for_a_name(schema)
    for name, pairs in _EXCLUSIVE.items():
        schema["$defs"][name]["oneOf"] = [{"required": [key]} for pair in pairs for key in pair]
    schema["$defs"]["ChangeSettings"]["oneOf"] = [{"required": ["at_least"]}, {"required": ["at_least_percent"]}]
    schema["$defs"]["TargetSettings"]["not"] = {
        "anyOf": [{"required": list(pair)} for pair in [*combinations(PROMISES, 2), ("area", "areas")]]
    }
    schema["$defs"]["SecondReaderSettings"]["not"] = {"required": ["secret_env", "secret_file"]}
    schema["$defs"]["SourceSettings"]["not"] = {
        "anyOf": [{"required": list(pair)} for pair in [("every", "cron"), *combinations(EXCLUSIVE, 2)]]
    }
    return schema


def _take_a_text_for_a_name(schema: dict[str, Any]) -> None:
    name = schema["$defs"]["IndicatorSettings"]["properties"]["name"]
    reference = name.pop("$ref")
    name["anyOf"] = [{"type": "string", "minLength": 1}, {"$ref": reference}]


def schema_text() -> str:
    """The schema as the file that editors read; ends with a line end."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.write(schema_text())
