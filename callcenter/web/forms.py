"""Bodies of HTML forms: urlencoded or multipart, as fields by name."""

from dataclasses import dataclass
from email.parser import BytesHeaderParser
from typing import Any
from urllib.parse import parse_qsl

from callcenter.web.errors import BodyUnreadable

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MAX_FIELDS = 200

OWN_FORM_FIELDS = ("csrf_token", "idempotency_key")
"""Form fields of the frame itself: handlers do not see them."""


@dataclass(frozen=True)
class Upload:
    """A raw body, or one file of a form."""

    media_type: str
    data: bytes


def urlencoded(raw: bytes) -> dict[str, Any]:
    """The fields; of a name given twice the last one counts."""
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MAX_FIELDS))
    except ValueError:
        raise BodyUnreadable from None


def multipart(raw: bytes, boundary: str) -> dict[str, Any]:
    """Texts as str, chosen files as Upload; a file field left empty is not there."""
    if not boundary:
        raise BodyUnreadable
    pieces = (b"\r\n" + raw).split(b"\r\n--" + boundary.encode("latin-1", "replace"))
    if len(pieces) < 2 or not pieces[-1].startswith(b"--") or len(pieces) > MAX_FIELDS:
        raise BodyUnreadable
    fields: dict[str, Any] = {}
    for piece in pieces[1:-1]:
        _take_part(piece.removeprefix(b"\r\n"), fields)
    return fields


def _take_part(piece: bytes, fields: dict[str, Any]) -> None:
    head, found, data = piece.partition(b"\r\n\r\n")
    headers = BytesHeaderParser().parsebytes(head)
    name = headers.get_param("name", header="content-disposition")
    if not found or not isinstance(name, str):
        raise BodyUnreadable
    if headers.get_filename() is None:
        try:
            fields[name] = data.decode()
        except UnicodeDecodeError:
            raise BodyUnreadable from None
    elif data:
        fields[name] = Upload(headers.get_content_type(), data)
