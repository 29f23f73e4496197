"""The lists in the code and the lists in the database's CHECKs are the same lists."""

import re
from enum import StrEnum
from typing import Any, get_args

import pytest

from callcenter.calls.agents.model import LOST, Availability, AwayReason, Contact, Strand
from callcenter.calls.control.model import OrderState, Party, Verb
from callcenter.calls.model import CallState, Direction, Disposition
from callcenter.calls.queue.model import CallBackReason, PlaceKind, PlaceState, Urgency
from callcenter.customers.by_file.model import ImportKind, ImportState, RowOutcome
from callcenter.customers.consents import model as consents
from callcenter.customers.days.model import Calendar
from callcenter.customers.visits.model import VisitKind, VisitSource
from callcenter.customers.wire import Energy
from callcenter.db.database import Database
from callcenter.messages.inbound import TextMeaning
from callcenter.messages.model import Channel, DeliveryState, MessageState
from callcenter.outbound.campaigns.model import CampaignKind, CampaignState
from callcenter.outbound.dialling.model import Begun, Machine, OwnerCallState
from callcenter.outbound.dialling.pacing import Mode as DiallingMode
from callcenter.outbound.due.model import NextService
from callcenter.outbound.model import Arm, TouchState, Way
from callcenter.outbound.promises.model import PromiseState
from callcenter.outbound.surveys.response import ResponseState, SurveyState, Via
from callcenter.routing.choose import Rung
from callcenter.routing.duty.model import DutyCallState, DutyOutcome
from callcenter.routing.model import DispatchStage, OfferState
from callcenter.routing.proofs import ProofKind, Unsigned
from callcenter.routing.towing.destination import DestinationKind
from callcenter.routing.towing.tows import OnwardKind, TowStage
from callcenter.settings import TravelSettings
from callcenter.staff.model import Role
from callcenter.stations.bookings.model import BookingSource, BookingState, Wanted
from callcenter.stations.model import AppliesTo, StationKind
from callcenter.stations.push.sending import Outcome
from callcenter.telephony.agent_phones.model import PhoneKind
from callcenter.telephony.recordings.model import (
    Mode,
    PauseReason,
    Purpose,
    RecordingKind,
    RecordingState,
    RemovedWhy,
)
from callcenter.telephony.signals import Ending
from callcenter.tickets.model import Kind, Stage
from callcenter.tickets.particulars import Energy as CallersEnergy
from callcenter.tickets.wire import Emergency
from callcenter.web.files import JPEG, PNG, WEBP
from callcenter.web.language import Language
from tests.contract.program import modules

ASKED_RUNGS = {*Rung} - {Rung.ALARM}

