"""What a handler answered, as an HTTP response."""

from typing import Any

from aiohttp import web
from pydantic import BaseModel

from callcenter.web.call import Call
from callcenter.web.html import Html, Redirect
from callcenter.web.routes import Route

ASKS_POSITION = web.ResponseKey("asks_position", bool)
ASKS_MICROPHONE = web.ResponseKey("asks_microphone", bool)


def respond(call: Call, route: Route, answer: Any) -> web.StreamResponse:
    """A model becomes JSON, with its `version` as ETag; None becomes 204."""
    if isinstance(answer, web.StreamResponse):
        return answer
    response = _response(route, answer)
    version = getattr(answer, "version", None)
    if isinstance(version, int):
        response.headers["ETag"] = f'"{version}"'
    response.headers.update(call.headers)
    for morsel in call.cookies.values():
        response.cookies[morsel.key] = morsel
    return response


def _response(route: Route, answer: Any) -> web.Response:
    if answer is None:
        return web.Response(status=204)
    if isinstance(answer, BaseModel):
        body = answer.model_dump_json(by_alias=True).encode()
        return web.Response(body=body, status=route.status, content_type="application/json")
    if isinstance(answer, Html):
        response = web.Response(
            text=answer.text, status=answer.status, content_type="text/html", headers=answer.headers
        )
        response[ASKS_POSITION] = answer.asks_position
        return response
    if isinstance(answer, Redirect):
        return web.Response(status=303, headers={"Location": answer.location})
    raise TypeError(f"{route.method} {route.path} answered a {type(answer).__name__}")
