"""What has come of the demo's campaign in its twenty days, as rows: touches, contacts, what agents
noted, bookings, visits."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from callcenter.clock import CHINA
from callcenter.ids import new_id
from callcenter.outbound.campaigns.people import Addressed
from callcenter.outbound.campaigns.plan import Plan
from callcenter.outbound.campaigns.words import variant_for, words_of
from callcenter.outbound.model import Way

BEGAN = timedelta(days=20)
VOICE_AFTER, AGENT_AFTER = timedelta(days=3), timedelta(days=6)
DELIVERED, BOOKS, BOOKS_BY_HIMSELF, HEARS_THE_VOICE, ASKS_BY_KEY = 0.94, 0.24, 0.12, 0.55, 0.3
"""How often: a text arrives; its owner books; one who was held out books; and so on."""
WRITES_BACK = 0.07
BY_AGENT = (
    *(("booked", "约好周末进站,要求用原厂机油。", 38), ("noted", "出差在外,回来后自己预约。", 16)),
    *(("refused", "已在别处保养,不需要。", 10), ("no_answer", "", 36)),
)
"""What comes of an agent's call, what he notes, how often."""
CAME, MISSED, GIVEN_UP = 82, 8, 10
"""What becomes of a hundred bookings whose day is over."""
WRITTEN_BACK = (
    *(
        "下周出差,周末可以去吗?",
        "车已经卖了,请不要再提醒这辆。",
        "上次保养的机油还没到里程,能晚一个月吗?",
    ),
    "Can I come on Saturday?",
)
"""Texts that no machine understands: people read them."""
TABLES = {
    "inbound_texts": ("id", "carrier", "sender", "body", "meant", "received_at"),
    "touches": (
        *("id", "run_id", "campaign_id", "owner_id", "vehicle_id", "step", "attempt", "channel"),
        *("purpose", "variant", "priority", "bucket", "state", "due_at", "expires_at"),
        *("settled_at", "outcome", "outcome_at"),
    ),
    "contact_ledger": (
        *("id", "owner_id", "vehicle_id", "campaign_id", "touch_id", "channel", "purpose", "at"),
        *("state", "words", "outcome"),
    ),
    "owner_calls": (
        *("id", "touch_id", "campaign_id", "owner_id", "mode", "number", "words", "language"),
        *("state", "outcome", "note", "taken_at", "ended_at"),
    ),
    "service_bookings": (
        *("id", "station_id", "vehicle_id", "owner_id", "starts_at", "wanted", "source"),
        *("touch_id", "booked_at", "booked_by", "state", "closed_at"),
    ),
    "visits": (
        *("id", "vehicle_id", "station_id", "visited_on", "kind", "odometer_km", "amount"),
        *("work_order", "source"),
    ),
}


@dataclass(frozen=True)
class Member:
    """One row of `run_members`, who it is, and what his car is due for. `km`: on its odometer
    today."""

    owner_id: UUID
    vehicle_id: UUID
    is_treated: bool
    who: Addressed
    due_for: str
    km: int | None


@dataclass(frozen=True)
class Told:
    """A step towards an owner. `by`: where it is not the plan's way that he was called."""

    step: int
    at: datetime
    outcome: str
    attempt: int = 1
    by: Way | None = None
    note: str = ""


