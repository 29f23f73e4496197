"""What keys do in an automated call: a person is wanted, a survey answered, or no more calls."""

from dataclasses import dataclass
from uuid import UUID

from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.plan import PlanStep
from callcenter.outbound.campaigns.plan_links import response_of
from callcenter.outbound.dialling.by_campaign import promise
from callcenter.outbound.dialling.keys import KeyAct, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.model import Touch
from callcenter.outbound.surveys import about, responses
from callcenter.outbound.surveys import repository as surveys
from callcenter.outbound.surveys.keys import answer_of_keys, prompts_of
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.response import Via
from callcenter.outbound.touches.claim import SQL
from callcenter.outbound.touches.rows import touch_of

ACTOR = "owner"


@dataclass(frozen=True)
class PlanKeys:
    """What the plan's step says that keys are for."""

    async def menu(self, tx: Tx, one: OwnerCall) -> KeyMenu:
        """A survey where the step has one whose every question one key answers; else an
        appointment. A person calls back in any case."""
        step = await _step(tx, await _touch(tx, one))
        machine = Machine.LEAVE_MESSAGE if step.leave_message else Machine.HANG_UP
        first = KeyAct.BOOK
        if step.survey_id is not None:
            _, survey = await surveys.edition(tx, step.survey_id)
            if not _by_one_key_each(survey):
                return KeyMenu({"2": KeyAct.CALL_BACK}, machine)
            first = KeyAct.SURVEY
        return KeyMenu({"1": first, "2": KeyAct.CALL_BACK}, machine)

    async def book(self, tx: Tx, one: OwnerCall) -> None:
        """Somebody arranges it with him: the next agent who is free for it."""
        await promise(tx, one.touch_id, None, await tx.now())

    async def call_back(self, tx: Tx, one: OwnerCall) -> None:
        """The next agent who is free for it."""
        await promise(tx, one.touch_id, None, await tx.now())

    async def opt_out(self, tx: Tx, one: OwnerCall) -> None:
        """No automated calls at all any more; the key is the evidence."""
        proof = consents.Proof(Evidence.KEY_PRESS, str(one.id))
        await consents.silence(tx, ACTOR, one.owner_id, [Channel.AUTOMATED_CALL], proof)

    async def question(self, tx: Tx, one: OwnerCall) -> Question | None:
        """The next one for him; None: it is done, or its time is over."""
        found = await surveys.response(tx, await self._response(tx, one))
        question = found.survey.by_code.get(found.stands.next or "")
        if question is None or not found.takes_answers:
            return None
        facts = await about.personal(tx, found)
        (prompt,) = prompts_of(question, facts, found.language)
        return Question(question.code, prompt.words, tuple(prompt.keys))

    async def answer(self, tx: Tx, one: OwnerCall, question: Question, key: str) -> None:
        """Kept at once."""
        response_id = await self._response(tx, one)
        found = await surveys.response(tx, response_id)
        said = answer_of_keys(found.survey.by_code[question.code], [key])
        given = (response_id, question.code, said, Via.AUTOMATED_CALL)
        await responses.answer(tx, ACTOR, *given)

    async def _response(self, tx: Tx, one: OwnerCall) -> UUID:
        touch = await _touch(tx, one)
        step = await _step(tx, touch)
        assert step.survey_id is not None, "the menu has said so"
        return await response_of(tx, touch, step.survey_id, one.language)


async def _touch(tx: Tx, one: OwnerCall) -> Touch:
    return touch_of(await SQL.touch_by_id(tx.connection, id=one.touch_id))


async def _step(tx: Tx, touch: Touch) -> PlanStep:
    return (await repository.plan(tx, touch.run_id)).steps[touch.step]


def _by_one_key_each(survey: Survey) -> bool:
    prompts = [prompts_of(question, {}, "zh") for question in survey.questions]
    return all(len(one) == 1 and one[0].most == 1 for one in prompts)
