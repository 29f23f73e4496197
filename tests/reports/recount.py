"""The board's figures counted anew from the event log alone, knowing nothing of its SQL."""

import json
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callcenter.db.transaction import Tx

CHINA = ZoneInfo("Asia/Shanghai")
STAGES = ("opened", "dispatching", "assigned", "en_route", "on_site", "handed_over")
ENDED = {"resolved", "closed", "cancelled", "merged"}
CLOSED = {"closed", "cancelled", "merged"}
# Those about one ticket are written under its lock, so that `seq` is their true order.
SEEN = """
select kind, at, actor, ticket_id, facts from events
where pg_visible_in_snapshot(xid, $1::text::pg_snapshot) order by seq
"""


@dataclass
class Ticket:
    kind: str
    drill: bool
    opened_at: datetime
    stage: str = "opened"
    closed_at: datetime | None = None
    assignee: str | None = None

    @property
    def is_live(self) -> bool:
        return not self.drill and self.stage not in ENDED


@dataclass
class Counted:
    """What the log says so far."""

    tickets: dict[UUID, Ticket] = field(default_factory=dict)
    offers: dict[str, UUID] = field(default_factory=dict)
    alarms: dict[str, str | None] = field(default_factory=dict)
    about: dict[str, UUID | None] = field(default_factory=dict)
    handovers: dict[str, tuple[str, str]] = field(default_factory=dict)

    def hear(self, kind: str, at: datetime, actor: str, about: UUID | None, facts: Any) -> None:
        match kind.split("."):
            case ["ticket", _] if about is not None:
                self._hear_ticket(kind, at, about, facts)
            case ["offer", "made"] if about is not None:
                self.offers[facts["offer_id"]] = about
            case ["offer", "accepted" | "ended"]:
                self.offers.pop(facts["offer_id"], None)
            case ["alarm", what]:
                self._hear_alarm(what, actor, about, facts)
            case ["handover", "made"]:
                subject = facts["alarm_id"] or str(about)
                self.handovers[subject] = (facts["handover_id"], facts["to_id"])
            case ["handover", "seen"]:
                subjects = {one: subject for subject, (one, _) in self.handovers.items()}
                self.handovers.pop(subjects.get(facts["handover_id"], ""), None)

    def _hear_ticket(self, kind: str, at: datetime, about: UUID, facts: Any) -> None:
        if kind == "ticket.opened":
            self.tickets[about] = Ticket(facts["ticket_kind"], facts["drill"], at)
        elif kind == "ticket.moved":
            ticket = self.tickets[about]
            ticket.stage = facts["stage"]
            ticket.closed_at = at if ticket.stage in CLOSED else None
        elif kind == "ticket.assigned":
            self.tickets[about].assignee = facts["assignee_id"]

    def _hear_alarm(self, what: str, actor: str, about: UUID | None, facts: Any) -> None:
        alarm = facts["alarm_id"]
        if what == "cleared":
            self.alarms.pop(alarm, None)
            return
        takers = {"raised": None, "taken": actor, "handed_on": f"staff:{facts.get('to_id')}"}
        self.alarms[alarm] = takers[what]
        self.about[alarm] = about

    def figures(self, at: datetime) -> dict[str, Any]:
        """As the board has them."""
        day = at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
        real = [ticket for ticket in self.tickets.values() if not ticket.drill]
        stages = Counter(t.stage for t in real if t.kind == "rescue")
        return {
            "rescues": {stage: stages[stage] for stage in STAGES},
            "offers": sum(not self.tickets[about].drill for about in self.offers.values()),
            "alarms": sum(
                taker is None and not self._drill(alarm) for alarm, taker in self.alarms.items()
            ),
            "opened_today": sum(ticket.opened_at >= day for ticket in real),
            "closed_today": sum(t.closed_at is not None and t.closed_at >= day for t in real),
            "handovers": sum(
                self._waits(subject, to) for subject, (_, to) in self.handovers.items()
            ),
        }

    def hours(self, at: datetime) -> dict[str, Any]:
        """As the board's chart has them."""
        today = at.astimezone(CHINA).date()
        real = [ticket for ticket in self.tickets.values() if not ticket.drill]
        moments = {
            "opened": [ticket.opened_at for ticket in real],
            "closed": [ticket.closed_at for ticket in real if ticket.closed_at],
        }
        counted = {f"{what}_{when}": [0] * 24 for what in moments for when in ("today", "before")}
        for what, times in moments.items():
            for moment in (time.astimezone(CHINA) for time in times):
                ago = (today - moment.date()).days
                if ago <= 7:
                    counted[f"{what}_{'before' if ago else 'today'}"][moment.hour] += 1
        first = min((t.opened_at for t in self.tickets.values()), default=at)
        days = min(7, (today - first.astimezone(CHINA).date()).days)
        return {"days": days, **counted}

    def _drill(self, alarm: str) -> bool:
        about = self.about[alarm]
        return about is not None and self.tickets[about].drill

    def _waits(self, subject: str, to: str) -> bool:
        if subject in self.about:
            return self.alarms.get(subject) == f"staff:{to}" and not self._drill(subject)
        ticket = self.tickets[UUID(subject)]
        return ticket.is_live and ticket.assignee == to


async def recount(tx: Tx, snapshot: str, at: datetime) -> dict[str, Any]:
    """The figures as every event says that the snapshot sees."""
    return (await heard(tx, snapshot)).figures(at)


async def heard(tx: Tx, snapshot: str) -> Counted:
    """All that the snapshot sees of the log."""
    counted = Counted()
    for row in await tx.connection.fetch(SEEN, snapshot):
        counted.hear(
            row["kind"], row["at"], row["actor"], row["ticket_id"], json.loads(row["facts"])
        )
    return counted
