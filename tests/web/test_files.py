"""Photos: by what they are, not by what they are called."""

from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
WEBP = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"x" * 100


async def upload(client: Any, data: bytes, media_type: str) -> Any:
    headers = {
        "Authorization": "Bearer machine",
        "Idempotency-Key": str(uuid4()),
        "Content-Type": media_type,
    }
    return await client.post("/api/v1/files", data=BytesIO(data), headers=headers)


@pytest.mark.parametrize(
    ("data", "media_type"), [(JPEG, "image/jpeg"), (PNG, "image/png"), (WEBP, "image/webp")]
)
async def test_a_photo_comes_back_as_it_was(serve: Any, data: bytes, media_type: str) -> None:
    client = await serve()
    answer = await upload(client, data, media_type)
    kept = await answer.json()
    assert (answer.status, kept["media_type"], kept["size"]) == (201, media_type, len(data))
    answer = await client.get(
        f"/api/v1/files/{kept['id']}", headers={"Authorization": "Bearer machine"}
    )
    assert await answer.read() == data
    assert answer.content_type == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline; filename=")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "media_type", "status", "code"),
    [
        (b"<script>alert(1)</script>", "image/jpeg", 415, "file_type_refused"),
        (JPEG, "text/html", 415, "media_type_refused"),
        (b"", "image/jpeg", 400, "body_missing"),
        (JPEG + b"x" * 8 * 1024 * 1024, "image/jpeg", 413, "body_too_large"),
    ],
)
async def test_what_is_no_photo_is_refused(
    serve: Any, data: bytes, media_type: str, status: int, code: str
) -> None:
    answer = await upload(await serve(), data, media_type)
    problem = await answer.json(content_type="application/problem+json")
    assert (answer.status, problem["code"]) == (status, code)


async def test_a_large_photo_fits(serve: Any) -> None:
    answer = await upload(await serve(), JPEG + b"x" * 7 * 1024 * 1024, "image/jpeg")
    assert answer.status == 201


async def test_an_unknown_file(serve: Any) -> None:
    client = await serve()
    answer = await client.get(
        f"/api/v1/files/{uuid4()}", headers={"Authorization": "Bearer machine"}
    )
    assert answer.status == 404
