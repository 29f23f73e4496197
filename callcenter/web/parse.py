"""Reads what a handler asks for out of the request, and names every fault with a pointer."""

import contextlib
import json
import types
import typing
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from aiohttp import web
from pydantic import BaseModel, ValidationError

from callcenter.errors import FieldError
from callcenter.web.errors import (
    BodyMissing,
    BodyTooLarge,
    BodyUnreadable,
    Invalid,
    MediaTypeRefused,
)
from callcenter.web.forms import FORM, MULTIPART, OWN_FORM_FIELDS, Upload, multipart, urlencoded
from callcenter.web.routes import WITHOUT_BODY, Route
from callcenter.web.spooled import spooled_form

POINTER_SIGNS = 200
JSON = "application/json"


@dataclass(frozen=True)
class Body:
    """The body as it came, read once; `fields` when it is a form. `files` are closed behind it."""

    raw: bytes = b""
    media_type: str = ""
    fields: dict[str, Any] | None = None
    files: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def frame_field(self, name: str) -> str | None:
        """One of the frame's own form fields."""
        found = (self.fields or {}).get(name)
        return found if isinstance(found, str) else None


async def read_body(request: web.Request, route: Route, largest_mib: int) -> Body:
    """The whole body, within the route's limit; files of a route that spools lie on disk, within
    the installation's, and `raw` is their digest."""
    if route.method in WITHOUT_BODY:
        return Body()
    if route.spools and request.content_type == MULTIPART:
        form = await spooled_form(request, largest_mib)
        return Body(form.digest.digest(), MULTIPART, form.fields, form.files)
    raw = await _limited(request, route.body_limit)
    media_type = request.content_type if "Content-Type" in request.headers else ""
    if "form" not in route.sources:
        return Body(raw, media_type)
    if media_type == MULTIPART:
        return Body(raw, media_type, multipart(raw, _boundary(request)))
    if media_type == FORM or not raw:
        return Body(raw, media_type, urlencoded(raw))
    raise MediaTypeRefused(accepted=f"{FORM}, {MULTIPART}")


def arguments(request: web.Request, route: Route, body: Body) -> dict[str, Any]:
    """The handler's arguments by name; raises Invalid with a pointer for each fault."""
    return {
        name: _argument(name, wanted, request, route, body)
        for name, wanted in route.sources.items()
    }


def _argument(name: str, wanted: Any, request: web.Request, route: Route, body: Body) -> Any:
    if name == "upload":
        return _upload(route, body)
    if name == "body":
        return _json_body(wanted, body)
    if name == "form":
        own = {k: v for k, v in (body.fields or {}).items() if k not in OWN_FORM_FIELDS}
        return validated(wanted, own, "body")
    if name == "query":
        return validated(wanted, _query(request, wanted), "query")
    if name == "path":
        return validated(wanted, dict(request.match_info), "path")
    names = [field.alias or key for key, field in wanted.model_fields.items()]
    raw = {key: request.headers[key] for key in names if key in request.headers}
    return validated(wanted, raw, "header")


def validated(model: type[BaseModel], raw: dict[str, Any], where: str) -> BaseModel:
    """The texts as the model; raises Invalid."""
    _refuse_nul(raw, where)
    try:
        return model.model_validate(raw)
    except ValidationError as failure:
        raise Invalid(fields=field_errors(failure, where)) from None


def field_errors(failure: ValidationError, where: str) -> list[FieldError]:
    """One entry for each fault, with its JSON pointer."""
    return [
        FieldError(_pointer(where, fault["loc"]), fault["type"], fault["msg"])
        for fault in failure.errors(include_url=False, include_input=False, include_context=False)
    ]


def _json_body(wanted: Any, body: Body) -> Any:
    model, optional = optional_model(wanted)
    if not body.raw:
        if optional:
            return None
        raise BodyMissing
    if body.media_type != JSON:
        raise MediaTypeRefused(accepted=JSON)
    try:
        parsed = model.model_validate_json(body.raw)
    except ValidationError as failure:
        if failure.errors(include_url=False)[0]["type"] == "json_invalid":
            raise BodyUnreadable(fields=field_errors(failure, "body")) from None
        raise Invalid(fields=field_errors(failure, "body")) from None
    if b"\\u0000" in body.raw:
        _refuse_nul(json.loads(body.raw), "body")
    return parsed


def _upload(route: Route, body: Body) -> Upload:
    if not body.raw:
        raise BodyMissing
    if route.media_types and body.media_type not in route.media_types:
        raise MediaTypeRefused(accepted=", ".join(route.media_types))
    return Upload(body.media_type, body.raw)


def optional_model(wanted: Any) -> tuple[type[BaseModel], bool]:
    """The model of `Model` or `Model | None`, and whether None will do."""
    if typing.get_origin(wanted) in (typing.Union, types.UnionType):
        arms = [arm for arm in typing.get_args(wanted) if arm is not type(None)]
        return arms[0], True
    return wanted, False


def _query(request: web.Request, model: type[BaseModel]) -> dict[str, Any]:
    lists = {
        field.alias or name
        for name, field in model.model_fields.items()
        if typing.get_origin(field.annotation) is list
    }
    # `lang` is every page's, see language.py.
    return {
        key: request.query.getall(key) if key in lists else request.query[key]
        for key in set(request.query)
        if key != "lang" or key in model.model_fields
    }


async def _limited(request: web.Request, limit: int) -> bytes:
    too_large = BodyTooLarge(limit_kib=limit // 1024)
    if (request.content_length or 0) > limit:
        raise too_large
    parts: list[bytes] = []
    size = 0
    async for chunk in request.content.iter_any():
        size += len(chunk)
        if size > limit:
            raise too_large
        parts.append(chunk)
    return b"".join(parts)


def _boundary(request: web.Request) -> str:
    header = Message()
    header["Content-Type"] = request.headers.get("Content-Type", "")
    return str(header.get_param("boundary", ""))


def _refuse_nul(raw: Any, where: str) -> None:
    """PostgreSQL has no room for U+0000 in a text."""
    faults = [
        FieldError(_pointer(where, at), "nul_character", "U+0000 is not allowed")
        for at in _nuls(raw, ())
    ]
    if faults:
        raise Invalid(fields=faults)


def _nuls(value: Any, at: tuple[str | int, ...]) -> list[tuple[str | int, ...]]:
    if isinstance(value, str):
        return [at] if "\x00" in value else []
    if isinstance(value, dict):
        return [
            hit
            for key, item in value.items()
            for hit in [*_nuls(str(key), at), *_nuls(item, (*at, str(key)))]
        ]
    if isinstance(value, list):
        return [hit for i, item in enumerate(value) for hit in _nuls(item, (*at, i))]
    return []


def _pointer(where: str, at: tuple[str | int, ...]) -> str:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in at)
    # A key of any length may have been sent; the answer names it, it does not send it back.
    return "/".join(["#", where, *steps])[:POINTER_SIGNS]
