"""Loads the named SQL texts that lie beside the module that uses them."""

from pathlib import Path

import aiosql
from aiosql.queries import Queries


def load_queries(module_file: str, name: str = "queries.sql") -> Queries:
    """The named queries of the file `name` beside `module_file` (pass `__file__`)."""
    return aiosql.from_path(Path(module_file).parent / name, "asyncpg")
