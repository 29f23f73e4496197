"""A refusal as a page: what is wrong, the number to call, the id to report."""

from collections.abc import Sequence
from html import escape

from aiohttp import web

from callcenter.errors import FieldError

HOTLINE = web.AppKey("hotline", str)
BY_LINK = ("/l/", "/o/", "/s/")
WORDS = {
    "zh": ("zh-CN", "无法继续", "致电热线", "告知热线的编号", "回到首页"),
    "en": (
        "en",
        "This does not work",
        "Call the hotline",
        "Number to tell the hotline",
        "Home page",
    ),
}


def problem_page(
    request: web.Request, *, language: str, detail: str, fields: Sequence[FieldError], report: str
) -> str:
    """The HTML; it needs no template and no database, as either may be what is broken."""
    tag, title, call, number, home = WORDS[language]
    hotline = escape(request.config_dict[HOTLINE])
    # Who came by a link has no page to begin at.
    begin = "" if request.path.startswith(BY_LINK) else f'<p><a class="tap" href="/">{home}</a></p>'
    faults = "".join(f"<li>{escape(f.pointer)}: {escape(f.detail)}</li>" for f in fields)
    return (
        f'<!doctype html><html lang="{tag}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{title}</title><link rel="icon" href="data:,">'
        '<link rel="stylesheet" href="/static/style.css"></head><body><main>'
        f'<h1>{title}</h1><section class="card"><p class="say">{escape(detail)}</p>'
        f"{f'<ul>{faults}</ul>' if faults else ''}"
        f'<p><a class="button" href="tel:{hotline}">{call} {hotline}</a></p>'
        f"{begin}"
        f'<p class="quiet">{number} {escape(report)}</p></section></main></body></html>'
    )
