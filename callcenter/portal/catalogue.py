"""The pages' templates and words: one TOML file per language, with the same keys."""

import tomllib
from pathlib import Path

from callcenter.web.language import LANGUAGES
from callcenter.web.pages import Pages

HERE = Path(__file__).parent
STATIC = HERE / "static"


def words() -> dict[str, dict[str, str]]:
    """Language -> key -> text."""
    return {
        language: tomllib.loads((HERE / "words" / f"{language}.toml").read_text("utf-8"))
        for language in LANGUAGES
    }


def pages() -> Pages:
    """The part that `render` needs."""
    return Pages([HERE / "templates"], [words()])
