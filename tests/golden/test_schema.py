from tests.golden.schema import FILE, schema_text


def test_json_schema_beside_the_scenarios_is_the_one_of_the_models() -> None:
    assert FILE.read_text(encoding="utf-8") == schema_text(), "run: python -m tests.golden.schema"
