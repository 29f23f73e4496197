"""What a duty phone is told: readable aloud, without anybody's name or number."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.places.model import OnRoad
from callcenter.routing.model import DeclineReason, OfferState
from callcenter.stations.needs import Fault
from callcenter.telephony.duty.aloud import MOST_SIGNS, post_aloud, road_aloud, said
from callcenter.telephony.duty.words import (
    FAULTS,
    REASONS,
    TEXTS,
    ending_of,
    reasons_words,
    rounded_s,
)
from callcenter.telephony.flow.model import Language


def road(road: str, post_m: int | None = None, **more: Any) -> OnRoad:
    fields = {"feature": None, "towards": None, "sense": None} | more
    return OnRoad(road, post_m, **fields)


@pytest.mark.parametrize(
    ("on_road", "zh", "en"),
    [
        (road("G2"), "G二京沪高速", "G 2"),
        (
            road("G15", 1203400, towards="大连"),
            "G十五沈海高速,1203公里400米,往大连方向",
            "G 15, kilometre 1203 plus 400 metres, towards Dalian",
        ),
        (road("G1501", 5000), "G一五零一沈阳绕城高速,5公里", "G 1 5 0 1, kilometre 5"),
        (road("S20", feature="苏家屯收费站"), "S二十,苏家屯收费站", "S 20, Sujiatun toll gate"),
        (road("G1", towards="inner"), "G一京哈高速,内环", "G 1, inner ring"),
    ],
)
def test_a_road_as_it_is_said(on_road: OnRoad, zh: str, en: str):
    assert (road_aloud("zh", on_road), road_aloud("en", on_road)) == (zh, en)


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        ("东望街口", "东望街口", "Dongwangjiekou"),
        ("K12+300处", "12公里300米处", None),
        ("请打13912345678找老王", "请打找老王", None),
        ("G15高架下", "G十五高架下", None),
        ("BMW 320i 旁", "BMW 320i 旁", None),
        ("near gate 3", "near gate 3", "near gate 3"),
        ("", "", ""),
    ],
)
def test_somebodys_words_as_they_are_said(words: str, zh: str, en: str | None):
    assert said("zh", words) == zh
    if en is not None:
        assert said("en", words) == en


@given(st.text(max_size=300))
def test_any_words_can_be_said(words: str):
    for language in ("zh", "en"):
        assert len(said(language, words)) <= MOST_SIGNS


@given(st.from_regex(r"1[3-9]\d{9}", fullmatch=True), st.text("东街口 ,。", max_size=10))
def test_nobodys_number_is_said(number: str, around: str):
    assert number not in said("zh", around + number + around)


@pytest.mark.parametrize(
    ("metres", "zh", "en"),
    [(0, "0公里", "kilometre 0"), (1203400, "1203公里400米", "kilometre 1203 plus 400 metres")],
)
def test_a_post(metres: int, zh: str, en: str):
    assert (post_aloud("zh", metres), post_aloud("en", metres)) == (zh, en)


@given(st.floats(0, 5000))
def test_never_more_seconds_are_said_than_there_are(left_s: float):
    assert 0 <= rounded_s(left_s) <= left_s


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fault_and_every_reason_has_its_words(language: Language):
    assert FAULTS[language].keys() == {*Fault}
    assert {reason for reason, _ in REASONS.values()} == {*DeclineReason}
    for key, (_, words) in REASONS.items():
        assert words[language] in reasons_words(language)
        assert key in reasons_words(language)
    assert TEXTS[language].keys() == TEXTS["zh"].keys()


@pytest.mark.parametrize(
    ("state", "reason", "ending"),
    [
        (OfferState.WITHDRAWN, "taken_by_another", "taken"),
        (OfferState.WITHDRAWN, "place_moved", "withdrawn"),
        (OfferState.EXPIRED, None, "expired"),
        (OfferState.ACCEPTED, None, "answered"),
        (OfferState.DECLINED, "too_far", "answered"),
    ],
)
def test_how_an_offer_ended(state: OfferState, reason: str | None, ending: str):
    assert ending_of(state, reason) == ending
    assert ending in TEXTS["zh"]
