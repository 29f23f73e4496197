"""The corpus of callers' sentences keeps its shape: its fields, its values and its size.

Whether the sentences are understood is another test's question.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from pathlib import Path

FILES = sorted((Path(__file__).parent / "said").glob("*.toml"))
SAID = [said for file in FILES for said in tomllib.loads(file.read_text("utf-8"))["said"]]
ON_ROAD = {"road", "name", "towards"}
IN_TOWN = {"province", "city", "district", "candidates"}
FIELDS = {
    "coordinates": {"lat", "lon", "datum"},
    "post": ON_ROAD | {"m", "feature"},
    "feature": ON_ROAD | {"feature"},
    "road": ON_ROAD | IN_TOWN,
    "address": IN_TOWN,
    "nothing": set(),
}
NEEDED = {"coordinates": {"lat", "lon"}, "post": {"m"}, "feature": {"feature"}}
ASKED = {"direction", "road", "where", "which", "conflict"}


def test_only_the_agreed_fields_and_values():
    for said in SAID:
        kind, fields = said["kind"], set(said) - {"text", "kind", "ask", "note"}
        assert NEEDED.get(kind, set()) <= fields <= FIELDS[kind], said
        ask = said.get("ask", ["direction"])
        assert ask == sorted(set(ask) & ASKED) != [], said
        assert said.get("datum", "wgs84") in {"wgs84", "gcj02", "bd09"}, said
        assert re.fullmatch(r"[GSX]\d{1,4}", said.get("road", "G1")), said
        assert isinstance(said.get("m", 0), int), said
        assert re.fullmatch(r"[A-Z]{2}", said.get("province", "LN")), said
        assert all(
            re.fullmatch(r"[A-Z]{2}( \S+){1,2}", one) for one in said.get("candidates", [])
        ), said
        assert ("candidates" in said) == ("which" in ask), said
        assert "where" not in ask or kind == "road", said
        assert "road" not in ask or "road" not in said, said


def test_every_sentence_is_a_new_way_of_saying_it():
    plain = Counter(
        re.sub(r"\d+", "0", unicodedata.normalize("NFKC", said["text"]).lower()) for said in SAID
    )
    assert [text for text, times in plain.items() if times > 1] == []


def test_there_is_enough_of_everything():
    kinds = Counter(said["kind"] for said in SAID)
    assert len(SAID) >= 360
    assert set(kinds) == set(FIELDS)
    assert kinds["post"] + kinds["feature"] >= 200
    assert sum("ask" in said for said in SAID) >= 40
