"""When an owner may be promised a call, by the hours of his campaign's policy in his own zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from callcenter.clock import CHINA
from callcenter.customers.consents.model import Purpose
from callcenter.db.queries import load_queries
from callcenter.db.transaction import Tx
from callcenter.outbound.model import Way
from callcenter.outbound.policies.hours import next_open, open_for, open_now, open_spans, zone_of
from callcenter.outbound.policies.model import Hours, Pack
from callcenter.outbound.policies.shelf import PolicyUnknown, pack
from callcenter.outbound.promises.errors import PromiseOutsideHours

SQL = load_queries(__file__)


@dataclass(frozen=True)
class CallTimes:
    """Of calls by agents for one purpose; without `open` at any time."""

    zone: ZoneInfo
    open: tuple[Pack, Hours] | None = None

    def first(self, at: datetime) -> datetime:
        """The first moment from `at` on at which he may be called."""
        return at if self.open is None else next_open(*self.open, self.zone, at)

    def when_open_for(self, at: datetime, lasting: timedelta) -> datetime:
        """When he might have been called for so long since `at`."""
        return at + lasting if self.open is None else open_for(*self.open, self.zone, at, lasting)

    def spans(self, at: datetime, until: datetime) -> Sequence[tuple[datetime, datetime]]:
        """From when to when he may be called, in order."""
        if self.open is None:
            return [(at, until)]
        return list(open_spans(*self.open, self.zone, at, until))

    def must_allow(self, at: datetime) -> None:
        """Raises PromiseOutsideHours, which names the next time that is allowed."""
        if self.open is None or open_now(*self.open, self.zone, at):
            return
        first = self.first(at).astimezone(self.zone)
        raise PromiseOutsideHours(first=f"{first:%m-%d %H:%M}", zone=self.zone.key)


async def times_of_touch(tx: Tx, touch_id: UUID) -> CallTimes:
    """Any time may be promised where the campaign's rules are not there: the call waits for
    them."""
    row = await SQL.called_about(tx.connection, touch_id=touch_id)
    try:
        policy = pack(row["policy"], await tx.now())
    except PolicyUnknown:
        return CallTimes(CHINA)
    name = policy.rule(Purpose(row["purpose"]), Way.AGENT_CALL).hours
    zone = zone_of(policy, row["zone"])
    return CallTimes(zone, None if name is None else (policy, policy.hours[name]))
