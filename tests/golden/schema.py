"""The JSON Schema of scenario files, generated from the models: editors complete and check a scenario with it.

python -m tests.golden.schema        writes scenarios/scenario.schema.json
"""

import json
from pathlib import Path

from game.files.scenario_schema import Scenario

FILE = Path(__file__).resolve().parents[2] / "scenarios" / "scenario.schema.json"


def schema_text() -> str:
    """The schema as the file holds it."""
    return json.dumps(Scenario.model_json_schema(), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(schema_text(), encoding="utf-8")
