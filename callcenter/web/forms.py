"""Bodies of HTML forms: urlencoded or multipart, as fields by name."""

from dataclasses import dataclass
from email.parser import HeaderParser
from typing import Any
from urllib.parse import parse_qsl

from callcenter.web.errors import BodyUnreadable

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
MAX_FIELDS = 200
FILE_NAME_SIGNS = 120

OWN_FORM_FIELDS = ("csrf_token", "idempotency_key")
"""Form fields of the frame itself: handlers do not see them."""


@dataclass(frozen=True)
class Upload:
    """A raw body, or one file of a form; `file_name` is what its sender calls it, for eyes only.
    `spooled`: the file on disk where a route that spools has laid it; it goes with the request."""

    media_type: str
    data: bytes
    file_name: str = ""
    spooled: Any = None


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
    # Browsers write a file's name as UTF-8.
    headers = HeaderParser().parsestr(head.decode(errors="replace"))
    name = headers.get_param("name", header="content-disposition")
    if not found or not isinstance(name, str):
        raise BodyUnreadable
    file_name = headers.get_filename()
    if file_name is None:
        try:
            fields[name] = data.decode()
        except UnicodeDecodeError:
            raise BodyUnreadable from None
    elif data:
        fields[name] = Upload(headers.get_content_type(), data, shown(file_name))


def shown(file_name: str) -> str:
    """What of it can be shown."""
    return "".join(sign for sign in file_name if sign.isprintable())[:FILE_NAME_SIGNS]
