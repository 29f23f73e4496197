"""What an administrator may write wrongly is refused before it is loaded, with the step's name."""

from typing import Any

import pytest
from pydantic import ValidationError

from callcenter.telephony.flow.check import checked, faults
from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.flow.errors import FlowRefused
from callcenter.telephony.flow.faults import WORDS as FAULT_WORDS
from callcenter.telephony.flow.faults import FlowFault
from callcenter.telephony.flow.paths import keys_to_a_rescue
from tests.telephony.flows import MENU, PERSON, WORDS, flow_of


def menu(**changes: Any) -> dict[str, Any]:
    return MENU | changes


def say(name: str, onward: str | None, **changes: Any) -> dict[str, Any]:
    return {"kind": "say", "id": name, "words": WORDS, "next": onward} | changes


ONE_FAULT: dict[str, tuple[list[dict[str, Any]], FlowFault, str]] = {
    "a key leads nowhere known": (
        [menu(keys={"3": "rescue", "7": "picnic"})],
        FlowFault.TARGET_UNKNOWN,
        "menu",
    ),
    "a step nobody comes to": ([say("alone", "person")], FlowFault.UNREACHABLE, "alone"),
    "the last word and no end": (
        [menu(silence="thanks"), say("thanks", None)],
        FlowFault.PATH_ENDS_NOWHERE,
        "thanks",
    ),
    "silence is not thought of": ([menu(silence=None)], FlowFault.NO_WAY_OUT_AT_SILENCE, "menu"),
    "silence asks again for ever": (
        [menu(silence="again"), say("again", "menu")],
        FlowFault.SILENCE_GOES_ROUND,
        "menu",
    ),
    "wrong keys ask again for ever": ([menu(wrong="menu")], FlowFault.SILENCE_GOES_ROUND, "menu"),
    "a menu without keys": (
        [menu(silence="mute"), {**MENU, "id": "mute", "keys": {}}],
        FlowFault.GATHER_WITHOUT_KEYS,
        "mute",
    ),
    "no English": ([menu(words={"zh": "请按键"})], FlowFault.LANGUAGE_MISSING, "menu"),
    "Chinese of spaces": (
        [menu(words={"zh": "  ", "en": "press"})],
        FlowFault.LANGUAGE_MISSING,
        "menu",
    ),
    "a place-holder of another product": (
        [menu(silence="x"), say("x", "person", words={"zh": "{name}好", "en": "hello"})],
        FlowFault.PLACE_HOLDER_UNKNOWN,
        "x",
    ),
    "a wait told to who does not wait": (
        [
            menu(silence="x"),
            say("x", "bye", words={"zh": "等{wait_minutes}", "en": "wait"}),
            {"kind": "hang_up", "id": "bye"},
        ],
        FlowFault.WAIT_TOLD_WITHOUT_QUEUE,
        "x",
    ),
    "rescue behind two menus": (
        [menu(keys={"1": "more"}), {**MENU, "id": "more"}],
        FlowFault.RESCUE_TOO_FAR,
        "menu",
    ),
    "rescue closed at night": (
        [
            menu(keys={"3": "when"}),
            {"kind": "hours", "id": "when", "rule": "Mo-Fr 08:00-20:00"}
            | {"open": "rescue", "closed": "far"},
            MENU | {"id": "far"},
        ],
        FlowFault.RESCUE_TOO_FAR,
        "menu",
    ),
    "the fallback asks": (
        [PERSON | {"id": "queue"}, MENU | {"id": "person", "silence": "queue"}],
        FlowFault.FALLBACK_WAITS,
        "person",
    ),
    "hours nobody can read": (
        [
            menu(silence="when"),
            {"kind": "hours", "id": "when", "rule": "mornings"}
            | {"open": "person", "closed": "person"},
        ],
        FlowFault.HOURS_UNREADABLE,
        "when",
    ),
    "a transfer to nobody": (
        [menu(silence="out"), {"kind": "transfer", "id": "out"}],
        FlowFault.TRANSFER_WHERE,
        "out",
    ),
    "a transfer to both": (
        [menu(silence="out"), {"kind": "transfer", "id": "out", "number": "110", "group": "desk"}],
        FlowFault.TRANSFER_WHERE,
        "out",
    ),
    "a transfer to no number": (
        [menu(silence="out"), {"kind": "transfer", "id": "out", "number": "call me"}],
        FlowFault.NUMBER_UNREADABLE,
        "out",
    ),
    "a link at every press": (
        [
            menu(keys={"3": "rescue", "4": "link"}),
            {"kind": "send_link", "id": "link", "sent": "menu", "not_sent": "menu"},
        ],
        FlowFault.LINK_SENT_AGAIN,
        "link",
    ),
}


@pytest.mark.parametrize("name", ONE_FAULT)
def test_each_fault_is_named_with_its_step_and_nothing_else_is(name: str) -> None:
    steps, code, step = ONE_FAULT[name]
    found = [(fault.code, fault.step) for fault in faults(flow_of(*steps))]
    assert found == [(code, step)]


def test_steps_that_wait_for_nothing_are_each_named() -> None:
    circle = [menu(silence="a"), say("a", "b"), {"kind": "goto", "id": "b", "next": "a"}]
    found = {(fault.code, fault.step) for fault in faults(flow_of(*circle))}
    assert found == {(FlowFault.WAITS_FOR_NOTHING, "a"), (FlowFault.WAITS_FOR_NOTHING, "b")}


def test_a_word_given_twice_and_a_start_that_is_not_there() -> None:
    made = flow_of(start="hello")
    twice = made.model_copy(update={"steps": [*made.steps, made.steps[0]]})
    found = {(fault.code, fault.step) for fault in faults(twice)}
    assert (FlowFault.STEP_TWICE, "menu") in found
    assert (FlowFault.TARGET_UNKNOWN, "start") in found


def test_every_code_of_the_check_is_met_here() -> None:
    met = {code for _, code, _ in ONE_FAULT.values()}
    assert met | {FlowFault.STEP_TWICE, FlowFault.WAITS_FOR_NOTHING} == {*FlowFault}
    assert FAULT_WORDS.keys() == {*FlowFault}


def test_a_refusal_says_how_many_and_where_in_both_languages() -> None:
    with pytest.raises(FlowRefused) as refused:
        checked(flow_of(menu(silence=None, words={"zh": "请按键"})))
    pointers = {(field.pointer, field.code) for field in refused.value.fields}
    assert pointers == {
        ("#/body/flow/steps/menu", "no_way_out_at_silence"),
        ("#/body/flow/steps/menu", "language_missing"),
    }
    assert "2" in refused.value.message("zh")
    assert all("步骤" in field.detail and "Step" in field.detail for field in refused.value.fields)


def test_the_flow_of_a_new_installation_fits_and_a_rescue_is_one_key_away() -> None:
    flow = default_flow()
    assert faults(flow) == []
    assert keys_to_a_rescue(flow) == 1


def test_rescue_without_any_key_is_as_near() -> None:
    assert faults(flow_of(menu(keys={"1": "person"}), say("hello", "rescue"), start="hello")) != []
    only = flow_of(say("hello", "rescue"), start="hello")
    assert keys_to_a_rescue(only) == 0


@pytest.mark.parametrize("text", ["a\x01b", "a\ufffe", "a\rb", "\x0b"])
def test_signs_that_no_document_can_hold_are_refused_in_a_text(text: str) -> None:
    with pytest.raises(ValidationError):
        flow_of(menu(words={"zh": text, "en": "press"}))
    flow_of(menu(words={"zh": "请按\n1　或2😀", "en": "press"}))
