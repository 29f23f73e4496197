"""Walks a checked flow: where a call stands and what was heard give what to do now. Pure.

Each wait has a number. What is heard to another wait than the present one comes too late or twice,
and changes nothing.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeGuard

from callcenter.hours import is_open
from callcenter.phones import e164
from callcenter.telephony.flow import acts
from callcenter.telephony.flow.acts import Act, Acts, Ask, Speak, Spoken
from callcenter.telephony.flow.model import (
    Enqueue,
    Flow,
    Gather,
    Goto,
    HangUp,
    Hours,
    Language,
    Play,
    Record,
    Say,
    SendLink,
    Step,
    Switch,
    Transfer,
    Words,
)

MOST_WAITS = 30
"""A caller who goes round in the menus for longer comes to a person."""


class What(StrEnum):
    """What is heard of a call."""

    BEGAN = "began"
    KEY = "key"
    SILENCE = "silence"
    RECORDED = "recorded"
    LINK_SENT = "link_sent"
    LINK_NOT_SENT = "link_not_sent"
    LEFT = "left"


@dataclass(frozen=True)
class Heard:
    """What was heard, and to which wait; BEGAN is heard to wait 0, LEFT to any."""

    what: What
    sequence: int = 0
    key: str = ""


@dataclass(frozen=True)
class Position:
    """Where a call stands: the step that waits, and the number of this wait.

    `is_over`: the flow has let the call go, to a queue, another number, or its end.
    """

    step: str | None = None
    sequence: int = 0
    tries: int = 0
    language: Language = "zh"
    is_over: bool = False


@dataclass(frozen=True)
class Walked:
    """What to do now, and where the call stands then. `moved`: it was news."""

    acts: Acts
    position: Position
    moved: bool = True


def walk(flow: Flow, at: Position, heard: Heard, now: datetime) -> Walked:
    """The next piece of the way; `now` decides opening hours."""
    unmoved = Walked((), at, moved=False)
    if at.is_over:
        return unmoved
    if heard.what is What.LEFT:
        return Walked((), replace(at, step=None, is_over=True))
    if heard.sequence != at.sequence:
        return unmoved
    if at.step is None:
        return _on(flow, flow.start, at, now) if heard.what is What.BEGAN else unmoved
    step = flow.by_id[at.step]
    if isinstance(step, Gather):
        return _answered(flow, step, at, heard, now)
    target = _after(step, heard.what)
    return unmoved if target is None else _on(flow, target, at, now)


def _after(step: Step, what: What) -> str | None:
    """Where a step that waits for no key leads; None when this is not what it waits for."""
    if isinstance(step, Record) and what in (What.RECORDED, What.SILENCE):
        return step.next
    if isinstance(step, SendLink):
        return {What.LINK_SENT: step.sent, What.LINK_NOT_SENT: step.not_sent}.get(what)
    return None


def _answered(flow: Flow, step: Gather, at: Position, heard: Heard, now: datetime) -> Walked:
    if heard.what not in (What.KEY, What.SILENCE):
        return Walked((), at, moved=False)
    if heard.what is What.KEY and heard.key in step.keys:
        return _on(flow, step.keys[heard.key], at, now)
    if at.tries + 1 < step.tries and at.sequence < MOST_WAITS:
        again = replace(at, sequence=at.sequence + 1, tries=at.tries + 1)
        return Walked((_ask(step, again, _again(step, at.language)),), again)
    target = step.wrong if heard.what is What.KEY and step.wrong else step.silence
    return _on(flow, target or flow.fallback, at, now)


def _again(step: Gather, language: Language) -> list[Spoken]:
    return [_spoken(step, step.again, language)] if step.again else []


def _on(flow: Flow, target: str, at: Position, now: datetime) -> Walked:
    """From a step on to the next one that waits, or that lets the call go."""
    done: list[Act] = []
    language = at.language
    while True:
        step = flow.by_id[target]
        if isinstance(step, Gather | Record | SendLink):
            if at.sequence >= MOST_WAITS:
                # It waits for nothing, so this ends.
                target = flow.fallback
                continue
            waiting = Position(step.id, at.sequence + 1, 0, language)
            return Walked(tuple(_with(done, step, waiting)), waiting)
        if isinstance(step, Switch):
            language = step.language
        if (last := _last(step, language)) is not None:
            over = Position(None, at.sequence, 0, language, is_over=True)
            return Walked((*done, last), over)
        if isinstance(step, Say | Play):
            notice = isinstance(step, Say) and step.notice
            spoken = _spoken(step, step.words, language)
            done.append(Speak(spoken=spoken, whole=step.whole, notice=notice))
        target = _straight_on(step, now) or flow.fallback


def _straight_on(step: Step, now: datetime) -> str | None:
    if isinstance(step, Hours):
        return step.open if is_open(step.rule, now) else step.closed
    return step.next if isinstance(step, Say | Play | Goto | Switch) else None


def _last(step: Step, language: Language) -> Act | None:
    if isinstance(step, Enqueue):
        return acts.EnterQueue(
            group=step.group,
            urgency=step.urgency,
            language=language,
            skills=step.skills,
            step=step.id,
        )
    if isinstance(step, Transfer):
        number = e164(step.number) if step.number is not None else None
        return acts.HandOver(number=number, group=step.group, step=step.id)
    return acts.Close(step=step.id) if isinstance(step, HangUp) else None


def _with(done: list[Act], step: Gather | Record | SendLink, at: Position) -> list[Act]:
    """What was to be said before, and the wait. A key may cut short what is said right before."""
    if isinstance(step, SendLink):
        link = acts.TextLink(step=step.id, sequence=at.sequence, language=at.language)
        return [*done, link]
    if isinstance(step, Record):
        prompt = _spoken(step, step.words, at.language)
        take = acts.TakeMessage(
            step=step.id, sequence=at.sequence, prompt=prompt, most_s=step.most_s
        )
        return [*done, take]
    before: list[Spoken] = []
    while step.barge_in and done and _may_be_cut(done[-1]):
        before.insert(0, done[-1].spoken)
        done = done[:-1]
    return [*done, _ask(step, at, before)]


def _may_be_cut(act: Act) -> TypeGuard[Speak]:
    """Whether it is heard no worse as a part of the question behind it."""
    return isinstance(act, Speak) and not act.whole and not act.notice


def _ask(step: Gather, at: Position, before: list[Spoken]) -> Ask:
    return Ask(
        step=step.id,
        sequence=at.sequence,
        prompts=[*before, _spoken(step, step.words, at.language)],
        keys="".join(sorted(step.keys)),
        timeout_s=step.timeout_s,
        barge_in=step.barge_in,
    )


def _spoken(step: Step, words: Words, language: Language) -> Spoken:
    ours = isinstance(step, Play)
    return Spoken(text=words.of(language), language=language, ours=ours, step=step.id)
