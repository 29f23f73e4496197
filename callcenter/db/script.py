"""Runs one SQL file inside alembic's transaction, on the driver's own connection.

Through SQLAlchemy several statements in one text fail, and ":x" in a literal is a bind.
"""

from typing import Any

from alembic import op
from sqlalchemy.util import await_only

from callcenter.db.migrations import schema_folder


def run_file(name: str) -> None:
    """Execute `schemas/sql/<name>`."""
    run_text((schema_folder() / name).read_text(encoding="utf-8"))


def run_text(sql: str) -> None:
    """Execute a text of several statements."""
    driver: Any = op.get_bind().connection.driver_connection
    await_only(driver.execute(sql))
