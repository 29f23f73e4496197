"""How a campaign's calls are dialled, and how it stands with them, on the wire."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field

from callcenter.calls.agents.model import Contact
from callcenter.calls.agents.wire import GroupName
from callcenter.outbound.campaigns.plan import Pacing
from callcenter.outbound.dialling.model import Machine, OwnerCallState
from callcenter.outbound.dialling.pacing import TUNING, Mode, PaceReason
from callcenter.outbound.dialling.setting import DiallingAsSet
from callcenter.outbound.dialling.standing import Standing
from callcenter.web.wire import ABSENT, PatchModel, WireModel

Share = Annotated[float, Field(gt=0, le=0.03)]


class DiallingPatch(PatchModel):
    """Fields that are given are changed; needs If-Match. `cap`: the share of answered calls that
    may find no agent."""

    mode: Annotated[Pacing, Field(strict=False)] = ABSENT
    group: GroupName = ABSENT
    cap: Share = ABSENT
    machine: Annotated[Machine, Field(strict=False)] = ABSENT


class DiallingOut(WireModel):
    """How its calls are dialled. `planned`: the mode of its plan, which counts until somebody sets
    another; `ceiling`: what its policy pack allows at most; with fewer agents than
    `smallest_group` it dials progressively."""

    mode: Pacing
    planned: Pacing
    group: str
    cap: float
    ceiling: float
    machine: Machine
    smallest_group: int
    version: int


class AgentsNow(WireModel):
    """Agents of the group who offer themselves, by what each is in."""

    free: int
    talking: int
    writing: int


class LastDay(WireModel):
    """Of the last `hours`, a day or as long as the pack counts, whichever leaves less: owners
    who answered, who of them found no agent, and what share may."""

    hours: int
    answered: int
    abandoned: int
    cap: float


class Paced(WireModel):
    """What the dialling did at its last look, and why. `mode`: as it was then, which may be more
    careful than what was asked for. `within`: half the width of the rate's 95 % interval."""

    model_config = ConfigDict(extra="ignore", strict=False)

    mode: Pacing
    because: PaceReason
    answer_rate: float
    answer_rate_within: float


class PacingOut(WireModel):
    """How a campaign's calls stand at this second. `calls`: those that are not over, by state;
    `inbound`: callers who wait at the hotline for these agents, which stops the dialling;
    `looked_at`: when the dialling last looked. Preview is dialled by agents: nobody looks then."""

    now: datetime
    agents: AgentsNow
    calls: dict[OwnerCallState, int]
    last_day: LastDay
    inbound: int
    paced: Paced | None
    looked_at: datetime | None


def dialling_out(one: DiallingAsSet, planned: Mode, ceiling: float) -> DiallingOut:
    return DiallingOut(
        mode=Pacing(one.mode),
        planned=Pacing(planned),
        group=one.group,
        cap=one.cap,
        ceiling=ceiling,
        machine=one.machine,
        smallest_group=TUNING.smallest_group,
        version=one.version,
    )


def agents_now(stands: Standing) -> AgentsNow:
    """Who is offered a call is as good as talking."""
    offered = stands.since(Contact.OFFERED)
    return AgentsNow(
        free=len(stands.since(Contact.NONE)),
        talking=len(stands.since(Contact.TALKING)) + len(offered),
        writing=len(stands.since(Contact.WRAP_UP)),
    )


def pacing_out(
    now: datetime, stands: Standing, calls: Mapping[OwnerCallState, int], row: Any
) -> PacingOut:
    """`row`: of `campaign_dialling`, or None."""
    looked_at = row["stood_at"] if row else None
    budget = stands.budget
    return PacingOut(
        now=now,
        agents=agents_now(stands),
        calls=dict(calls),
        last_day=LastDay(
            hours=budget.hours,
            answered=budget.answered,
            abandoned=budget.abandoned,
            cap=round(budget.cap, 4),
        ),
        inbound=stands.inbound,
        paced=Paced.model_validate_json(row["stood"]) if looked_at else None,
        looked_at=looked_at,
    )
