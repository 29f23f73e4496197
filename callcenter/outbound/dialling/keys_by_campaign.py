"""What keys do in the calls of campaigns: consents, and promises of a person's call."""

from dataclasses import dataclass

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.dialling.keys import KeyAct, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.dialling.touches import Touches
from callcenter.outbound.touches.claim import SQL as TOUCHES
from callcenter.outbound.touches.rows import touch_of

ACTOR = "hotline"


@dataclass(frozen=True)
class CampaignKeys:
    """See `dialling.keys.KeyAnswers`. Surveys are not asked by keys yet."""

    touches: Touches

    async def menu(self, tx: Tx, one: OwnerCall) -> KeyMenu:
        """1: an appointment, 2: a call-back; a machine by the plan's step."""
        touch = touch_of(await TOUCHES.touch_by_id(tx.connection, id=one.touch_id))
        step = (await campaigns.run(tx, touch.run_id)).plan.steps[touch.step]
        machine = Machine.LEAVE_MESSAGE if step.leave_message else Machine.HANG_UP
        return KeyMenu({"1": KeyAct.BOOK, "2": KeyAct.CALL_BACK}, machine)

    async def book(self, tx: Tx, one: OwnerCall) -> None:
        """Somebody calls him to arrange it."""
        await self.call_back(tx, one)

    async def call_back(self, tx: Tx, one: OwnerCall) -> None:
        """Promised to whoever of the agents is next, as soon as may be."""
        await self.touches.promise(tx, one.touch_id, None, await tx.now())

    async def opt_out(self, tx: Tx, one: OwnerCall) -> None:
        """No automated calls any more, for whatever purpose; the key is the evidence."""
        proof = consents.Proof(Evidence.KEY_PRESS, str(one.call_id))
        await consents.silence(tx, ACTOR, one.owner_id, [Channel.AUTOMATED_CALL], proof)

    async def question(self, tx: Tx, one: OwnerCall) -> Question | None:
        """None."""
        return None

    async def answer(self, tx: Tx, one: OwnerCall, question: Question, key: str) -> None:
        """Never asked."""
