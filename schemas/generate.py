"""Writes the published contracts out of the code: `python schemas/generate.py`.

openapi.json is the API; events/KIND.json is the `facts` of one kind of event.
"""

import importlib
import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))


def contracts() -> dict[str, Any]:
    """Every published file by its path below this folder."""
    from callcenter.app import all_routes
    from callcenter.web import frame
    from callcenter.web.openapi import openapi

    made: dict[str, Any] = {"openapi.json": openapi(frame.all_routes(all_routes()))}
    for fact in facts():
        made[f"events/{fact.kind}.json"] = fact.model_json_schema()
    return made


def facts() -> list[Any]:
    """Every kind of event, by name."""
    from callcenter.db.events import Fact

    for file in sorted((HERE.parent / "callcenter").rglob("events.py")):
        within = file.relative_to(HERE.parent).with_suffix("")
        importlib.import_module(".".join(within.parts))
    found: list[Any] = []
    waiting = [Fact]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        # Bases of a room's facts have no kind of their own.
        found += [one for one in below if "kind" in vars(one) and one.__module__.startswith("call")]
    return sorted(found, key=lambda fact: fact.kind)


def text(contract: Any) -> str:
    """As it is committed: sorted, so that a change shows as a change."""
    return json.dumps(contract, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    for path, contract in contracts().items():
        (HERE / path).write_text(text(contract))
