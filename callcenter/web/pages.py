"""Server-rendered pages: Jinja templates with autoescape, words from the rooms' catalogues.

A catalogue is {"zh": {key: text}, "en": {key: text}}; every language has the same keys. In a
template `t("key", name=value)` is the text in the caller's language.
"""

import functools
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from callcenter.clock import CHINA
from callcenter.ids import new_id
from callcenter.web.call import Call
from callcenter.web.html import Html
from callcenter.web.language import LANGUAGE_COOKIE, LANGUAGES

Catalogue = Mapping[str, Mapping[str, str]]

YEAR_S = 365 * 24 * 3600


class Pages:
    """All templates and words of the rooms that have pages; a part wired in the app."""

    def __init__(self, folders: Sequence[Path], catalogues: Sequence[Catalogue]) -> None:
        self.words = merged(catalogues)
        self.environment = Environment(
            loader=FileSystemLoader(folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        for name, form in (("local_time", "%m-%d %H:%M"), ("local_second", "%m-%d %H:%M:%S")):
            self.environment.filters[name] = functools.partial(local, form=form)

    def text(self, language: str) -> Callable[..., str]:
        """The `t` of this language: `t("key", name=value)`."""
        words = self.words[language]

        def t(key: str, **values: object) -> str:
            return words[key].format(**values)

        return t


def merged(catalogues: Sequence[Catalogue]) -> dict[str, dict[str, str]]:
    """One catalogue; raises when a language lacks a key or two rooms use the same one."""
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for catalogue in catalogues:
        chinese, english = set(catalogue["zh"]), set(catalogue["en"])
        if missing := chinese ^ english:
            raise ValueError(f"not in every language: {sorted(missing)}")
        if twice := chinese & set(words["zh"]):
            raise ValueError(f"in two catalogues: {sorted(twice)}")
        for language in LANGUAGES:
            words[language].update(catalogue[language])
    return words


def render(
    call: Call, template: str, *, status: int = 200, asks_position: bool = False, **values: Any
) -> Html:
    """The page in the caller's language.

    Templates see `t`, `language`, `actor`, `path`, `csrf_token` and `new_key()`. Each form that
    acts carries hidden fields csrf_token and idempotency_key, made when it is rendered.
    """
    pages = call.part(Pages)
    if call.request.query.get("lang") in LANGUAGES:
        remember_language(call)
    text = pages.environment.get_template(template).render(
        t=pages.text(call.language),
        language=call.language,
        actor=call.actor,
        path=call.request.path,
        csrf_token=call.actor.csrf_token or "",
        new_key=_new_key,
        **values,
    )
    headers = {"Content-Language": call.language}
    return Html(text, status=status, asks_position=asks_position, headers=headers)


def remember_language(call: Call) -> None:
    """Keep the language that ?lang= asked for."""
    call.cookies[LANGUAGE_COOKIE] = call.language
    morsel = call.cookies[LANGUAGE_COOKIE]
    morsel["path"], morsel["max-age"], morsel["samesite"] = "/", str(YEAR_S), "Lax"


def _new_key() -> str:
    return f"{new_id()}-{secrets.token_hex(4)}"


def local(at: datetime, *, form: str) -> str:
    """The moment on China's clocks; its year stands before it when that is not this one."""
    then = at.astimezone(CHINA)
    this_year = then.year == datetime.now(CHINA).year
    return then.strftime(form if this_year else f"%Y-{form}")
