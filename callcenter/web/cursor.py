"""Opaque cursors: the sort key of the last row given out, newest first by (time, id)."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from callcenter.errors import FieldError
from callcenter.web.errors import CursorUnknown


def write_cursor(at: datetime, row_id: UUID) -> str:
    """The cursor behind the row of this time and id."""
    return base64.urlsafe_b64encode(f"{at.isoformat()} {row_id}".encode()).rstrip(b"=").decode()


def read_cursor(cursor: str | None) -> tuple[datetime, UUID] | None:
    """The (time, id) to go on behind; None at the beginning. Raises CursorUnknown."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        at, _, row_id = raw.decode("ascii").partition(" ")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("a time without its zone")
        return moment, UUID(row_id)
    except (binascii.Error, ValueError):
        fault = FieldError("#/query/cursor", "cursor_unknown", "not a cursor of this list")
        raise CursorUnknown(fields=[fault]) from None
