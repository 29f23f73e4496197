"""Whom a campaign speaks to: its audience asked, by the rules of its policy and its hold-outs."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences import rules, sampled
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.audiences.gate import NOBODY, HoldOut, gate_of
from callcenter.outbound.audiences.refreshed import refresh_all, refresh_some
from callcenter.outbound.campaigns.model import ABOUT_CARS, NEVER_HELD_OUT, Campaign
from callcenter.outbound.campaigns.occasions import keep_occasions, occasions_in
from callcenter.outbound.campaigns.people import About
from callcenter.outbound.campaigns.runs import Frozen
from callcenter.outbound.policies.shelf import pack


@dataclass(frozen=True)
class ByAudience:
    """`held_out_of_all`: the share of owners who hear of no campaign."""

    held_out_of_all: float

    async def freeze(self, tx: Tx, campaign: Campaign, run_id: UUID) -> Frozen:
        """Raises AudienceNotFound, PolicyUnknown."""
        assert campaign.audience_id is not None, "one that follows facts has no run of this kind"
        await refresh_all(tx)
        audience = await audiences.get(tx, campaign.audience_id)
        policy = pack(campaign.policy, await tx.now())
        ways = tuple(dict.fromkeys(step.way for step in campaign.plan.steps))
        found = await audiences.freeze(
            tx,
            audience.rule,
            run_id=run_id,
            gate=gate_of(policy, campaign.purpose, ways, self._hold_out(campaign)),
            car_again_after=campaign.plan.again_after_days if campaign.kind in ABOUT_CARS else None,
        )
        asked = await audiences.asked_now(tx, audience.rule)
        await keep_occasions(tx, asked, run_id, policy)
        left_out = {reason.value: owners for reason, owners in found.left_out.items()}
        held = {"held_out": found.held_out, "held_out_of_all": found.held_out_of_all}
        counted = left_out | {reason: owners for reason, owners in held.items() if owners}
        rule = rules.text_of(audience.rule)
        return Frozen(found.in_audience, counted, rule, asked.asks_habits)

    async def policy_version(self, tx: Tx, policy: str) -> str:
        """Raises PolicyUnknown."""
        return pack(policy, await tx.now()).version

    async def sample(self, tx: Tx, audience_id: UUID, at_most: int) -> Sequence[About]:
        """Members drawn by lot, each with the car that brings him in and his occasion."""
        await refresh_some(tx)
        audience = await audiences.get(tx, audience_id)
        asked = await audiences.asked_now(tx, audience.rule)
        days = occasions_in(asked)
        return [
            About(
                one.owner_id,
                one.vehicle_id,
                occasion=next((day.name for day in days if one.true.get(day.path)), ""),
            )
            for one in await sampled.drawn(tx, asked, at_most)
        ]

    def _hold_out(self, campaign: Campaign) -> HoldOut:
        if campaign.kind in NEVER_HELD_OUT:
            return NOBODY
        of_campaign = campaign.plan.hold_out_percent
        return HoldOut(self.held_out_of_all * 100, of_campaign, str(campaign.id))
