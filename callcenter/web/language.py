"""Which language to answer in: zh first, en beside it."""

from typing import Literal

from aiohttp import web

from callcenter.web.actor import Actor

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
LANGUAGE_COOKIE = "lang"


def language_of(request: web.Request, actor: Actor | None = None) -> Language:
    """?lang=, then the cookie it left, then the caller's own, then Accept-Language, then zh."""
    asked = (
        request.query.get("lang"),
        request.cookies.get(LANGUAGE_COOKIE),
        actor.language if actor else None,
    )
    for one in asked:
        if one in LANGUAGES:
            return one
    return _preferred(request.headers.get("Accept-Language", ""))


def _preferred(header: str) -> Language:
    best: Language = "zh"
    best_quality = 0.0
    for piece in header.split(","):
        tag, _, weight = piece.strip().partition(";q=")
        try:
            quality = float(weight) if weight else 1.0
        except ValueError:
            continue
        primary = tag.partition("-")[0].lower()
        if primary in LANGUAGES and quality > best_quality:
            best, best_quality = primary, quality
    return best
