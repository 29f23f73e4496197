"""Running campaigns whose owners are dialled for agents: each second looked at, paced, begun."""

import asyncio
from collections.abc import Callable
from functools import partial
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
from callcenter.outbound.dialling.pacing import Group, Pace, PaceReason, pace, with_own_agents
from callcenter.outbound.dialling.standing import Dialled, Standing, dialled, keep_stood, standing
from callcenter.outbound.dialling.touches import Unsaid
from callcenter.outbound.model import Way
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.owners.key_calls import Line
from callcenter.telephony.owners.left_behind import not_begun, not_dialled, take_stock
from callcenter.telephony.owners.lines import Lines
from callcenter.telephony.owners.means import ACTOR, Means, NobodyFree
from callcenter.telephony.owners.who_called import can_say_who_called
from callcenter.telephony.owners.with_agent import AgentTalk, Heard
from callcenter.telephony.owners.with_own_agent import OwnAgentTalk
from callcenter.telephony.switch import LiveCall

log = structlog.get_logger()

LOOK_EVERY_S = 1.0
FIRST_RATE = 0.3


class CampaignDialling(Heard):
    """One campaign, with what was learnt of it so far; `lines` it shares with all others.
    `has_voice`: who finds no agent can be told who called."""

    def __init__(
        self, means: Means, hotline: Hotline, line: Line, lines: Lines, *, has_voice: bool
    ) -> None:
        self.means, self.hotline, self.line = means, hotline, line
        self.lines, self.has_voice, self.had_own_agents = lines, has_voice, False
        self.answers, self.work = AnswerRate(FIRST_RATE), AtWork()
        self.seen: dict[UUID, tuple[Contact, float]] = {}
        self.tasks: set[asyncio.Task[None]] = set()

    def rings(self, one: OwnerCall, group: str) -> None:
        self.lines.rings(one.id, group, self.answers, own_agent=True)

    def rang(self, one: OwnerCall, *, answered: bool) -> None:
        seconds = self.lines.rang(one.id)
        if seconds is not None:
            self.answers.learn(answered=answered, rang=seconds)

    def waits(self, one: OwnerCall, group: str) -> None:
        self.lines.waiting[one.id] = group

    def waits_no_more(self, one: OwnerCall) -> None:
        self.lines.waiting.pop(one.id, None)

    async def look(self, by: Dialled) -> None:
        """As many begun as the pace says."""
        stands = await self.means.database.run(lambda tx: standing(tx, by), readonly=True)
        self.learn(stands)
        now = self.pace(by, stands)
        self.had_own_agents = now.own_agent
        for one in await self.means.database.run(lambda tx: self._take(tx, by, now.dial)):
            self.lines.rings(one.id, by.group, self.answers)
            task = asyncio.create_task(self._begin(one, by, own_agent=now.own_agent))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)
        stood = self._stood(stands, now)
        await self.means.database.run(lambda tx: keep_stood(tx, by, stood))

    def pace(self, by: Dialled, stands: Standing) -> Pace:
        """None while callers wait at the hotline. Whatever rings for any of these agents counts, in
        whichever group and for whichever campaign; without a voice each has an agent before it
        rings."""
        if stands.inbound:
            return Pace(0, by.mode, PaceReason.INBOUND_WAITS)
        group = self._group(stands)
        if by.rules.say_who_called and not self.has_voice:
            return with_own_agents(group, PaceReason.NO_VOICE)
        return pace(by.mode, group, self.answers.now, stands.budget)

    def _group(self, stands: Standing) -> Group:
        return group_of(
            len(stands.since(Contact.NONE)),
            talking=stands.since(Contact.TALKING) + stands.since(Contact.OFFERED),
            writing=stands.since(Contact.WRAP_UP),
            ringing=self.lines.chances(stands.groups),
            waiting=self.lines.without_agent(stands.groups),
            answers=self.answers,
            work=self.work,
        )

    def learn(self, stands: Standing) -> None:
        """Work that was there at the last look and is over. Who is on the line before it rings is
        in no talk yet: his time says nothing of how long talks are."""
        for staff_id, (contact, seconds) in self.seen.items():
            after = stands.agents.get(staff_id)
            if after is None or after[0] is contact:
                continue
            if contact is Contact.TALKING and not self.had_own_agents:
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

    async def _begin(self, taken: OwnerCall, by: Dialled, *, own_agent: bool) -> None:
        try:
            books = partial(not_begun, means=self.means, taken=taken)
            async with self.means.broken.closes(self.means.database, taken.id, books):
                talk = await self._talk(taken, by, own_agent=own_agent)
            if talk is None:
                return
            over = asyncio.Event()

            async def converse(call: LiveCall) -> None:
                try:
                    await talk(call).hold()
                finally:
                    over.set()

            self.line.place(converse)
            await over.wait()
        finally:
            self.lines.over(taken.id)

    async def _talk(
        self, taken: OwnerCall, by: Dialled, *, own_agent: bool
    ) -> Callable[[LiveCall], AgentTalk] | None:
        """What to do on the switch; None: he is not to be called, or not now."""
        given = (self.means, self.hotline)
        if not own_agent:
            begun = await self.means.begin(taken)
            return (lambda call: AgentTalk(*given, call, begun, by, self)) if begun else None
        self.lines.over(taken.id)
        try:
            found = await self.means.begin_for(taken, by.group)
        except NobodyFree:
            await not_dialled(self.means, taken)
            return None
        if found is None:
            return None
        one, staff_id = found
        return lambda call: OwnAgentTalk(*given, call, one, by, self, staff_id=staff_id)

    def _stood(self, stands: Standing, now: Pace) -> dict[str, Any]:
        rate = self.answers.now
        return {
            "mode": now.mode.value,
            "because": now.because.value,
            "free": len(stands.since(Contact.NONE)),
            "talking": len(stands.since(Contact.TALKING)),
            "writing": len(stands.since(Contact.WRAP_UP)),
            "ringing": len(self.lines.chances(stands.groups)),
            "waiting": self.lines.without_agent(stands.groups),
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
        self.lines = Lines()
        self.has_voice = False

    async def serve(self) -> None:
        """Until it is cancelled; what rings then is ended by whoever comes after us, what is
        spoken goes on."""
        await self.line.is_listening.wait()
        self.has_voice = await can_say_who_called(self.means)
        if not self.has_voice:
            log.error("owner_calls_have_no_voice")
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
            one = self.campaigns.get(by.campaign_id)
            if one is None:
                given = (self.means, self.hotline, self.line, self.lines)
                one = CampaignDialling(*given, has_voice=self.has_voice)
                self.campaigns[by.campaign_id] = one
            await one.look(by)
