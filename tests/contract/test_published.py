"""The published contracts are what the code does, and nothing that was published vanishes."""

import importlib.util
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

SCHEMAS = Path(__file__).parents[2] / "schemas"
SPEC = importlib.util.spec_from_file_location("generate", SCHEMAS / "generate.py")
assert SPEC is not None
assert SPEC.loader is not None
generate = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(generate)


def test_they_are_fresh():
    """When this fails: python schemas/generate.py, and look at what changed."""
    made = {path: generate.text(contract) for path, contract in generate.contracts().items()}
    files = [SCHEMAS / "openapi.json", *(SCHEMAS / "events").glob("*.json")]
    published = {str(file.relative_to(SCHEMAS)): file.read_text() for file in files}
    assert published == made


def test_the_whole_api_is_valid_openapi():
    OpenAPIV31SpecValidator(generate.contracts()["openapi.json"]).validate()


def test_events_hold_ids_and_codes_only():
    """Words, numbers and positions lie in rows that can be erased."""
    telling = {"name", "phone", "words", "lat", "lon", "text", "summary", "plate", "vin"}
    for path, contract in generate.contracts().items():
        if path.startswith("events/"):
            assert not telling & set(contract.get("properties", {})), path
