"""What happens to calls to duty phones. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from callcenter.routing.events import DispatchFact


class DutyPhoneFact(DispatchFact):
    """About one call; `attempt` counts those for its offer."""

    offer_id: UUID
    duty_call_id: UUID
    attempt: int


class DutyPhoneRung(DutyPhoneFact):
    """The station has not opened the offer: its phone is dialled."""

    kind: ClassVar[str] = "duty_phone.rung"


class DutyPhoneAnswered(DutyPhoneFact):
    """Somebody, or a machine, has picked up."""

    kind: ClassVar[str] = "duty_phone.answered"


class DutyPhoneEnded(DutyPhoneFact):
    """The call is over, and what came of it."""

    kind: ClassVar[str] = "duty_phone.ended"
    duty_outcome: str
