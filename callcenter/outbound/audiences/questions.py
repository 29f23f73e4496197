"""Questions about a rule that nobody has kept yet: each brings what is stale up to date first, in
a transaction of its own, and then only reads."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from callcenter.outbound.audiences.counted import count
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.gate import NOBODY, Gate, HoldOut, Standing, gate_of
from callcenter.outbound.audiences.leaves.leaf import Subject
from callcenter.outbound.audiences.refreshed import is_current, refresh_some
from callcenter.outbound.audiences.sampled import Sampled, sample, standing
from callcenter.outbound.audiences.seen import CarSeen, look
from callcenter.outbound.audiences.service import asked_now
from callcenter.outbound.audiences.wire import CountOut, ExplainAsk, RuleAsk, StandingOut
from callcenter.outbound.policies.shelf import pack
from callcenter.web.call import Call

T = TypeVar("T")


async def ask(call: Call, work: Callable[[Call], Awaitable[T]]) -> T:
    """`work` with a transaction that only reads."""
    await call.database.run(refresh_some)
    return await call.database.run(lambda tx: work(call.within(tx)), readonly=True)


async def counted(call: Call, body: RuleAsk) -> CountOut:
    """The rule's owners by how they stand."""
    asked = await asked_now(call.tx, body.rule)
    found = await count(call.tx, asked, await _gate(call, body))
    stand = [StandingOut(standing=one, owners=n) for one, n in found.by_standing.items()]
    return CountOut(
        owners=found.owners,
        reachable=found.by_standing[Standing.REACHABLE],
        standings=stand,
        subject=asked.subject,
        is_current=await is_current(call.tx),
    )


async def sampled(call: Call, body: RuleAsk) -> tuple[Formula, Sequence[Sampled]]:
    """Some of the rule's owners."""
    asked = await asked_now(call.tx, body.rule)
    return asked, await sample(call.tx, asked, await _gate(call, body))


async def looked_at(call: Call, body: ExplainAsk) -> tuple[Formula, Sequence[CarSeen], Standing]:
    """One owner with each of his cars."""
    asked = await asked_now(call.tx, body.rule)
    cars = await look(call.tx, asked, [body.owner_id])
    return asked, cars, await standing(call.tx, asked, await _gate(call, body), body.owner_id)


def is_of_cars(asked: Formula) -> bool:
    """Whether it needs a car to be in it."""
    return asked.subject is Subject.CAR


async def _gate(call: Call, body: RuleAsk) -> Gate:
    """As the campaign's run will have it; raises PolicyUnknown."""
    policy = pack(body.policy, await call.tx.now())
    of_all = call.settings.outbound.held_out_of_all * 100
    campaign = str(body.campaign_id or "")
    hold_out = HoldOut(of_all, body.held_out_percent, campaign) if body.holds_out else NOBODY
    return gate_of(policy, body.purpose, body.ways, hold_out)
