"""Three years of calls and tickets, as rows: who rang, what was done about it, until when.

Open is what would still be: desk work of the last days. No rescue is, since one under way has its
clocks in the queue.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from callcenter.calls.events import CallAnswered, CallAttached, CallEnded, CallRinging
from callcenter.calls.model import CallState, EndReason
from callcenter.demo import people, rescues, told
from callcenter.demo.crowd import HISTORY, Car, Crowd
from callcenter.demo.life import Life
from callcenter.demo.load import ACTOR
from callcenter.demo.rows import Rows, Tables
from callcenter.stations.model import Station
from callcenter.tickets.model import Kind, Stage, ticket_number
from callcenter.tickets.particulars import particulars_of

LENGTH = timedelta(days=3 * 365)
TICKETS_OF_100_OWNERS = 62
"""About ten calls, events and notes for each owner."""

RANG_AGAIN, GAVE_UP, OF_ANOTHER_CAR, ON_EXPRESSWAY = 0.25, 0.2, 0.1, 0.2
"""How often: the caller rings again about his ticket; nobody answers in time; a rescue is not for
a car of the caller's own; it stands on an expressway."""


class History:
    """All contacts up to `until`, oldest first; the same at every load with these people."""

    def __init__(
        self,
        crowd: Crowd,
        agents: Sequence[UUID],
        stations: Sequence[Station],
        *,
        first_number: int,
    ) -> None:
        self.crowd, self.agents, self.stations = crowd, agents, stations
        self.count = max(1, crowd.count * TICKETS_OF_100_OWNERS // 100)
        self.last_number = first_number + self.count - 1
        self._first_number = first_number
        self._until = crowd.until
        self._chance = random.Random(20_261_126)
        self._rows = Rows(HISTORY)

    def chunks(self, at_once: int) -> Iterator[tuple[int, Tables]]:
        """How many tickets are in it, and the rows of all that belongs to them."""
        pace = LENGTH / self.count
        for first in range(0, self.count, at_once):
            last = min(first + at_once, self.count)
            for number in range(first, last):
                since = self._until - LENGTH + pace * (number + self._chance.random())
                self._contact(number, since)
                if self._chance.random() < GAVE_UP:
                    self._gave_up(since + timedelta(minutes=2))
            yield last - first, self._rows.take()

    def _contact(self, number: int, rings: datetime) -> None:
        chance = self._chance
        life = self._opened(number, rings)
        phone = people.phone_of(life.owner)
        life.open(self.crowd.owner_id(life.owner))
        self._call(life, phone, rings, life.opened_at)
        if life.kind is Kind.RESCUE:
            rescues.help_came(life, self._rows, self.stations, chance)
        else:
            self._desk_work(life)
        again = life.opened_at + timedelta(hours=chance.uniform(1, 20))
        if chance.random() < RANG_AGAIN and again < (life.closed_at or self._until):
            self._call(life, phone, again, again + timedelta(seconds=40))
            notes = told.NOTES_OF_RESCUES if life.kind is Kind.RESCUE else told.NOTES
            life.note(self._rows, again + timedelta(seconds=90), chance.choice(notes))
        life.write(self._rows, self.crowd, phone)

    def _opened(self, number: int, rings: datetime) -> Life:
        chance, kinds = self._chance, dict(told.OFTEN)
        if rings > self._until - rescues.LONGEST:
            del kinds[Kind.RESCUE]
        kind = chance.choices(list(kinds), list(kinds.values()))[0]
        owner = chance.randrange(self.crowd.known_by(rings)) + 1
        opened_at = rings + timedelta(seconds=chance.randint(30, 150))
        own = chance.choice(self.crowd.cars(owner))
        never = kind is Kind.RESCUE and own.energy not in told.PLUGGED_IN
        which = chance.randrange(len(told.SUMMARIES[kind]) - never)
        car: Car | None = own
        particulars: dict[str, Any] = {}
        if kind is Kind.PART_ORDER:
            particulars["part_numbers"] = [told.PARTS[which]]
        elif kind is Kind.RESCUE:
            particulars["fault"] = told.FAULTS[which]
            if chance.random() < OF_ANOTHER_CAR:
                stranger = chance.randrange(self.crowd.count) + 1
                car, particulars["plate"] = None, self.crowd.cars(stranger)[0].plate
        return Life(
            id=self._rows.new_id(opened_at),
            number=ticket_number(self._first_number + number),
            kind=kind,
            owner=owner,
            car=car,
            agent=chance.choice(self.agents),
            opened_at=opened_at,
            summary=told.SUMMARIES[kind][which],
            particulars=particulars_of(kind, particulars).model_dump_json(),
            expressway=kind is Kind.RESCUE and chance.random() < ON_EXPRESSWAY,
        )

    def _desk_work(self, life: Life) -> None:
        """Taken up at once, resolved within minutes or days, closed behind that; as far as the
        present goes."""
        chance, at = self._chance, life.opened_at + timedelta(seconds=20)
        life.assign(at)
        outcome = chance.choice(told.OUTCOMES)
        for hours, to, said in (
            (chance.uniform(0.02, 0.5), Stage.IN_PROGRESS, None),
            (chance.choice((0.1, 2, 20, 70)) * chance.uniform(0.5, 1.5), Stage.RESOLVED, outcome),
            (chance.uniform(1, 48), Stage.CLOSED, None),
        ):
            at += timedelta(hours=hours)
            if at >= self._until:
                break
            life.move(at, to, outcome=said)
            if to is Stage.IN_PROGRESS:
                life.note(self._rows, at, chance.choice(told.NOTES))

    def _call(self, life: Life, phone: str, rings: datetime, attached: datetime) -> None:
        """Answered, said to be about the ticket, ended."""
        answered = rings + timedelta(seconds=self._chance.randint(3, 20))
        ended = attached + timedelta(seconds=self._chance.randint(30, 300))
        call_id = self._rows.new_id(rings)
        self._rows.add(
            "calls",
            *(call_id, f"demo-{call_id}", phone, CallState.ENDED.value, rings, answered),
            *(life.agent, ended, EndReason.CALLER_HUNG_UP.value, life.id, 4),
        )
        life.tell(rings, CallRinging(call_id=call_id), ACTOR, about=False)
        life.tell(answered, CallAnswered(call_id=call_id), about=False)
        life.tell(attached, CallAttached(call_id=call_id, ticket_id=life.id))
        fact = CallEnded(call_id=call_id, reason=EndReason.CALLER_HUNG_UP)
        life.tell(ended, fact, about=False)

    def _gave_up(self, rings: datetime) -> None:
        """Somebody rings and hangs up before he is answered."""
        owner = self._chance.randrange(self.crowd.known_by(rings)) + 1
        ended, call_id = rings + timedelta(seconds=40), self._rows.new_id(rings)
        reason = EndReason.ABANDONED.value
        self._rows.add(
            "calls",
            *(call_id, f"demo-{call_id}", people.phone_of(owner), CallState.ENDED.value, rings),
            *(None, None, ended, reason, None, 2),
        )
        self._rows.record(rings, CallRinging(call_id=call_id), ACTOR)
        self._rows.record(ended, CallEnded(call_id=call_id, reason=reason), ACTOR)
