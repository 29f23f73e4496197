"""The codes of refusals are API: each has one meaning, and none ever vanishes."""

import re
import string
from collections import Counter
from pathlib import Path

import pytest

from callcenter.errors import CallCenterError
from callcenter.web import problems
from tests.contract.program import modules

PINNED = Path(__file__).with_name("error_codes.txt")
FRAME = {
    *(code for code, *_ in problems.HTTP_WORDS.values()),
    problems.BRIEFLY_AWAY[0],
    problems.FAULT[0],
}


def refusals(of: type[CallCenterError] = CallCenterError) -> list[type[CallCenterError]]:
    """Every refusal of the program."""
    modules()
    found = []
    for kind in of.__subclasses__():
        found += [kind, *refusals(kind)]
    return [kind for kind in found if kind.__module__.startswith("callcenter.")]


def test_each_refusal_has_a_code_of_its_own() -> None:
    without = [kind.__name__ for kind in refusals() if "code" not in vars(kind)]
    assert without == []
    twice = [code for code, n in Counter(kind.code for kind in refusals()).items() if n > 1]
    assert twice == []


def test_the_pinned_list_is_the_list_of_codes() -> None:
    """A new code is added to the file; one that is gone breaks those who rely on it."""
    pinned = PINNED.read_text(encoding="utf-8").split()
    assert pinned == sorted(set(pinned))
    codes = {kind.code for kind in refusals()} | FRAME
    assert set(pinned) - codes == set(), "vanished"
    assert codes - set(pinned) == set(), "not pinned yet"


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: kind.code)
def test_a_refusal_speaks_both_languages(kind: type[CallCenterError]) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", kind.code)
    assert 400 <= kind.status <= 599
    assert {"message_zh", "message_en"} <= vars(kind).keys()
    assert re.search(r"[\u4e00-\u9fff]", kind.message_zh)
    assert re.search(r"[a-z] [a-z]", kind.message_en)
    assert facts_of(kind.message_zh) == facts_of(kind.message_en)


def facts_of(message: str) -> set[str]:
    """What it is filled with; words of one language are given as name_zh and name_en."""
    names = (name for _, name, _, _ in string.Formatter().parse(message) if name)
    return {name.removesuffix("_zh").removesuffix("_en") for name in names}
