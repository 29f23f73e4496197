"""Whether a flow fits together: everything that is wrong with it, each with the step's name."""

import re
from collections import Counter
from collections.abc import Iterator

from callcenter.hours import BadHours, check_hours
from callcenter.phones import BadPhone, e164
from callcenter.telephony.flow import paths
from callcenter.telephony.flow.acts import WAIT_MINUTES
from callcenter.telephony.flow.errors import FlowRefused
from callcenter.telephony.flow.faults import Fault, FlowFault
from callcenter.telephony.flow.model import (
    Flow,
    Gather,
    Hours,
    Say,
    SendLink,
    Step,
    Transfer,
    exits,
    texts,
)

PLACE_HOLDER = re.compile(r"\{[^}]*\}?|\}")
F = FlowFault


def checked(flow: Flow) -> Flow:
    """The flow as it is; raises FlowRefused with each fault."""
    if found := faults(flow):
        raise FlowRefused(found)
    return flow


def faults(flow: Flow) -> list[Fault]:
    """All that is wrong, in the order of the steps; a flow without any may be walked."""
    found = [*_of_names(flow)]
    for step in flow.steps:
        found += [*_of_exits(flow, step), *_of_texts(step), *_of_itself(step)]
    found += _of_paths(flow)
    order = {step.id: number for number, step in enumerate(flow.steps)}
    return sorted(found, key=lambda fault: order.get(fault.step, -1))


def _of_names(flow: Flow) -> Iterator[Fault]:
    counted = Counter(step.id for step in flow.steps)
    yield from (Fault(F.STEP_TWICE, name) for name, n in counted.items() if n > 1)
    for name, target in (("start", flow.start), ("fallback", flow.fallback)):
        if target not in counted:
            yield Fault(F.TARGET_UNKNOWN, name, {"exit": name, "target": target})


def _of_exits(flow: Flow, step: Step) -> Iterator[Fault]:
    for name, target in exits(step):
        if target is None and name == "silence":
            yield Fault(F.NO_WAY_OUT_AT_SILENCE, step.id)
        elif target is None:
            yield Fault(F.PATH_ENDS_NOWHERE, step.id, {"exit": name})
        elif target not in flow.by_id:
            yield Fault(F.TARGET_UNKNOWN, step.id, {"exit": name, "target": target})


def _of_texts(step: Step) -> Iterator[Fault]:
    known = {WAIT_MINUTES} if isinstance(step, Say) else set()
    for words in texts(step):
        for language, text in (("zh", words.zh), ("en", words.en)):
            if not text.strip():
                yield Fault(F.LANGUAGE_MISSING, step.id, {"language": language})
            for name in sorted({*PLACE_HOLDER.findall(text)} - known):
                about = {"name": name, "known": ", ".join(known) or "-"}
                yield Fault(F.PLACE_HOLDER_UNKNOWN, step.id, about)


def _of_itself(step: Step) -> Iterator[Fault]:
    if isinstance(step, Gather) and not step.keys:
        yield Fault(F.GATHER_WITHOUT_KEYS, step.id)
    if isinstance(step, Hours):
        try:
            check_hours(step.rule)
        except BadHours:
            yield Fault(F.HOURS_UNREADABLE, step.id)
    if isinstance(step, Transfer):
        if (step.number is None) == (step.group is None):
            yield Fault(F.TRANSFER_WHERE, step.id)
        elif step.number is not None:
            try:
                e164(step.number)
            except BadPhone:
                yield Fault(F.NUMBER_UNREADABLE, step.id)


def _of_paths(flow: Flow) -> Iterator[Fault]:
    reached = paths.reached(flow, [flow.start, flow.fallback])
    yield from (Fault(F.UNREACHABLE, name) for name in flow.by_id if name not in reached)
    idle = paths.on_a_circle(flow, paths.without_waiting)
    silent = paths.on_a_circle(flow, paths.without_a_key) - idle
    yield from (Fault(F.WAITS_FOR_NOTHING, name) for name in idle)
    asking = (name for name in silent if paths.waits(flow.by_id[name]))
    yield from (Fault(F.SILENCE_GOES_ROUND, name) for name in asking)
    circles = paths.on_a_circle(flow, paths.any_way)
    for name, step in flow.by_id.items():
        if isinstance(step, SendLink) and name in circles - idle - silent:
            yield Fault(F.LINK_SENT_AGAIN, name)
        if _tells_wait(step) and not paths.leads_to_a_queue(flow, step):
            yield Fault(F.WAIT_TOLD_WITHOUT_QUEUE, name)
    for name in paths.reached(flow, [flow.fallback]):
        if paths.waits(flow.by_id[name]):
            yield Fault(F.FALLBACK_WAITS, name)
    if flow.start in flow.by_id and paths.keys_to_a_rescue(flow) > 1:
        yield Fault(F.RESCUE_TOO_FAR, flow.start)


def _tells_wait(step: Step) -> bool:
    return any(WAIT_MINUTES in words.zh + words.en for words in texts(step))
