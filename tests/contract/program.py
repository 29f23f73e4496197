"""The program as a whole, for tests that look at all of it."""

import functools
import importlib
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "callcenter"
ACTS_WHEN_IMPORTED = {"callcenter/db/env.py", "callcenter/__main__.py"}


def sources() -> list[Path]:
    """Every Python file of the program."""
    return sorted(PACKAGE.rglob("*.py"))


@functools.cache
def modules() -> list[ModuleType]:
    """Every module of the program, imported; but migrations and what runs when imported."""
    found = []
    for path in sources():
        within = path.relative_to(ROOT)
        if within.as_posix() in ACTS_WHEN_IMPORTED or "versions" in within.parts:
            continue
        parts = within.with_suffix("").parts
        found.append(importlib.import_module(".".join(parts).removesuffix(".__init__")))
    return found
