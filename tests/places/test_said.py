"""The corpus of sentences, gathered by another hand, against what is read of them."""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from callcenter.places.roads.place import read_road_place

FOLDER = Path(__file__).with_name("said")
ROAD_KINDS = ("post", "feature", "road")
FIELDS = ("kind", "road", "name", "m", "feature", "towards", "ask")
Said = dict[str, Any]


def said(*kinds: str) -> Iterator[Said]:
    for path in sorted(FOLDER.glob("*.toml")):
        for it in tomllib.loads(path.read_text(encoding="utf-8"))["said"]:
            if it["kind"] in kinds:
                yield it


def understood(text: str) -> Said:
    """The fields of a corpus entry, as the code reads them."""
    place = read_road_place(text)
    if place is None:
        return {"kind": "nothing"}
    fields = {
        "kind": place.kind,
        "road": place.road,
        "name": place.name,
        "m": place.metres,
        "feature": place.feature,
        "towards": place.towards,
        "ask": list(place.ask),
    }
    return {field: value for field, value in fields.items() if value not in (None, [])}


def expected(it: Said) -> Said:
    return {field: it[field] for field in FIELDS if it.get(field) not in (None, [])}


def test_what_callers_say_of_roads_is_read_or_asked_back():
    """At least 99 of 100 exactly right; of the rest each is asked back and none is wrong."""
    all_of_them = list(said(*ROAD_KINDS, "nothing"))
    differing = []
    for it in all_of_them:
        if (read := understood(it["text"])) != expected(it):
            differing.append((it["text"], expected(it), read))
    for text, wanted, read in differing:
        sys.stdout.write(f"{text}\n  wanted {wanted}\n  read   {read}\n")
    right = len(all_of_them) - len(differing)
    sys.stdout.write(f"{right} of {len(all_of_them)} exactly right\n")
    assert [text for text, _, read in differing if "ask" not in read] == []
    assert right / len(all_of_them) >= 0.99
