"""The JSON Schema beside the scenarios says what the models say."""

import json
from typing import Any

from tests.golden.schema import FILE, schema_text


def fields(schema: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Description by field by block; how pydantic words the rest differs from version to version."""
    blocks = {"Scenario": schema, **schema["$defs"]}
    return {
        name: {field: about.get("description", "") for field, about in block.get("properties", {}).items()}
        for name, block in blocks.items()
    }


def test_json_schema_beside_the_scenarios_is_the_one_of_the_models() -> None:
    written = json.loads(FILE.read_text(encoding="utf-8"))
    assert fields(written) == fields(json.loads(schema_text())), "run: python -m tests.golden.schema"
