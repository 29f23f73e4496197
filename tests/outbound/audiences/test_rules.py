"""Whom a rule finds: the database against plain Python over the same people.

Counted, frozen and looked at one by one are three statements; each is held against the same oracle.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.audiences import fragments
from callcenter.outbound.audiences.fragments import FRAGMENTS, Fragment
from callcenter.outbound.audiences.gate import Gate
from callcenter.outbound.audiences.model import leaves
from callcenter.outbound.model import Way
from tests.outbound.audiences.conftest import Town
from tests.outbound.audiences.trees import NAMED, OF_CARS, OF_OWNERS, rule, rules

ANY = rules((*OF_OWNERS, *OF_CARS, NAMED))
SAFETY = Gate(Purpose.SAFETY, tuple(Way), always=frozenset(Way))


def differs(town: Town, asked: Any) -> str:
    """What the database says otherwise than the oracle; nothing where they agree."""
    wanted = town.oracle.found(asked)
    if (number := town.counted(asked, SAFETY).owners) != len(wanted):
        return f"counted {number}, not {len(wanted)}"
    cars = [car for car in town.seen(asked) if car.fits(town.asked(asked))]
    first = {car.owner_id: car.vehicle_id for car in reversed(cars)}
    return "" if first == wanted else f"seen {first}, not {wanted}"


@settings(max_examples=150)
@given(ANY)
def test_any_rule_finds_whom_plain_python_finds(town: Town, asked: Any):
    assert differs(town, asked) == ""


@settings(max_examples=60)
@given(ANY)
def test_a_run_has_each_reachable_owner_once_about_his_first_car_and_with_his_reasons(
    town: Town, asked: Any
):
    told, members = town.frozen(asked, SAFETY)
    found = town.oracle.found(asked)
    left_out = sum(told.left_out.values())
    assert told.in_audience == len(members) == len(found) - left_out
    assert {row["owner_id"]: row["vehicle_id"] for row in members}.items() <= found.items()
    people = {owner.id: owner for owner in town.people}
    for row in members:
        owner = people[row["owner_id"]]
        car = next((one for one in owner.driven if one.id == row["vehicle_id"]), None)
        said = json.loads(row["reason"])
        for path, leaf in leaves(asked):
            is_turned = asked_turned(asked, path)
            assert (path in said) is (town.oracle.true(leaf, owner, car) is not is_turned)


def asked_turned(asked: Any, path: str) -> bool:
    """Whether an odd number of "none of" stands around the condition."""
    turned, part = False, asked
    for number in path.split("."):
        turned ^= part.kind == "none"
        part = part.of[int(number)]
    return turned


@pytest.mark.parametrize(
    ("one", "number"),
    [
        (one, number)
        for one, kinds in enumerate((OF_OWNERS, OF_CARS))
        for number in range(len(kinds))
    ],
)
def test_each_condition_alone_and_turned_around(town: Town, one: int, number: int):
    """Random trees may miss one; here is each, with many values."""

    @settings(max_examples=8)
    @given(rules(((OF_OWNERS, OF_CARS)[one][number],)))
    def agree(asked: Any) -> None:
        assert differs(town, asked) == ""

    agree()


BROKEN = {
    "last_visit_before": (OF_CARS[10], "<", "<="),
    "contact": (OF_OWNERS[-1], "state <> 'void'", "state = 'said'"),
    "due": (OF_CARS[5], ":last::date", ":last::date + 1"),
    "promise": (OF_OWNERS[-3], "coalesce(settled_at, promised_at) >=", "promised_at >="),
}
"""Each by the condition that asks it: what it says, and what else it might."""


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize("name", BROKEN)
def test_control_a_text_that_says_something_else_is_noticed(
    town: Town, monkeypatch: pytest.MonkeyPatch, name: str
):
    kept, (asking, says, other) = FRAGMENTS[name], BROKEN[name]
    if says not in kept.text:
        pytest.fail(f"{name} does not say so")
    text = kept.text.replace(says, other)
    monkeypatch.setitem(FRAGMENTS, name, Fragment(text, kept.key, kept.fact))

    @settings(max_examples=60)
    @given(rules((asking,)))
    def agree(asked: Any) -> None:
        assert differs(town, asked) == ""

    agree()


HOSTILE = ("'; drop table owners; --", '" or 1=1 --', "$1", ":limit", "%s{0}", "\\'; --", "x\n--")


@pytest.mark.parametrize("kind", ["city", "model"])
@given(
    words=st.lists(
        st.sampled_from(HOSTILE) | st.text(min_size=1, max_size=80), min_size=1, max_size=5
    )
)
@settings(max_examples=25)
def test_what_a_person_types_is_a_value_and_never_sql(town: Town, kind: str, words: list[str]):
    words = [word for word in words if "\0" not in word and word.isprintable()] or ["'"]
    asked = rule({"kind": "all", "of": [{"kind": kind, "any_of": words}]})
    assert differs(town, asked) == ""
    said = fragments.Values()
    for atom in leaves_atoms(asked):
        text = said.bind(FRAGMENTS[atom.fragment].text, atom.values)
        assert text == FRAGMENTS[kind].text.replace(":any_of", "$1")


def leaves_atoms(asked: Any) -> list[Any]:
    return [atom for _, leaf in leaves(asked) for atom in leaf.atoms(None)]  # type: ignore[arg-type]


def test_a_rule_with_nothing_in_it_is_everybody_and_one_about_cars_needs_a_car(town: Town):
    everybody = rule({"kind": "all", "of": []})
    assert town.counted(everybody, SAFETY).owners == len(town.people)
    never = rule({"kind": "none", "of": [{"kind": "model", "any_of": ["nobody drives it"]}]})
    drivers = [owner for owner in town.people if owner.driven]
    assert 0 < town.counted(never, SAFETY).owners == len(drivers) < len(town.people)