CHECKED: dict[str, Any] = {
    "agent_phones.kind": PhoneKind,
    "call_legs.ending": Ending,
    "call_legs.party": {*Party} - {Party.GROUP},
    "call_orders.party": {Party.COLLEAGUE, Party.STATION, Party.OUTSIDE, Party.GROUP},
    "call_orders.state": OrderState,
    "call_orders.verb": Verb,
    "call_recordings.kind": RecordingKind,
    "call_recordings.pause_reason": PauseReason,
    "call_recordings.removed_why": RemovedWhy,
    "call_recordings.state": RecordingState,
    "calls.direction": Direction,
    "calls.disposition": Disposition,
    "calls.language": Language,
    "calls.state": CallState,
    "consents.channel": consents.Channel,
    "consents.evidence": consents.Evidence,
    "consents.purpose": consents.Purpose,
    "consents.reason": consents.SilenceReason,
    "campaigns.kind": CampaignKind,
    "campaigns.purpose": consents.Purpose,
    "campaigns.state": CampaignState,
    "contact_ledger.channel": {*Way, "web"},
    "contact_ledger.state": {"reserved", "said", "unknown", "void"},
    "dispatch_files.kind": ProofKind,
    "dispatches.stage": DispatchStage,
    "early_receipts.delivery": DeliveryState,
    "emergency_calls.service": Emergency.model_fields["service"].annotation,
    "campaign_dialling.machine": Machine,
    "campaign_dialling.mode": DiallingMode,
    "owner_calls.language": Language,
    "owner_calls.mode": Begun,
    "owner_calls.state": OwnerCallState,
    "promised_calls.state": PromiseState,
    "duty_calls.outcome": DutyOutcome,
    "duty_calls.state": DutyCallState,
    "files.media_type": {JPEG, PNG, WEBP},
    "flow_positions.language": Language,
    "idempotency_keys.state": {"running", "answered"},
    "ladders.rung": Rung,
    "location_answers.kind": {"fix", "words", "photo"},
    "message_parts.delivery": DeliveryState,
    "messages.channel": Channel,
    "messages.delivery": DeliveryState,
    "messages.language": Language,
    "messages.state": MessageState,
    "onward_travels.kind": OnwardKind,
    "offers.rung": {*ASKED_RUNGS, "hand"},
    "offers.state": OfferState,
    "owners.birthday_calendar": Calendar,
    "owners.language": Language,
    "owners.tier_set_by": {"person", "rule"},
    "push_devices.language": Language,
    "push_devices.last_outcome": {*Outcome} - {Outcome.GONE},
    "queue_entries.kind": PlaceKind,
    "queue_entries.language": Language,
    "queue_entries.state": PlaceState,
    "queue_entries.urgency": Urgency,
    "queue_entries.why": CallBackReason,
    "recording_plays.purpose": Purpose,
    "recording_rule.mode": Mode,
    "road_posts.sense": {"", "up", "down"},
    "run_members.arm": Arm,
    "seat_moments.strand": Strand,
    "seat_moments.what": {*Availability, *Contact, LOST},
    "seats.availability": Availability,
    "seats.away_reason": AwayReason,
    "seats.contact": Contact,
    "seats.wish": Availability,
    "seats.wish_reason": AwayReason,
    "staff_users.language": Language,
    "stations.language": Language,
    "staff_users.role": Role,
    "station_hours_overrides.applies_to": AppliesTo,
    "station_import_rows.outcome": {"added", "changed", "unchanged", "refused"},
    "station_imports.state": {"planned", "applied", "undone"},
    "stations.kind": StationKind,
    "ticket_places.sense": {"up", "down"},
    "ticket_places.state": {"proposed", "confirmed", "dropped"},
    "touches.channel": Way,
    "touches.state": TouchState,
    "tow_destinations.kind": DestinationKind,
    "tows.stage": TowStage,
    "tickets.kind": Kind,
    "tickets.language": Language,
    "tickets.stage": Stage,
    "travel_times.method": TravelSettings.model_fields["engine"].annotation,
    "unsigned_dispatches.reason": Unsigned,
    "vehicles.energy": Energy,
    "survey_answers.channel": Via,
    "survey_quota_places.state": {"reserved", "confirmed", "given_back"},
    "survey_responses.language": set(get_args(Language)),
    "survey_responses.state": ResponseState,
    "surveys.state": SurveyState,
    "due_dates.because": {"time", "distance"},
    "due_dates.next_service": NextService,
    "inbound_texts.meant": TextMeaning,
    "visits.kind": VisitKind,
    "visits.source": VisitSource,
    "owner_imports.kind": ImportKind,
    "owner_imports.state": ImportState,
    "owner_import_rows.outcome": RowOutcome,
    "visit_import_rows.outcome": RowOutcome,
    "service_bookings.source": BookingSource,
    "service_bookings.state": BookingState,
    "service_bookings.wanted": Wanted,
}
NOT_IN_A_CHECK = {
    "Effect": "what a campaign is judged by, counted anew each time",
    "Refusal": "how surely a text is one, kept as what the text meant",
    "Standing": "how an owner stands at a gate, a number in one statement",
    "Subject": "whether a rule asks owners or cars",
    "Verdict": "what the figures of a campaign say",
    "SurveyFault": "of a survey that was refused, not stored",
    "Because": "which of two days is first, reckoned anew each time",
    "PaceReason": "told with the pace, inside a json",
    "Heard": "what the switch tells",
    "KeyAct": "what a key means",
    "NotCalled": "decides, and is not kept",
    "Skip": "kept as a note",
    "Behaviour": "of the simulated stations, not stored",
    "Datum": "beside each place; the edge turns other data into WGS-84",
    "DayKind": "of the preview of hours, not stored",
    "DeclineReason": "one of the reasons an offer ends with",
    "Ear": "of a supervisor who listens, not stored",
    "EndReason": "one of the reasons a call ends with",
    "Equipment": "lists that grow with the network",
    "FlowFault": "of a flow that was refused, not stored",
    "Failure": "of a geocoder, logged only: what failed is not kept",
    "Fault": "inside the ticket's particulars",
    "Measure": "inside the rules of the tiers",
    "NotThere": "inside a destination's passed_by",
    "OdometerDoubt": "worked out when a visit is read",
    "Outcome": "of a push: what is gone takes its row along; of a touch: the list grows",
    "Pacing": "inside a campaign's plan",
    "Party": "of a leg and of an order, each a part of it",
    "NotRecordedWhy": "told once in the log, not stored beside it",
    "PassedOver": "inside the choice's candidates",
    "Permission": "scopes are read leniently: an old token may name a gone one",
    "Repeat": "inside a campaign's plan",
    "Severity": "inside the ticket's particulars",
    "Sign": "reasons of a proposal; the list grows with what is known of a rescue",
    "Then": "inside a campaign's plan",
    "What": "heard of a call, not stored",
    "StationState": "of the map, worked out when it is asked for",
    "Skill": "lists that grow with the network",
    "Source": "lists that grow with the ways a place is named",
    "Basis": "inside the policy packs",
    "May": "of a verdict on a touch: its state says it",
    "Why": "one of the reasons a touch waits or ends with",
}
LIST = re.compile(r"^CHECK \(+(\w+) = ANY \(+(?:ARRAY\[(.*)\])\)+(?:::text\[\]\)+)?$")


