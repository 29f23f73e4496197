"""Refusals become application/problem+json (pages: a plain HTML page), in the caller's language.

What is not a refusal is a fault of ours: 500 with an id, the rest goes to the log only.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from aiohttp import web
from yarl import URL

from callcenter.db.retry import RETRYABLE, DatabaseAway
from callcenter.errors import CallCenterError, FieldError
from callcenter.web.language import language_of
from callcenter.web.problem_page import problem_page
from callcenter.web.status import status_words
from callcenter.web.wire import Problem, Violation

log = structlog.get_logger()

REQUEST_ID = web.RequestKey("request_id", str)
ACTOR_LANGUAGE = web.RequestKey("actor_language", str)
SIGN_IN_PAGE = "/sign-in"
RETRY_AFTER_S: dict[int | str, int] = {429: 60, 503: 2, "idempotency_in_progress": 1}

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

HTTP_WORDS = {
    404: ("not_found", "没有这个地址。", "There is nothing at this address."),
    405: ("method_not_allowed", "此地址不支持该方法。", "This address does not take this method."),
    413: ("body_too_large", "内容太大。", "The body is too large."),
}
AWAY: tuple[type[BaseException], ...] = (DatabaseAway, *RETRYABLE)
BRIEFLY_AWAY = (
    "database_away",
    "系统暂时不可用,请稍后再试。",
    "The service is briefly away. Try again.",
)
FAULT = ("fault", "系统出错。请报告编号 {id}。", "Something went wrong. Report the id {id}.")


@dataclass(frozen=True)
class Refusal:
    """What to answer instead."""

    status: int
    code: str
    message_zh: str
    message_en: str
    fields: list[FieldError] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """The one place where an exception becomes an answer."""
    try:
        return await handler(request)
    except CallCenterError as refused:
        return answer(request, _of_error(refused))
    except web.HTTPException as refused:
        if refused.status < 400:
            raise
        return answer(request, _of_http(refused))
    except AWAY as failure:
        log.warning("database_away", error=repr(failure))
        return answer(request, Refusal(503, *BRIEFLY_AWAY))
    # The net under every handler: nothing of the fault itself may reach the caller.
    except Exception:
        log.exception("request_failed")
        code, zh, en = FAULT
        known = request[REQUEST_ID]
        return answer(request, Refusal(500, code, zh.format(id=known), en.format(id=known)))


def answer(request: web.Request, refusal: Refusal) -> web.Response:
    """The refusal as problem+json, or as a page where a page was asked for."""
    language = request.get(ACTOR_LANGUAGE) or language_of(request)
    headers = dict(refusal.headers)
    if seconds := RETRY_AFTER_S.get(refusal.code) or RETRY_AFTER_S.get(refusal.status):
        headers.setdefault("Retry-After", str(seconds))
    if refusal.status == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    detail = refusal.message_en if language == "en" else refusal.message_zh
    if _is_page(request):
        return _page(request, refusal, language, detail, headers)
    problem = Problem(
        title=status_words(refusal.status),
        status=refusal.status,
        code=refusal.code,
        detail=detail,
        request_id=request[REQUEST_ID],
        errors=[Violation(pointer=f.pointer, code=f.code, detail=f.detail) for f in refusal.fields],
        facts=refusal.facts,
    )
    return web.Response(
        body=problem.model_dump_json().encode(),
        status=refusal.status,
        content_type="application/problem+json",
        headers={**headers, "Content-Language": language},
    )


def _of_error(refused: CallCenterError) -> Refusal:
    headers = {}
    if (seconds := refused.facts.get("retry_after_s")) is not None:
        headers["Retry-After"] = str(seconds)
    return Refusal(
        refused.status,
        refused.code,
        refused.message("zh"),
        refused.message("en"),
        refused.fields,
        headers,
        {name: str(fact) for name, fact in refused.facts.items()},
    )


def _of_http(refused: web.HTTPException) -> Refusal:
    unknown = ("http_error", "请求无法处理。", "The request cannot be served.")
    code, zh, en = HTTP_WORDS.get(refused.status, unknown)
    keep = {k: v for k, v in refused.headers.items() if k in ("Allow", "Retry-After")}
    return Refusal(refused.status, code, zh, en, headers=keep)


def _is_page(request: web.Request) -> bool:
    return not request.path.startswith("/api/") and "text/html" in request.headers.get("Accept", "")


def _page(
    request: web.Request, refusal: Refusal, language: str, detail: str, headers: dict[str, str]
) -> web.Response:
    if refusal.status == 401 and request.method == "GET":
        address = URL(SIGN_IN_PAGE).with_query(next=request.path_qs)
        return web.Response(status=303, headers={"Location": str(address)})
    text = problem_page(
        request,
        language=language,
        detail=detail,
        fields=refusal.fields,
        report=request[REQUEST_ID],
    )
    return web.Response(text=text, status=refusal.status, content_type="text/html", headers=headers)
