"""Photos: taken as a raw body or out of a form, kept in the database, served as what they are."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aiohttp import web
from pydantic import Field

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.web.call import Call
from callcenter.web.errors import FileNotFound, FileTypeRefused
from callcenter.web.forms import Upload
from callcenter.web.permission import Permission
from callcenter.web.repository import SQL
from callcenter.web.routes import Routes
from callcenter.web.wire import Moment, QueryModel, WireModel

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"
SUFFIX = {JPEG: "jpg", PNG: "png", WEBP: "webp"}

routes = Routes(tags=["files"])


@dataclass(frozen=True)
class StoredFile:
    """One row of `files` without its bytes."""

    id: UUID
    media_type: str
    size: int
    uploaded_by: str
    created_at: datetime


class FileOut(WireModel):
    """A photo that is kept."""

    id: UUID
    media_type: str = Field(examples=[JPEG])
    size: int
    created_at: Moment


class FilePath(QueryModel):
    """Which file."""

    file_id: UUID


def media_type_of(data: bytes) -> str | None:
    """What the bytes are, by their first few; None when it is no photo that is kept."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return WEBP
    return None


async def store(tx: Tx, data: bytes, *, uploaded_by: str) -> StoredFile:
    """Keep a photo; raises FileTypeRefused, whatever its sender called it."""
    media_type = media_type_of(data)
    if media_type is None:
        raise FileTypeRefused
    row = await SQL.insert_file(
        tx.connection,
        id=new_id(),
        media_type=media_type,
        bytes=data,
        sha256=hashlib.sha256(data).digest(),
        size=len(data),
        uploaded_by=uploaded_by,
    )
    return StoredFile(**row)


async def read(tx: Tx, file_id: UUID) -> tuple[StoredFile, bytes]:
    """The file and its bytes; raises FileNotFound."""
    row = await SQL.get_file(tx.connection, id=file_id)
    if row is None:
        raise FileNotFound
    fields = dict(row)
    data: bytes = fields.pop("bytes")
    return StoredFile(**fields), data


def file_response(stored: StoredFile, data: bytes) -> web.Response:
    """The photo as an answer: shown, never run."""
    name = f"{stored.id}.{SUFFIX[stored.media_type]}"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return web.Response(body=data, content_type=stored.media_type, headers=headers)


@routes.post(
    "/api/v1/files",
    permission=Permission.FILES_WRITE,
    status=201,
    media_types=(JPEG, PNG, WEBP),
)
async def upload_file(call: Call, upload: Upload) -> FileOut:
    """Keep a photo of at most 8 MiB."""
    stored = await store(call.tx, upload.data, uploaded_by=call.actor.id)
    return FileOut(
        id=stored.id,
        media_type=stored.media_type,
        size=stored.size,
        created_at=stored.created_at,
    )


@routes.get(
    "/api/v1/files/{file_id}", permission=Permission.FILES_READ, media_types=(JPEG, PNG, WEBP)
)
async def get_file(call: Call, path: FilePath) -> web.StreamResponse:
    """The photo itself; a station's own ones only."""
    stored, data = await read(call.tx, path.file_id)
    if call.actor.station_id is not None and stored.uploaded_by != call.actor.id:
        raise FileNotFound
    return file_response(stored, data)
