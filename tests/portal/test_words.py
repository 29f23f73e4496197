"""The pages' words: the same keys in both languages, none missing, none left over."""

import re
import string
from enum import StrEnum
from typing import Any

import pytest

from callcenter.portal import catalogue
from callcenter.routing.choose import PassedOver, Rung
from callcenter.routing.model import DeclineReason, DispatchStage, OfferState
from callcenter.stations.needs import Equipment, Fault
from callcenter.tickets.model import Stage
from tests.portal.conftest import Office
from tests.portal.test_stories import opens_rescue, sets_place

WORDS = catalogue.words()
TEMPLATES = {file.name: file.read_text() for file in (catalogue.HERE / "templates").glob("*.html")}
HAN = re.compile(r"[\u4e00-\u9fff]")

# t('prefix_' + value): every value of the list needs its words.
BUILT: dict[str, list[type[StrEnum]]] = {
    "stage_": [Stage],
    "owner_": [Stage],
    "offer_": [OfferState],
    "dispatch_": [DispatchStage],
    "decline_": [DeclineReason],
    "reason_": [PassedOver],
    "rung_": [Rung],
    "fault_": [Fault],
    "equipment_": [Equipment],
}


def written_keys() -> set[str]:
    """Keys that stand as they are in a template or a page's Python."""
    python = "".join(file.read_text() for file in catalogue.HERE.glob("*.py"))
    everything = "".join(TEMPLATES.values()) + python
    return set(re.findall(r"\bt(?:ext)?\('([a-z0-9_]+)'[,)]", everything))


def prefixes() -> set[str]:
    return set(re.findall(r"\bt\('([a-z_]+_)' \+", "".join(TEMPLATES.values())))


def test_both_languages_have_the_same_keys_and_the_same_blanks():
    zh, en = WORDS["zh"], WORDS["en"]
    assert set(zh) == set(en)

    def blanks(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert {key: blanks(zh[key]) for key in zh} == {key: blanks(en[key]) for key in en}


def test_english_words_hold_no_chinese():
    allowed = {"other_language", "chinese"}
    assert [k for k, text in WORDS["en"].items() if HAN.search(text) and k not in allowed] == []


def test_every_key_that_a_page_names_is_there():
    assert written_keys() - set(WORDS["zh"]) == set()


@pytest.mark.parametrize("prefix", BUILT)
def test_every_value_has_its_words(prefix: str):
    missing = {f"{prefix}{value.value}" for values in BUILT[prefix] for value in values} - set(
        WORDS["zh"]
    )
    assert missing == set()


def test_no_key_is_left_over():
    used = written_keys()
    built = tuple(prefixes())
    left = {key for key in WORDS["zh"] if key not in used and not key.startswith(built)}
    assert left == set()


@pytest.mark.parametrize("role", ["agent", "supervisor", "station"])
async def test_no_english_page_shows_chinese_words(office: Office, role: str):
    agent = await office.colleague("expert")
    station_id = await office.station()
    address = await opens_rescue(agent)
    await sets_place(agent)
    pages: dict[str, list[str]] = {
        "agent": ["/desk", address, "/password"],
        "supervisor": ["/desk", address, "/inbox"],
        "station": ["/station"],
    }
    reader = await office.colleague(
        role, station_id=station_id if role == "station" else None, english=True
    )
    for path in pages[role]:
        await reader.goes_to(f"{path}?lang=en")
        found = await reader.page.evaluate(ODD)
        assert found == [], path


# Data (names, messages, what was typed) may be Chinese; labels, buttons and headings may not.
ODD: Any = """() => [...document.querySelectorAll(
  'label, button, legend, summary, h1, h2, option, th, .hint, .quiet, .stage, .tag')]
  .map(one => one.textContent.trim())
  .filter(text => /[\\u4e00-\\u9fff]/.test(text))
  .filter(text => !/王先生|服务站|辽|短信|中文/.test(text))"""
