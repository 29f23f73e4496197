"""The corpus of what callers say, gathered by another hand: addresses right, or asked back."""

import tomllib
from pathlib import Path
from typing import Any

from callcenter.places.addresses.address import Address, read_address
from callcenter.places.addresses.district_table import Unit
from callcenter.places.addresses.districts import Districts

FOLDER = Path(__file__).parent / "said"
RIGHT = 0.99


def said(kind: str) -> list[dict[str, Any]]:
    files = [tomllib.loads(file.read_text()) for file in sorted(FOLDER.glob("*.toml"))]
    return [one for file in files for one in file["said"] if one["kind"] == kind]


def written(unit: Unit) -> str:
    return " ".join(part for part in (unit.province, unit.city, unit.district) if part)


def is_right(expected: dict[str, Any], it: Address | None) -> bool:
    if it is None:
        return False
    if it.ask != expected.get("ask", []):
        return False
    if it.candidates:
        return sorted(map(written, it.candidates)) == sorted(expected["candidates"])
    if it.conflict:
        return True
    parts = tuple(expected.get(field, "") for field in ("province", "city", "district"))
    return parts == (it.province, it.city, it.district)


def is_asked_back(it: Address | None) -> bool:
    return it is None or bool(it.ask)


def test_addresses_of_the_corpus_are_right_or_asked_back(districts: Districts):
    corpus = said("address")
    assert len(corpus) >= 50
    read = [(one, read_address(one["text"], districts)) for one in corpus]
    missed = [(one, it) for one, it in read if not is_right(one, it)]
    wrong = [(one["text"], it) for one, it in missed if not is_asked_back(it)]
    assert wrong == []
    assert len(missed) <= max(1, (1 - RIGHT) * len(corpus)), missed


def test_what_is_no_address_makes_none(districts: Districts):
    made = {one["text"]: read_address(one["text"], districts) for one in said("nothing")}
    assert {text: it for text, it in made.items() if it is not None} == {}
