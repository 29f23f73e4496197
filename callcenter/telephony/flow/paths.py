"""The ways through a flow, for its check. Ways that lead nowhere known are left out."""

import math
from collections.abc import Callable, Iterable, Iterator

from callcenter.calls.queue.model import Urgency
from callcenter.telephony.flow.model import (
    Enqueue,
    Flow,
    Gather,
    Hours,
    Record,
    SendLink,
    Step,
    exits,
)

Ways = Callable[[Step], Iterator[str]]


def waits(step: Step) -> bool:
    """Whether something must be heard before the call goes on."""
    return isinstance(step, Gather | Record | SendLink)


def any_way(step: Step) -> Iterator[str]:
    """Every way out."""
    return (target for _, target in exits(step) if target is not None)


def without_a_key(step: Step) -> Iterator[str]:
    """The ways of a caller who never presses a key that means something."""
    return (
        target for name, target in exits(step) if target is not None and not name.startswith("key")
    )


def without_waiting(step: Step) -> Iterator[str]:
    """The ways that are gone at once; a text message is sent without the caller."""
    return iter(()) if isinstance(step, Gather | Record) else any_way(step)


def reached(flow: Flow, begins: Iterable[str]) -> set[str]:
    """Every step that a call may come to from these."""
    found: set[str] = set()
    ahead = [name for name in begins if name in flow.by_id]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += [target for target in any_way(flow.by_id[name]) if target in flow.by_id]
    return found


def on_a_circle(flow: Flow, ways: Ways) -> set[str]:
    """The steps from which such ways lead back to themselves."""
    return {name for name in flow.by_id if name in _behind(flow, name, ways)}


def leads_to_a_queue(flow: Flow, step: Step) -> bool:
    """Whether the call is in a queue after this step, whatever the hour, and before it waits."""
    behind = _behind(flow, step.id, without_waiting)
    last = [flow.by_id[name] for name in behind if not any(True for _ in exits(flow.by_id[name]))]
    return (
        bool(last)
        and all(isinstance(one, Enqueue) for one in last)
        and not any(waits(flow.by_id[name]) for name in behind)
    )


def keys_to_a_rescue(flow: Flow) -> float:
    """How many keys a caller must press for a rescue, at the worst hour; infinite when he cannot.

    What he comes to by waiting in silence does not count: that takes too long.
    """
    known = dict.fromkeys(flow.by_id, math.inf)
    for _ in known:
        for name, step in flow.by_id.items():
            known[name] = _keys(step, known)
    return known[flow.start]


def _keys(step: Step, known: dict[str, float]) -> float:
    if isinstance(step, Enqueue):
        return math.inf if step.urgency is Urgency.REST else 0
    if isinstance(step, Gather):
        return min((1 + known.get(one, math.inf) for one in step.keys.values()), default=math.inf)
    if isinstance(step, Hours | SendLink):
        return max((known.get(one, math.inf) for one in any_way(step)), default=math.inf)
    return min((known.get(one, math.inf) for one in any_way(step)), default=math.inf)


def _behind(flow: Flow, name: str, ways: Ways) -> set[str]:
    found: set[str] = set()
    ahead = [*ways(flow.by_id[name])]
    while ahead:
        target = ahead.pop()
        if target in flow.by_id and target not in found:
            found.add(target)
            ahead += ways(flow.by_id[target])
    return found
