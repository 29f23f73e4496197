"""What happens to campaigns. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.db.events import Fact


class CampaignFact(Fact):
    """Heard by supervisors, who plan and approve."""

    roles: ClassVar[frozenset[str]] = frozenset({"supervisor"})
    campaign_id: UUID


class CampaignDrafted(CampaignFact):
    """A new draft."""

    kind: ClassVar[str] = "campaign.drafted"


class CampaignEdited(CampaignFact):
    """The draft was changed: which fields."""

    kind: ClassVar[str] = "campaign.edited"
    fields: list[str]


class CampaignMoved(CampaignFact):
    """Handed in, approved, sent back, paused, resumed, stopped, over."""

    kind: ClassVar[str] = "campaign.moved"
    was: str
    state: str


class RunBegun(CampaignFact):
    """The audience was frozen, and the first touches made."""

    kind: ClassVar[str] = "campaign.run_begun"
    run_id: UUID
    number: int
    owners: int


class RunPutOff(CampaignFact):
    """A run that was due did not begin; it is tried again. `code`: of what stood against it."""

    kind: ClassVar[str] = "campaign.run_put_off"
    code: str
