"""A campaign and the moves of its state. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.campaigns.plan import Plan


class CampaignKind(StrEnum):
    """What a campaign is about; templates and priority go by it."""

    MAINTENANCE = "maintenance"
    FIRST_SERVICE = "first_service"
    COMPLAINT_CALL_BACK = "complaint_call_back"
    RESCUE_FOLLOW_UP = "rescue_follow_up"
    SPECIAL_SURVEY = "special_survey"
    GREETING = "greeting"
    WIN_BACK = "win_back"
    RECALL = "recall"


class CampaignState(StrEnum):
    """draft -> submitted -> running <-> paused -> stopped | over. A second person approves;
    what he does not approve is a draft again."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    OVER = "over"


S = CampaignState
MOVES = {
    "edit": (frozenset({S.DRAFT}), S.DRAFT),
    "submit": (frozenset({S.DRAFT}), S.SUBMITTED),
    "approve": (frozenset({S.SUBMITTED}), S.RUNNING),
    "send_back": (frozenset({S.SUBMITTED}), S.DRAFT),
    "pause": (frozenset({S.RUNNING}), S.PAUSED),
    "resume": (frozenset({S.PAUSED}), S.RUNNING),
    "stop": (frozenset({S.SUBMITTED, S.RUNNING, S.PAUSED}), S.STOPPED),
    "end": (frozenset({S.RUNNING, S.PAUSED}), S.OVER),
}
"""Verb -> from which states, to which."""
PRIORITY = {
    CampaignKind.COMPLAINT_CALL_BACK: 10,
    CampaignKind.RECALL: 20,
    CampaignKind.RESCUE_FOLLOW_UP: 30,
    CampaignKind.FIRST_SERVICE: 40,
    CampaignKind.MAINTENANCE: 50,
    CampaignKind.WIN_BACK: 60,
    CampaignKind.SPECIAL_SURVEY: 70,
    CampaignKind.GREETING: 80,
}
"""Smaller goes first; a promised call, at 0, goes before all of them."""
NEVER_HELD_OUT = frozenset(
    {CampaignKind.RECALL, CampaignKind.COMPLAINT_CALL_BACK, CampaignKind.RESCUE_FOLLOW_UP}
)
ABOUT_CARS = frozenset(
    {
        CampaignKind.MAINTENANCE,
        CampaignKind.FIRST_SERVICE,
        CampaignKind.RECALL,
        CampaignKind.WIN_BACK,
    }
)
"""An owner of two cars is spoken to about each in its time; of other things once."""
BY_FACT = frozenset({CampaignKind.COMPLAINT_CALL_BACK, CampaignKind.RESCUE_FOLLOW_UP})
"""Each owner comes into these by what has happened to him, not by an audience."""


@dataclass(frozen=True)
class Campaign:
    """One row of `campaigns`."""

    id: UUID
    name: str
    kind: CampaignKind
    purpose: Purpose
    audience_id: UUID | None
    policy: str
    plan: Plan
    state: CampaignState
    priority: int
    starts_at: datetime | None
    ends_at: datetime | None
    next_run_at: datetime | None
    made_by: str
    made_at: datetime
    submitted_by: str | None
    approved_by: str | None
    approved_at: datetime | None
    state_reason: str
    version: int
    paused_at: datetime | None = None


@dataclass(frozen=True)
class Run:
    """One row of `campaign_runs`; `left_out`: reason -> owners; `beginning`: its first touches are
    not all made yet."""

    id: UUID
    campaign_id: UUID
    number: int
    plan: Plan
    policy: str
    begun_at: datetime
    in_audience: int
    left_out: dict[str, Any]
    beginning: bool
