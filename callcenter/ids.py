"""Ids are made here, before the first try, so that a retry carries the same one."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of time."""
    return UUID(int=uuid_utils.uuid7().int)
