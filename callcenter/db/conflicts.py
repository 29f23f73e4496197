"""The driver's refusals that a verb turns into its own: only this room knows the driver."""

from asyncpg import ForeignKeyViolationError as ForeignKeyViolation
from asyncpg import UniqueViolationError as UniqueViolation

__all__ = ["ForeignKeyViolation", "UniqueViolation", "constraint_of"]


def constraint_of(violation: UniqueViolation) -> str:
    """The name of the index or constraint that refused."""
    return str(violation.constraint_name or "")