class Past:
    """Each member's course, drawn by the same lots every time."""

    def __init__(
        self, campaign_id: UUID, run_id: UUID, plan: Plan, now: datetime, stations: Sequence[UUID]
    ) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
        self._campaign_id, self._run_id, self._plan = campaign_id, run_id, plan
        self._now, self._stations = now, stations
        self._chance = random.Random(620)
        self._owed: dict[float, float] = {}

    def live(self, member: Member) -> None:
        """One owner from the text to the agent's list; who was held out by himself."""
        began = self._now - BEGAN + timedelta(minutes=self._chance.randint(5, 240))
        if not member.is_treated:
            if self._happens(BOOKS_BY_HIMSELF):
                self._books(member, self._within(began, 14), None)
            return
        arrives = self._happens(DELIVERED)
        books = arrives and self._happens(BOOKS)
        outcome = "booked" if books else "delivered" if arrives else "undelivered"
        text = self._said(member, Told(0, began, outcome))
        if books:
            self._books(member, self._within(began, 3), text)
            return
        texts = self.rows["inbound_texts"]
        if arrives and self._happens(WRITES_BACK) and len(texts) < len(WRITTEN_BACK):
            at = self._within(began, 2)
            words = WRITTEN_BACK[len(texts)]
            texts.append((new_id(), "demo", member.who.phone, words, "nothing_known", at))
        self._by_voice(member, began + VOICE_AFTER)

    def _by_voice(self, member: Member, at: datetime) -> None:
        """Who wants an appointment presses a key, and an agent arranges it."""
        hears = self._happens(HEARS_THE_VOICE)
        asks = hears and self._happens(ASKS_BY_KEY)
        outcome = "call_back" if asks else "answered" if hears else "no_answer"
        self._said(member, Told(1, at, outcome))
        if asks:
            called = at + timedelta(minutes=self._chance.randint(4, 90))
            note = "按键要求预约,已约好。"
            promised = Told(1, called, "booked", attempt=2, by=Way.AGENT_CALL, note=note)
            self._books(member, called, self._said(member, promised))
        elif not hears:
            self._by_agent(member, self._within(at + AGENT_AFTER - VOICE_AFTER, 13))

    def _by_agent(self, member: Member, at: datetime) -> None:
        outcome, note, _ = self._chance.choices(BY_AGENT, [often for *_, often in BY_AGENT])[0]
        touch_id = self._said(member, Told(2, at, outcome, note=note))
        if outcome == "booked":
            self._books(member, at, touch_id)
        elif outcome == "no_answer":
            again = Told(2, self._now - timedelta(hours=1), "", attempt=2)
            self._touch(member, again)

    def _said(self, member: Member, told: Told) -> UUID:
        touch_id = self._touch(member, told)
        way, words = self._way(told), self._words(member, self._way(told))
        self.rows["contact_ledger"].append(
            (
                *(new_id(), member.owner_id, member.vehicle_id, self._campaign_id, touch_id),
                *(way.value, "contract", told.at, "said", words, told.outcome),
            )
        )
        if way is Way.AGENT_CALL:
            about = (self._campaign_id, member.owner_id, "preview", member.who.phone or "")
            over = ("ended", told.outcome, told.note, told.at, told.at + timedelta(minutes=3))
            language = member.who.person.language
            self.rows["owner_calls"].append((new_id(), touch_id, *about, words, language, *over))
        return touch_id

    def _touch(self, member: Member, told: Told) -> UUID:
        """Without an outcome it waits."""
        touch_id, way = new_id(), self._way(told)
        variant = variant_for(self._plan, way, member.who.person)
        over = (told.at, told.outcome, told.at) if told.outcome else (None, None, None)
        self.rows["touches"].append(
            (
                *(touch_id, self._run_id, self._campaign_id, member.owner_id, member.vehicle_id),
                *(told.step, told.attempt, way.value, "contract", variant.code if variant else ""),
                *(50, member.owner_id.int % 64, "sent" if told.outcome else "ready", told.at),
                told.at + timedelta(hours=self._plan.steps[told.step].expires_hours),
                *over,
            )
        )
        return touch_id

    def _way(self, told: Told) -> Way:
        return told.by or self._plan.steps[told.step].way

    def _words(self, member: Member, way: Way) -> str:
        variant = variant_for(self._plan, way, member.who.person)
        return words_of(variant.words[way], member.who.person).body if variant else ""

    def _books(self, member: Member, at: datetime, touch_id: UUID | None) -> None:
        """Some days ahead; of a day that is over it is known whether the car came."""
        day = (at + timedelta(days=self._chance.randint(1, 9))).astimezone(CHINA).date()
        hour = time(self._chance.choice((9, 10, 11, 14, 15, 16)))
        starts_at = datetime.combine(day, hour, CHINA)
        station, state = self._chance.choice(self._stations), "booked"
        if starts_at < self._now - timedelta(hours=8):
            drawn = self._chance.choices(("came", "missed", "cancelled"), (CAME, MISSED, GIVEN_UP))
            state = drawn[0]
        self.rows["service_bookings"].append(
            (
                *(new_id(), station, member.vehicle_id, member.owner_id, starts_at),
                *(member.due_for, "campaign" if touch_id else "desk", touch_id, at, "demo"),
                *(state, None if state == "booked" else starts_at),
            )
        )
        if state == "came":
            amount, order = (
                self._chance.randint(300, 1800),
                f"D{day:%y%m%d}{len(self.rows['visits'])}",
            )
            what = (member.due_for, member.km, amount, order, "demo")
            self.rows["visits"].append((new_id(), member.vehicle_id, station, day, *what))

    def _happens(self, often: float) -> bool:
        """In just this share of the times it is asked, so that every demo shows the same."""
        owed = self._owed.get(often, 0.5) + often
        self._owed[often] = owed % 1
        return owed >= 1

    def _within(self, began: datetime, days: int) -> datetime:
        at = began + timedelta(days=days) * self._chance.random()
        return min(at, self._now - timedelta(minutes=1))
