"""The rule of an audience: conditions in groups of all, any and none, with their limits. Pure."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from callcenter.outbound.audiences.leaves.leaf import Leaf, Part, Subject
from callcenter.outbound.audiences.leaves.of_car import (
    CarAge,
    DeliveryDaySoon,
    DuePassed,
    DueWithin,
    EnergyIs,
    HasBooking,
    ModelIs,
    PlateOf,
    StillOurs,
)
from callcenter.outbound.audiences.leaves.of_owner import (
    BirthdaySoon,
    CityIs,
    DrawnShare,
    HasEmail,
    InAudience,
    LanguageIs,
    ProfilingRefused,
    ProvinceIs,
    TierIs,
    WeddingDaySoon,
)
from callcenter.outbound.audiences.leaves.of_past import (
    Contacted,
    HadTicket,
    HasOpenTicket,
    LastVisit,
    NeverCame,
    NotContacted,
    Promised,
    RatedAtMost,
    VisitAmount,
    VisitCount,
)

DEEPEST = 5
"""Groups within groups, the outermost counted."""
MOST_CONDITIONS = 40


class AllOf(Part):
    """Each of these holds; with none in it, it holds for everybody."""

    kind: Literal["all"] = "all"
    of: tuple["Condition", ...] = Field(default=(), max_length=MOST_CONDITIONS)


class AnyOf(Part):
    """At least one of these holds."""

    kind: Literal["any"] = "any"
    of: tuple["Condition", ...] = Field(min_length=1, max_length=MOST_CONDITIONS)


class NoneOf(Part):
    """Not one of these holds."""

    kind: Literal["none"] = "none"
    of: tuple["Condition", ...] = Field(min_length=1, max_length=MOST_CONDITIONS)


Group = AllOf | AnyOf | NoneOf
# Of care programmes nothing can be asked yet: there are none.
Condition = Annotated[
    AllOf
    | AnyOf
    | NoneOf
    | TierIs
    | ProvinceIs
    | CityIs
    | LanguageIs
    | BirthdaySoon
    | WeddingDaySoon
    | HasEmail
    | ProfilingRefused
    | InAudience
    | DrawnShare
    | ModelIs
    | EnergyIs
    | PlateOf
    | CarAge
    | DeliveryDaySoon
    | DueWithin
    | DuePassed
    | StillOurs
    | HasBooking
    | NeverCame
    | LastVisit
    | VisitCount
    | VisitAmount
    | HadTicket
    | HasOpenTicket
    | RatedAtMost
    | Contacted
    | NotContacted
    | Promised,
    Field(discriminator="kind"),
]
for group in (AllOf, AnyOf, NoneOf):
    group.model_rebuild()
Rule = Annotated[AllOf | AnyOf | NoneOf, Field(discriminator="kind")]
"""The outermost group."""


def leaves(part: Part, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every condition with its path: "0.2" is the third in the first group of the rule."""
    if isinstance(part, Leaf):
        yield path, part
    elif isinstance(part, Group):
        for number, inner in enumerate(part.of):
            yield from leaves(inner, f"{path}.{number}" if path else str(number))


def depth(part: Part) -> int:
    """Groups on the longest way down."""
    if not isinstance(part, Group):
        return 0
    return 1 + max((depth(inner) for inner in part.of), default=0)


def subject(rule: Group) -> Subject:
    """A rule with one condition on a car is asked of each car; one without, of each owner."""
    is_of_cars = any(leaf.subject is Subject.CAR for _, leaf in leaves(rule))
    return Subject.CAR if is_of_cars else Subject.OWNER


def others(rule: Group) -> list[InAudience]:
    """The audiences it names."""
    return [leaf for _, leaf in leaves(rule) if isinstance(leaf, InAudience)]
