"""Flows for the tests: small ones written out, and any that passes the check."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from callcenter.telephony.flow.check import faults
from callcenter.telephony.flow.model import Flow, Goto, SendLink, Step
from callcenter.telephony.flow.paths import any_way, on_a_circle, reached

WORDS = {"zh": "请按键", "en": "press a key"}
RESCUE = {"kind": "enqueue", "id": "rescue", "group": "rescue", "urgency": "rescue"}
PERSON = {"kind": "enqueue", "id": "person", "group": "desk"}
MENU = {
    "kind": "gather",
    "id": "menu",
    "words": WORDS,
    "keys": {"3": "rescue", "0": "person"},
    "silence": "person",
}
BYE = {"kind": "hang_up", "id": "bye"}


def flow_of(*steps: dict[str, Any], start: str = "menu", fallback: str = "person") -> Flow:
    """The menu, the two queues, and these steps; one of the same word goes in place of theirs."""
    own = {step["id"] for step in steps}
    before = [step for step in (MENU, RESCUE, PERSON) if step["id"] not in own]
    return Flow.model_validate(
        {"start": start, "fallback": fallback, "steps": [*before, *steps]}, strict=False
    )


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    """Any that the check lets pass: who presses nothing comes down to the last step, keys lead
    anywhere, back to the menu too."""
    many = draw(st.integers(1, 8))
    names = [f"s{number}" for number in range(many)] + ["last"]
    steps = [draw(_step(names, number)) for number in range(many)]
    keys = draw(st.dictionaries(st.sampled_from("0124567"), st.sampled_from(names), max_size=5))
    menu = {"kind": "gather", "id": "menu", "words": WORDS, "tries": draw(st.integers(1, 4))}
    menu |= {"keys": {"3": "rescue", **keys}, "silence": names[0]}
    last = draw(st.sampled_from([PERSON, BYE, {"kind": "transfer", "group": "desk"}]))
    whole = [menu, RESCUE, *steps, {**last, "id": "last"}]
    made = Flow.model_validate({"start": "menu", "fallback": "last", "steps": whole}, strict=False)
    met, round_about = reached(made, ["menu", "last"]), on_a_circle(made, any_way)
    kept = [_once(step, round_about) for step in made.steps if step.id in met]
    made = made.model_copy(update={"steps": kept})
    assume(not faults(made))
    return made


def _once(step: Step, round_about: set[str]) -> Step:
    """A link that would be sent again and again is not sent at all."""
    if isinstance(step, SendLink) and step.id in round_about:
        return Goto(id=step.id, next=step.not_sent)
    return step


@st.composite
def _step(draw: st.DrawFn, names: list[str], number: int) -> dict[str, Any]:
    onward, anywhere = st.sampled_from(names[number + 1 :]), st.sampled_from([*names, "menu"])
    step: dict[str, Any] = {"id": names[number]}
    kind = draw(st.sampled_from(["say", "gather", "record", "hours", "language", "link", "goto"]))
    if kind in ("say", "record"):
        step |= {"kind": kind, "words": WORDS, "next": draw(onward)}
    elif kind == "gather":
        keys = draw(st.dictionaries(st.sampled_from("0123456789*#"), anywhere, min_size=1))
        step |= {"kind": kind, "words": WORDS, "keys": keys, "silence": draw(onward)}
        step |= {"tries": draw(st.integers(1, 5)), "barge_in": draw(st.booleans())}
    elif kind == "hours":
        step |= {"kind": kind, "rule": "Mo-Fr 08:00-18:00; PH off"}
        step |= {"open": draw(onward), "closed": draw(onward)}
    elif kind == "language":
        step |= {
            "kind": kind,
            "next": draw(onward),
            "language": draw(st.sampled_from(["zh", "en"])),
        }
    elif kind == "link":
        step |= {"kind": "send_link", "not_sent": draw(onward)}
        step |= {"sent": step["not_sent"]}
    else:
        step |= {"kind": "goto", "next": draw(onward)}
    return step
