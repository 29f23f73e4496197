"""What desks want of one call: read when it is told of, answered when it is done."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from callcenter.calls import service as calls
from callcenter.calls.control import repository
from callcenter.calls.control import service as control
from callcenter.calls.control.model import Order, OrderState
from callcenter.calls.model import CallState
from callcenter.db.transaction import Tx
from callcenter.errors import CallCenterError
from callcenter.telephony.hotline.line import ACTOR, Line
from callcenter.telephony.hotline.stages import CannotNow


class Wanted:
    """The orders of one call."""

    def __init__(self, line: Line) -> None:
        self.line = line

    async def obeyed(
        self, order_id: UUID, obey: Callable[[Order], Awaitable[None]]
    ) -> Order | None:
        """The order, once it is done; None: it was answered before, or is refused, because `obey`
        raised CannotNow or a refusal of the house."""
        order = await self.line.database.run(lambda tx: repository.get(tx, order_id), readonly=True)
        if order.state is not OrderState.ASKED:
            return None
        try:
            await obey(order)
        except (CannotNow, CallCenterError) as refusal:
            code = refusal.code if isinstance(refusal, CallCenterError) else str(refusal)
            await self.refused(order_id, code)
            return None
        await self.line.database.run(lambda tx: control.done(tx, ACTOR, order.id))
        return order

    async def refused(self, order_id: UUID, code: str) -> None:
        """It could not be done."""
        await self.line.database.run(lambda tx: control.refused(tx, ACTOR, order_id, code))

    async def missed(self) -> list[UUID] | None:
        """What was wanted while no news came; None when the call is over."""
        call_id = self.line.call_id
        return await self.line.database.run(lambda tx: _open(tx, call_id), readonly=True)


async def _open(tx: Tx, call_id: UUID) -> list[UUID] | None:
    if (await calls.get(tx, call_id)).state is CallState.ENDED:
        return None
    found = await repository.of_call(tx, call_id)
    return [one.id for one in found if one.state is OrderState.ASKED]
