"""The pages' templates and words: one TOML file per language, with the same keys."""

import tomllib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from callcenter.clock import CHINA
from callcenter.hours.words import hours_words
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.model import OnRoad
from callcenter.places.roads.way_words import SaidOnRoad, on_road_words
from callcenter.portal.map_link import map_url, navigation_urls
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


class PortalPages(Pages):
    """The pages of the portal, which show codes of many rooms in words.

    A code without words is shown as it is: somebody waits for the rest of the page.
    """

    def text(self, language: str) -> Callable[..., str]:
        """The `t` of this language."""
        written, known = super().text(language), self.words[language]

        def t(key: str, **values: object) -> str:
            return written(key, **values) if key in known else key

        return t


def pages(gazetteer: Gazetteer) -> Pages:
    """The part that `render` needs; English pages write towns as the gazetteer has them."""

    def town_name(language: str, name: str) -> str:
        return gazetteer.in_english(name) if language == "en" else name

    def on_road(language: str, said: SaidOnRoad | None) -> str:
        if said is None:
            return ""
        towards = said.towards and town_name(language, said.towards)
        return on_road_words(language, OnRoad(said.road, said.post_m, said.feature, towards))

    made = PortalPages([HERE / "templates"], [words()])
    made.environment.globals["map_url"] = map_url
    made.environment.globals["navigation_urls"] = navigation_urls
    made.environment.globals["on_road_words"] = on_road
    made.environment.globals["hours_words"] = hours_words
    made.environment.filters["local_clock"] = _clock
    return made


def _clock(at: datetime) -> str:
    return at.astimezone(CHINA).strftime("%H:%M")
