"""Large forms: their files go to disk as they come, and never lie in memory whole."""

import asyncio
import contextlib
import hashlib
import tempfile
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from callcenter.web.errors import BodyUnreadable, FileTooLarge
from callcenter.web.forms import Upload, shown

MIB = 1024 * 1024
AT_ONCE = 256 * 1024
AROUND = 64 * 1024
"""Bytes of a form that are not the file's."""


@dataclass
class SpooledForm:
    """Its fields; `digest` is the same for the same form."""

    fields: dict[str, Any] = field(default_factory=dict)
    files: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    digest: Any = field(default_factory=hashlib.sha256)
    size: int = 0


async def spooled_form(request: web.Request, limit_mib: int) -> SpooledForm:
    """A multipart form, whose `files` its caller closes; raises BodyUnreadable, and FileTooLarge as
    soon as it is."""
    form, limit = SpooledForm(), limit_mib * MIB + AROUND
    if (request.content_length or 0) > limit:
        raise FileTooLarge(limit_mib=limit_mib)
    with contextlib.ExitStack() as refused:
        refused.push(form.files)
        try:
            async for part in await request.multipart():
                if not isinstance(part, BodyPartReader) or part.name is None:
                    raise BodyUnreadable
                await _take(form, part, limit, FileTooLarge(limit_mib=limit_mib))
        except (ValueError, AssertionError):
            raise BodyUnreadable from None
        refused.pop_all()
    return form


async def _take(form: SpooledForm, part: BodyPartReader, limit: int, refusal: FileTooLarge) -> None:
    assert part.name is not None
    form.digest.update(part.name.encode() + b"\x00")
    file = form.files.enter_context(tempfile.NamedTemporaryFile())  # noqa: SIM115
    begun = form.size
    while piece := await part.read_chunk(AT_ONCE):
        form.size += len(piece)
        if form.size > limit:
            raise refusal
        form.digest.update(piece)
        await asyncio.to_thread(file.write, piece)
    await asyncio.to_thread(file.flush)
    if part.filename is None:
        file.seek(0)
        form.fields[part.name] = file.read().decode()
    elif form.size > begun:
        media_type = part.headers.get("Content-Type", "application/octet-stream")
        form.fields[part.name] = Upload(media_type, b"", shown(part.filename), file)