def values(known: Any) -> set[str]:
    """Of an enum, a Literal, or a plain set."""
    if isinstance(known, type) and issubclass(known, StrEnum):
        return {member.value for member in known}
    return {str(value) for value in (known if isinstance(known, set) else get_args(known))}


@pytest.fixture
async def checks(database: Database) -> dict[str, set[str]]:
    """table.column -> the list its CHECK allows, out of the catalog."""
    async with database.reading() as tx:
        rows = await tx.connection.fetch(
            "select conrelid::regclass::text as relation, pg_get_constraintdef(oid) as text"
            " from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace"
        )
    found = {}
    for row in rows:
        if match := LIST.match(row["text"]):
            found[f"{row['relation']}.{match[1]}"] = set(re.findall(r"'([^']*)'", match[2]))
        else:
            assert "ANY" not in row["text"], f"a list this test cannot read: {row['text']}"
    return found


async def test_each_list_in_the_database_is_the_one_in_the_code(
    checks: dict[str, set[str]],
) -> None:
    assert checks == {column: values(known) for column, known in CHECKED.items()}


def test_each_enum_of_the_program_is_in_a_check_or_said_why_not() -> None:
    found = {
        thing.__name__
        for module in modules()
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, StrEnum)
        and thing.__module__.startswith("callcenter.")
    }
    checked = {known.__name__ for known in CHECKED.values() if isinstance(known, type)}
    assert found == checked | set(NOT_IN_A_CHECK)
    assert checked.isdisjoint(NOT_IN_A_CHECK)


def test_the_caller_s_car_has_the_same_energies_as_a_registered_one() -> None:
    assert values(CallersEnergy) == values(Energy)
