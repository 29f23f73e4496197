"""What audiences look like on the wire."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.audiences.gate import Standing
from callcenter.outbound.audiences.leaves.leaf import Subject, Word
from callcenter.outbound.audiences.model import Rule
from callcenter.outbound.model import Way
from callcenter.web.wire import ABSENT, ListQuery, Moment, Page, PatchModel, QueryModel, WireModel

Percent = Annotated[float, Field(ge=0, le=90)]
Policy = Annotated[str, Field(pattern=r"^[a-z]{2,10}$")]
Ways = Annotated[list[Way], Field(min_length=1, max_length=4)]


class AudienceDraft(WireModel):
    """A new audience."""

    name: Word
    rule: Rule


class AudiencePatch(PatchModel):
    """Fields that are given are changed; needs If-Match. Runs that are frozen stay as they are."""

    name: Word = ABSENT
    rule: Rule = ABSENT


class AudienceOut(WireModel):
    """An audience; `words`: its conditions in the reader's language, each by its path."""

    id: UUID
    name: str
    rule: Rule
    words: dict[str, str]
    subject: Subject
    made_by: str
    maker: str | None
    made_at: Moment
    version: int


AudiencePage = Page[AudienceOut]


class AudiencePath(QueryModel):
    """The audience in the address."""

    audience_id: UUID


class AudienceQuery(ListQuery):
    """Which part of the list."""


class RuleAsk(WireModel):
    """A rule, kept or not, and for what, by which ways and whose policy its owners would be spoken
    to. Of `held_out_percent` each campaign draws others: those of `campaign_id`. `holds_out`:
    false where nobody is held out, as in recalls and in what follows a ticket."""

    rule: Rule
    purpose: Purpose = Purpose.CONTRACT
    ways: Ways = Field(default_factory=lambda: [Way.TEXT])
    policy: Policy = "cn"
    campaign_id: UUID | None = None
    held_out_percent: Percent = 0.0
    holds_out: bool = True


class ExplainAsk(RuleAsk):
    """Whether this owner is in it, and why."""

    owner_id: UUID


class StandingOut(WireModel):
    """So many owners stand so."""

    standing: Standing
    owners: int


class CountOut(WireModel):
    """How many owners the rule finds, each counted once under the first standing that is his.

    `is_current`: false while the newest changes are still being read in.
    """

    owners: int
    reachable: int
    standings: list[StandingOut]
    subject: Subject
    is_current: bool


class ReasonOut(WireModel):
    """A condition of the rule by its path; `fact` lies behind it, empty where it is only so.

    `is_so`: as it is wanted, also where a group wants none of it.
    """

    path: str
    words: str
    fact: str
    is_wanted: bool
    is_so: bool


class SampleCarOut(WireModel):
    """A car as far as the reader may see it."""

    id: UUID
    model: str
    plate: str | None


class SampledOut(WireModel):
    """An owner of the audience; name, number and plate only for who may read owners."""

    owner_id: UUID
    name: str | None
    phone: str | None
    tier: int
    car: SampleCarOut | None
    standing: Standing
    because: list[ReasonOut]


class SampleOut(WireModel):
    """Some of the audience, drawn by lot."""

    items: list[SampledOut]


class CarExplainedOut(WireModel):
    """The conditions for one car of his, or for him alone; those that keep him out are not so."""

    car: SampleCarOut | None
    is_in: bool
    conditions: list[ReasonOut]


class ExplainOut(WireModel):
    """Whether the owner is in the audience, how he would stand, and each of his cars."""

    is_in: bool
    needs_car: bool
    standing: Standing
    cars: list[CarExplainedOut]


class NamedOut(WireModel):
    """Something that a condition can name."""

    id: UUID
    name: str


class ChoicesOut(WireModel):
    """What there is to choose among: most frequent first."""

    models: list[str]
    cities: list[str]
    campaigns: list[NamedOut]
    audiences: list[NamedOut]


def named(rows: Any) -> list[NamedOut]:
    """Rows of (id, name)."""
    return [NamedOut(id=row["id"], name=row["name"]) for row in rows]
