"""What the buttons of a rescue's page send, and what a verb may say besides."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from callcenter.places.model import Datum
from callcenter.portal.fields import Check, Metres, OptionalId
from callcenter.routing.choose import UNFIT, PassedOver
from callcenter.routing.towing.tows import OnwardKind
from callcenter.web.wire import QueryModel

Text = Annotated[str, Field(max_length=1000)]

OVERRULED_BY_NAME = (
    PassedOver.OFF_DUTY,
    PassedOver.SKILL_MISSING,
    PassedOver.NO_TRUCK,
    *UNFIT,
    PassedOver.NO_FREE_TRUCK,
)
"""Reasons against a station that a person may overrule; distance and having been asked do not
count against one that is chosen by hand."""


class RescueForm(QueryModel):
    """One button of the page; each takes the fields it needs."""

    action: Literal[
        "name_place",
        "confirm_place",
        "tell_direction",
        "send_link",
        "add_phone",
        "tell",
        "mark",
        "hold",
        "release",
        "assign",
        "accept_by_phone",
        "by_phone_depart",
        "by_phone_arrive",
        "by_phone_complete",
        "by_phone_eta",
        "hand_over",
        "ask_again",
        "cancel",
        "reassign",
        "resolve",
        "close",
        "reopen",
        "note",
        "merge_other",
        "merge_into",
        "tell_apart",
        "undo_merge",
        "tow",
        "tow_chosen",
        "tow_refused",
        "tow_delivered",
        "onward",
    ]
    place: Text = ""
    datum: Datum = Datum.WGS84
    words: Text = ""
    pinned: Check = ""
    accuracy_m: Metres = None
    place_id: OptionalId = None
    phone: Annotated[str, Field(max_length=40)] = ""
    reason: Text = ""
    service: Literal["120", "110", "122", "119"] = "120"
    station_id: OptionalId = None
    truck_id: OptionalId = None
    destination_id: OptionalId = None
    travel: OnwardKind = OnwardKind.TAXI
    persons: Annotated[int, Field(ge=1, le=60)] = 1
    eta_minutes: Annotated[int, Field(ge=1, le=600)] = 30
    overrule_off_duty: Check = ""
    overrule_skill_missing: Check = ""
    overrule_no_truck: Check = ""
    overrule_equipment_missing: Check = ""
    overrule_truck_too_weak: Check = ""
    overrule_truck_too_high: Check = ""
    overrule_no_free_truck: Check = ""
    outcome: Literal["repaired", "towed_to_workshop", "brought_to_safety", "charged", "other"] = (
        "repaired"
    )
    other_id: OptionalId = None
    dispatch_id: OptionalId = None
    number: Annotated[str, Field(max_length=20)] = ""
    danger: Check = ""
    expressway: Check = ""

    def overruled(self) -> frozenset[PassedOver]:
        """The reasons whose boxes are checked."""
        return frozenset(
            reason
            for reason in OVERRULED_BY_NAME
            if getattr(self, f"overrule_{reason.value}") == "on"
        )


@dataclass(frozen=True)
class Notice:
    """Something the page must say that cannot be looked up again: a key of its words, an address
    to read out, what to ask the caller."""

    key: str
    url: str = ""
    words: str = ""
