"""How a campaign's calls are dialled, as people have set it: before, and while it runs."""

from dataclasses import dataclass
from typing import Any

from callcenter.calls.queue.errors import GroupUnknown
from callcenter.calls.queue.repository import SQL as QUEUE
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns.errors import CampaignMoveRefused
from callcenter.outbound.campaigns.model import Campaign, CampaignState
from callcenter.outbound.dialling.errors import AbandonedTooMany, NoAgentCalls
from callcenter.outbound.dialling.events import DiallingSet
from callcenter.outbound.dialling.model import Machine
from callcenter.outbound.dialling.pacing import Mode
from callcenter.outbound.dialling.repository import SQL
from callcenter.outbound.dialling.rules import budget_within, rules_of
from callcenter.outbound.model import Way
from callcenter.web.errors import VersionStale

USUAL_GROUP = "desk"
OVER = frozenset({CampaignState.STOPPED, CampaignState.OVER})


@dataclass(frozen=True)
class DiallingAsSet:
    """`cap`: the share of answered calls that may find no agent, within 24 h. Version 0: as the
    plan has it, nobody has set anything."""

    mode: Mode
    group: str
    cap: float
    machine: Machine
    version: int


def planned(campaign: Campaign) -> Mode | None:
    """As the first step has it by which agents call; None: there is no such step."""
    by_agents = (one for one in campaign.plan.steps if one.way is Way.AGENT_CALL)
    first = next(by_agents, None)
    return Mode(first.pacing.value) if first else None


async def as_set(tx: Tx, campaign: Campaign) -> DiallingAsSet:
    """As people have set it, else as the plan says; the budget as the pack allows it now. Raises
    NoAgentCalls, PolicyUnknown."""
    by_plan = planned(campaign)
    if by_plan is None:
        raise NoAgentCalls
    rules = rules_of(campaign.policy, await tx.now())
    row = await SQL.dialling_of(tx.connection, campaign_id=campaign.id)
    if row is None:
        cap = budget_within(None, rules)
        return DiallingAsSet(by_plan, USUAL_GROUP, cap, Machine.NOT_ASKED, 0)
    mode = Mode(row["mode"]) if row["version"] else by_plan
    cap = budget_within(row["cap"] if row["version"] else None, rules)
    return DiallingAsSet(mode, row["group_name"], cap, Machine(row["machine"]), row["version"])


async def ceiling(tx: Tx, campaign: Campaign) -> float:
    """Of the campaign's policy pack: no budget for abandoned calls goes over it. Raises
    PolicyUnknown."""
    return rules_of(campaign.policy, await tx.now()).ceiling


async def set_dialling(
    tx: Tx, actor: str, campaign: Campaign, now: DiallingAsSet, changes: dict[str, Any]
) -> DiallingAsSet:
    """Change it, as it was just read; a campaign that runs is dialled so from the next second on.

    Raises CampaignMoveRefused when it is over, GroupUnknown, AbandonedTooMany, PolicyUnknown,
    VersionStale.
    """
    if campaign.state in OVER:
        raise CampaignMoveRefused(state=campaign.state.value)
    wish = {name: changes.get(name, getattr(now, name)) for name in ("mode", "group", "cap")}
    wish["machine"] = changes.get("machine", now.machine)
    await _must_be_possible(tx, campaign, wish["group"], wish["cap"])
    version = await SQL.keep_dialling(
        tx.connection,
        campaign_id=campaign.id,
        mode=wish["mode"].value,
        group_name=wish["group"],
        cap=wish["cap"],
        machine=wish["machine"].value,
        version=now.version,
    )
    if version is None:
        raise VersionStale(version=(await as_set(tx, campaign)).version)
    fact = DiallingSet(campaign_id=campaign.id, mode=wish["mode"].value, fields=sorted(changes))
    await record(tx, fact, actor=actor)
    return DiallingAsSet(**wish, version=version)


async def _must_be_possible(tx: Tx, campaign: Campaign, group: str, cap: float) -> None:
    if group not in {row["name"] for row in await QUEUE.list_groups(tx.connection)}:
        raise GroupUnknown(group=group)
    most = await ceiling(tx, campaign)
    if cap > most:
        raise AbandonedTooMany(most=round(100 * most, 2), policy=campaign.policy)
