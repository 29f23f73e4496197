"""Running campaigns whose owners are dialled for agents: each second looked at, paced, begun."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import structlog

from callcenter.calls.agents.model import Contact
from callcenter.db.recurring import recurring
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling import repository
from callcenter.outbound.dialling.answer_rate import AnswerRate
from callcenter.outbound.dialling.at_work import AtWork
from callcenter.outbound.dialling.group import group_of
from callcenter.outbound.dialling.model import Begun, OwnerCall
from callcenter.outbound.dialling.pacing import Mode, Pace, PaceReason, pace
from callcenter.outbound.dialling.standing import Dialled, Standing, dialled, keep_stood, standing
from callcenter.outbound.dialling.touches import Unsaid
from callcenter.outbound.model import Way
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.owners.key_calls import Line
from callcenter.telephony.owners.left_behind import take_stock
from callcenter.telephony.owners.means import ACTOR, Means
from callcenter.telephony.owners.with_agent import AgentTalk, Heard
from callcenter.telephony.switch import LiveCall

log = structlog.get_logger()

LOOK_EVERY_S = 1.0
FIRST_RATE = 0.3


def now_s() -> float:
    """By the loop's clock."""
    return asyncio.get_running_loop().time()


@dataclass(frozen=True)
class Lines:
    """Of one group of agents, whichever campaigns they are for: since when each call rings, and
    the owners who are there without an agent."""

    ringing: dict[UUID, float] = field(default_factory=dict)
    waiting: set[UUID] = field(default_factory=set)


class CampaignDialling(Heard):
    """One campaign, with what was learnt of it so far; `lines` it shares with others."""

    def __init__(self, means: Means, hotline: Hotline, line: Line, lines: Lines) -> None:
        self.means, self.hotline, self.line = means, hotline, line
        self.ringing, self.waiting = lines.ringing, lines.waiting
        self.answers, self.work = AnswerRate(FIRST_RATE), AtWork()
        self.seen: dict[UUID, tuple[Contact, float]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def rang(self, one: OwnerCall, *, answered: bool) -> None:
        since = self.ringing.pop(one.id, None)
        if since is not None:
            self.answers.learn(answered=answered, rang=now_s() - since)

    def waits(self, one: OwnerCall, *, on: bool) -> None:
        (self.waiting.add if on else self.waiting.discard)(one.id)

    async def look(self, by: Dialled) -> None:
        """As many begun as the pace says."""
        stands = await self.means.database.run(lambda tx: standing(tx, by), readonly=True)
        self._learn(stands)
        now = self.pace(by.mode, stands)
        for one in await self.means.database.run(lambda tx: self._take(tx, by, now.dial)):
            self.ringing[one.id] = now_s()
            task = asyncio.create_task(self._begin(one, by))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        stood = self._stood(stands, now)
        await self.means.database.run(lambda tx: keep_stood(tx, by, stood))

    def pace(self, mode: Mode, stands: Standing) -> Pace:
        """None while callers wait at the hotline."""
        if stands.inbound:
            return Pace(0, mode, PaceReason.INBOUND_WAITS)
        group = group_of(
            len(stands.since(Contact.NONE)),
            talking=stands.since(Contact.TALKING) + stands.since(Contact.OFFERED),
            writing=stands.since(Contact.WRAP_UP),
            ringing=[now_s() - since for since in self.ringing.values()],
            waiting=len(self.waiting),
            answers=self.answers,
            work=self.work,
        )
        return pace(mode, group, self.answers.now, stands.budget)

    def _learn(self, stands: Standing) -> None:
        """Work that was there at the last look and is over."""
        for staff_id, (contact, seconds) in self.seen.items():
            after = stands.agents.get(staff_id)
            if after is None or after[0] is contact:
                continue
            if contact is Contact.TALKING:
                self.work.talked(seconds)
            elif contact is Contact.WRAP_UP:
                self.work.wrote_up(seconds)
        self.seen = dict(stands.agents)

    async def _take(self, tx: Tx, by: Dialled, most: int) -> list[OwnerCall]:
        if most <= 0:
            return []
        touches, taken = self.means.touches, []
        begun, campaigns = Begun(by.mode.value), [by.campaign_id]
        for touch in await touches.claim(tx, Way.AGENT_CALL, ACTOR, most, campaigns=campaigns):
            said = await touches.said(tx, touch)
            if isinstance(said, Unsaid):
                await touches.skip(tx, touch.id, said.reason)
            elif one := await repository.take(tx, touch, said, begun, None):
                taken.append(one)
            else:
                await touches.unknown(tx, touch.id, "called_before")
        return taken

    async def _begin(self, taken: OwnerCall, by: Dialled) -> None:
        try:
            one = await self.means.begin(taken)
            if one is None:
                return
            over = asyncio.Event()

            async def converse(call: LiveCall) -> None:
                try:
                    await AgentTalk(self.means, self.hotline, call, one, by, self).hold()
                finally:
                    over.set()

            self.line.place(converse)
            await over.wait()
        finally:
            self.ringing.pop(taken.id, None)
            self.waiting.discard(taken.id)

    def _stood(self, stands: Standing, now: Pace) -> dict[str, Any]:
        rate = self.answers.now
        return {
            "mode": now.mode.value,
            "because": now.because.value,
            "free": len(stands.since(Contact.NONE)),
            "talking": len(stands.since(Contact.TALKING)),
            "writing": len(stands.since(Contact.WRAP_UP)),
            "ringing": len(self.ringing),
            "waiting": len(self.waiting),
            "answer_rate": round(rate.mean, 3),
            "answer_rate_within": round(rate.half_width, 3),
            "answered": stands.budget.answered,
            "abandoned": stands.budget.abandoned,
        }


class Dialler:
    """Of one process."""

    def __init__(self, means: Means, hotline: Hotline, line: Line) -> None:
        self.means, self.hotline, self.line = means, hotline, line
        self.campaigns: dict[UUID, CampaignDialling] = {}
        self.lines: defaultdict[str, Lines] = defaultdict(Lines)

    async def serve(self) -> None:
        """Until it is cancelled; what rings then is ended by whoever comes after us, what is
        spoken goes on."""
        await self.line.is_listening.wait()
        await take_stock(self.means, {leg for c in self.line.calls.values() for leg in c.legs})
        try:
            await recurring("dialler", self._look, pause_s=LOOK_EVERY_S)
        finally:
            tasks = [task for one in self.campaigns.values() for task in one.tasks]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        if not self.line.is_listening.is_set():
            return
        for by in await self.means.database.run(dialled, readonly=True):
            given = (self.means, self.hotline, self.line, self.lines[by.group])
            one = self.campaigns.setdefault(by.campaign_id, CampaignDialling(*given))
            await one.look(by)
