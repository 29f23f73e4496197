"""What campaigns look like on the wire."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.model import Campaign, CampaignKind, CampaignState, Run
from callcenter.outbound.campaigns.plan import Plan, Rule
from callcenter.outbound.campaigns.templates import Template
from callcenter.outbound.model import Outcome, TouchState, Way
from callcenter.web.wire import ABSENT, ListQuery, Moment, Page, PatchModel, QueryModel, WireModel

Name = Annotated[str, Field(min_length=1, max_length=80)]
Reason = Annotated[str, Field(min_length=1, max_length=300)]
Policy = Annotated[str, Field(pattern=r"^[a-z]{2,10}$")]


class CampaignDraft(WireModel):
    """A new campaign; without a plan it begins with that of its kind."""

    name: Name
    kind: Annotated[CampaignKind, Field(strict=False)]
    purpose: Annotated[Purpose | None, Field(strict=False)] = None
    audience_id: UUID | None = None
    policy: Policy = "cn"
    plan: Annotated[Plan | None, Field(strict=False)] = None
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class CampaignPatch(PatchModel):
    """Fields that are given are changed; needs If-Match, and a draft."""

    name: Name = ABSENT
    purpose: Annotated[Purpose, Field(strict=False)] = ABSENT
    audience_id: UUID | None = None
    policy: Policy = ABSENT
    plan: Annotated[Plan, Field(strict=False)] = ABSENT
    starts_at: Moment | None = None
    ends_at: Moment | None = None


class CampaignOut(WireModel):
    """A campaign; `made_by`, `submitted_by` and `approved_by` are names."""

    id: UUID
    name: str
    kind: CampaignKind
    purpose: Purpose
    audience_id: UUID | None
    policy: str
    plan: Plan
    state: CampaignState
    state_reason: str
    starts_at: datetime | None
    ends_at: datetime | None
    next_run_at: datetime | None
    made_by: str | None
    made_at: datetime
    submitted_by: str | None
    submitted_by_me: bool
    approved_by: str | None
    approved_at: datetime | None
    version: int


class CampaignPage(Page[CampaignOut]):
    """Campaigns, newest first."""


class CampaignPath(QueryModel):
    """Which campaign."""

    campaign_id: UUID


class CampaignQuery(ListQuery):
    """By state."""

    state: CampaignState | None = None


class WhyBody(WireModel):
    """The reason, for those who come after."""

    reason: Reason


class TemplateOut(WireModel):
    """A kind with a whole plan to begin with."""

    kind: CampaignKind
    purpose: Purpose
    name: str
    plan: Plan


class TemplateList(WireModel):
    """One for each kind. `usual`: what follows an outcome where a step says nothing else;
    `facts`: what may stand in braces in the words."""

    items: list[TemplateOut]
    usual: dict[Outcome, Rule]
    facts: list[str]


class RunOut(WireModel):
    """One run; `left_out`: reason -> owners; `beginning`: not all its first touches are made."""

    id: UUID
    number: int
    begun_at: datetime
    in_audience: int
    left_out: dict[str, int]
    beginning: bool


class TouchCount(WireModel):
    """So many touches of a step stand there. `reason`: the code of why they wait or were not said;
    empty for none."""

    step: int
    way: Way
    state: TouchState
    outcome: Outcome | None
    reason: str
    touches: int


class ProgressOut(WireModel):
    """Where a campaign stands: its last runs and all its touches, counted."""

    runs: list[RunOut]
    touches: list[TouchCount]


def campaign_out(one: Campaign, names: dict[str, str], me: str) -> CampaignOut:
    """`names`: staff actor -> name."""
    return CampaignOut(
        id=one.id,
        name=one.name,
        kind=one.kind,
        purpose=one.purpose,
        audience_id=one.audience_id,
        policy=one.policy,
        plan=one.plan,
        state=one.state,
        state_reason=one.state_reason,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        next_run_at=one.next_run_at,
        made_by=names.get(one.made_by),
        made_at=one.made_at,
        submitted_by=names.get(one.submitted_by or ""),
        submitted_by_me=one.submitted_by == me,
        approved_by=names.get(one.approved_by or ""),
        approved_at=one.approved_at,
        version=one.version,
    )


def template_out(one: Template, language: str) -> TemplateOut:
    """In the reader's language."""
    name = one.name_zh if language == "zh" else one.name_en
    return TemplateOut(kind=one.kind, purpose=one.purpose, name=name, plan=one.plan)


def run_out(one: Run) -> RunOut:
    """A run as it went."""
    return RunOut(
        id=one.id,
        number=one.number,
        begun_at=one.begun_at,
        in_audience=one.in_audience,
        left_out=one.left_out,
        beginning=one.beginning,
    )


def touch_count(row: Any) -> TouchCount:
    """A row of `progress`."""
    return TouchCount(
        step=row["step"],
        way=Way(row["channel"]),
        state=TouchState(row["state"]),
        outcome=Outcome(row["outcome"]) if row["outcome"] else None,
        reason=row["reason"],
        touches=row["touches"],
    )
