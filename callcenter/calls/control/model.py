"""What a desk may want done with a call. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Verb(StrEnum):
    """`consult` asks somebody while the caller waits; then the caller is taken back or handed over,
    or all three speak (`conference`). `transfer` hands over without asking. The last four are a
    supervisor's: he hears, speaks to the agent alone, speaks to all, goes."""

    HOLD = "hold"
    RESUME = "resume"
    CONSULT = "consult"
    TAKE_BACK = "take_back"
    HAND_OVER = "hand_over"
    CONFERENCE = "conference"
    TRANSFER = "transfer"
    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"
    STOP_LISTENING = "stop_listening"


SUPERVISED = frozenset({Verb.LISTEN, Verb.WHISPER, Verb.BARGE, Verb.STOP_LISTENING})
TO_SOMEBODY = frozenset({Verb.CONSULT, Verb.TRANSFER})


class Party(StrEnum):
    """Who is on the line."""

    CALLER = "caller"
    AGENT = "agent"
    COLLEAGUE = "colleague"
    STATION = "station"
    OUTSIDE = "outside"
    SUPERVISOR = "supervisor"
    GROUP = "group"


@dataclass(frozen=True)
class Callee:
    """Whom to reach: a colleague, a station's duty phone, a number outside, or whoever of a group
    is next. `number` is known to the house and told to nobody."""

    party: Party
    staff_id: UUID | None = None
    station_id: UUID | None = None
    number: str | None = None
    group: str | None = None


class OrderState(StrEnum):
    """asked -> done | refused."""

    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"


@dataclass(frozen=True)
class Order:
    """One row of `call_orders`; `done_at`: when it was done or refused."""

    id: UUID
    call_id: UUID
    asked_by: UUID
    verb: Verb
    callee: Callee | None
    state: OrderState
    refusal: str | None
    asked_at: datetime
    done_at: datetime | None

    @property
    def group(self) -> str:
        """The group that the caller is to wait for; "" when it is a person."""
        return (self.callee.group or "") if self.callee else ""
