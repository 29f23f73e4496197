"""The pages' words: the same keys in both languages, none missing, none left over."""

import re
import string
from collections.abc import Iterable
from typing import Any, get_args

import pytest

from callcenter.places import check
from callcenter.places.gazetteer import Gazetteer
from callcenter.places.model import OnRoad
from callcenter.portal import attempt, catalogue
from callcenter.routing.choose import PassedOver
from callcenter.routing.model import LIVE_STAGES, DeclineReason, DispatchStage, OfferState
from callcenter.routing.proofs import Unsigned
from callcenter.routing.towing.destination import DestinationKind, NotThere
from callcenter.routing.towing.tows import OnwardKind, TowStage
from callcenter.routing.wire import Outcome
from callcenter.stations.needs import Equipment, Fault
from callcenter.tickets import location
from callcenter.tickets.model import Stage
from callcenter.tickets.particulars import Energy
from tests.portal.conftest import Office
from tests.service import open_rescue

WORDS = catalogue.words()
TEMPLATES = {file.name: file.read_text() for file in (catalogue.HERE / "templates").glob("*.html")}
PYTHON = "".join(file.read_text() for file in catalogue.HERE.glob("*.py"))
HAN = re.compile(r"[\u4e00-\u9fff]")

WITHDRAWN = (
    "taken_by_another",
    "place_moved",
    "assigned_by_hand",
    "asked_again",
    "handed_over",
    "cancelled",
    "rescue_ended",
    "merged",
)
DOUBTS = (
    check.ABROAD,
    check.NOWHERE,
    check.AT_SEA,
    location.FIX_TOO_OLD,
    location.FIX_TOO_COARSE,
    location.FIX_WITHOUT_ACCURACY,
    location.FIX_WITHOUT_TIME,
    location.FIX_FROM_THE_FUTURE,
    location.DATUM_UNKNOWN,
)


# t('prefix_' + value): every value of the list needs its words.
BUILT: dict[str, Iterable[str]] = {
    "stage_": Stage,
    "owner_": Stage,
    "offer_": OfferState,
    "dispatch_": DispatchStage,
    "decline_": DeclineReason,
    "tow_stage_": TowStage,
    "tow_kind_": DestinationKind,
    "not_there_": [*NotThere, "too_far", "in_yard"],
    "travel_": OnwardKind,
    "reason_": PassedOver,
    "fault_": Fault,
    "equipment_": Equipment,
    "energy_": [one for one in get_args(Energy) if one],
    "doubt_": DOUBTS,
    "over_": [
        *WITHDRAWN,
        *(set(OfferState) - {OfferState.OFFERED}),
        *(set(DispatchStage) - LIVE_STAGES),
    ],
    "correction_": ["confirmed", "asked", "read", "unsure", "heard", "rated"],
    "offers_": ["received", "accepted", "declined", "expired", "withdrawn"],
    "unsigned_": Unsigned,
    "rating_": map(str, range(1, 6)),
    "map_": ["amap", "baidu", "apple", "phone"],
    "outcome_": get_args(Outcome),
    "thanks_": ["confirmed", "asked", "read"],
}


def written_keys() -> set[str]:
    """Keys that stand as they are in a template or a page's Python."""
    in_python = re.findall(r'\bt\("([a-z_]+)"[,)]', PYTHON)
    in_templates = re.findall(r"\bt\('([a-z0-9_]+)'[,)]", "".join(TEMPLATES.values()))
    return {*in_templates, *(key for key in in_python if "_" in key)}


def prefixes() -> set[str]:
    in_refusals = {prefix for where in attempt.CODES.values() for prefix in where}
    return in_refusals | set(re.findall(r"\bt\('([a-z_]+_)' \+", "".join(TEMPLATES.values())))


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
    missing = {f"{prefix}{value}" for value in BUILT[prefix]} - set(WORDS["zh"])
    assert missing == set()


def test_no_key_is_left_over():
    used = written_keys()
    built = tuple(prefixes())
    left = {key for key in WORDS["zh"] if key not in used and not key.startswith(built)}
    assert left == set()


def test_a_code_without_words_is_shown_as_it_is(gazetteer: Gazetteer):
    """A page that somebody waits for is not withheld for a word that is missing."""
    assert catalogue.pages(gazetteer).text("zh")("doubt_of_next_year") == "doubt_of_next_year"


def test_english_pages_write_the_towns_of_a_road_in_latin_letters(gazetteer: Gazetteer):
    shown = catalogue.pages(gazetteer).environment.globals
    place = OnRoad("G15", 12_500, towards="大连")
    assert shown["on_road_words"]("en", place) == "G15 K12+500 towards Dalian"
    assert shown["on_road_words"]("zh", place) == "G15沈海高速 K12+500 往大连方向"
    assert shown["on_road_words"]("en", OnRoad("G15", towards="up")).endswith("rising kilometres")
    assert shown["on_road_words"]("en", OnRoad("G15", towards="无名屯")).endswith("Wumingtun")


async def test_no_english_page_shows_chinese_words(office: Office):
    station_id = await office.station()
    ticket = await open_rescue(await office.service.agent())
    pages: dict[str, list[str]] = {
        "agent": ["/password", f"/work-orders/{ticket['id']}"],
        "supervisor": ["/inbox"],
        "station": ["/station", "/station/day"],
    }
    for role, paths in pages.items():
        at = station_id if role == "station" else None
        reader = await office.colleague(role, station_id=at, english=True)
        for path in paths:
            await reader.goes_to(f"{path}?lang=en")
            assert await reader.page.evaluate(ODD) == [], path


# Data (names, messages, what was typed) may be Chinese; labels, buttons and headings may not.
ODD: Any = """() => [...document.querySelectorAll(
  'label, button, legend, summary, h1, h2, h3, option, th, .hint, .quiet, .stage, .tag, .ask')]
  .map(one => one.textContent.trim())
  .filter(text => /[\\u4e00-\\u9fff]/.test(text))
  .filter(text => !/王先生|服务站|辽|短信|中文/.test(text))"""
