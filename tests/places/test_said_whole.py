"""Every sentence of the corpus through the one door that the desk uses."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from callcenter.places.intake import Intake
from callcenter.places.saying import Saying, read_saying
from callcenter.places.saying_words import candidates_words, understood_words

CORPUS = Path(__file__).parent / "said"


def sentences() -> list[dict[str, Any]]:
    return [
        one
        for file in sorted(CORPUS.glob("*.toml"))
        for one in tomllib.loads(file.read_text(encoding="utf-8"))["said"]
    ]


def is_as_wanted(said: dict[str, Any], saying: Saying) -> bool:
    if said["kind"] == "nothing":
        return (saying.kind, saying.ask) == ("nothing", ("place",))
    return (saying.kind, saying.ask) == (said["kind"], tuple(said.get("ask", ())))


def test_nearly_all_are_read_as_a_dispatcher_would_and_the_rest_is_asked_back(intake: Intake):
    read = [(said, read_saying(said["text"], intake.districts)) for said in sentences()]
    differing = [(said, saying) for said, saying in read if not is_as_wanted(said, saying)]
    told = [(said["text"], saying.kind, saying.ask) for said, saying in differing]
    assert len(read) > 400
    assert len(differing) <= len(read) * 0.02, told
    assert [one for one in told if not one[2]] == []


@pytest.mark.parametrize(
    ("text", "kind", "ask"),
    [
        ("41.8057, 123.4315 沈海高速上", "coordinates", ("direction",)),
        ("沈海高速K100往大连方向 朝阳区", "post", ()),
        ("沈海高速K100 沈阳市朝阳区", "post", ("conflict", "direction")),
        ("朝阳区建国路88号", "address", ("which",)),
        ("", "nothing", ("place",)),
        ("车坏了,快来人", "nothing", ("place",)),
    ],
)
def test_what_one_part_answers_is_not_asked_of_another(
    intake: Intake, text: str, kind: str, ask: tuple[str, ...]
):
    saying = read_saying(text, intake.districts)
    assert (saying.kind, saying.ask) == (kind, ask)


def test_in_english_towns_are_written_as_the_gazetteer_has_them(
    intake: Intake,
):
    saying, tables = read_saying("我在沈阳市大东区东望街39号", intake.districts), intake.gazetteer
    told = {one: understood_words(one, saying, None, tables) for one in ("zh", "en")}
    assert told == {"zh": "辽宁 沈阳市 大东区", "en": "Liaoning Shenyang Dadong District (大东区)"}
    which = read_saying("朝阳区建国路88号", intake.districts)
    many = candidates_words("en", which, tables)
    assert len(many) > 1
    assert any(one.startswith("Beijing") for one in many)
    assert all(one.split()[0].isascii() for one in many)
