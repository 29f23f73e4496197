"""What keys do in an automated call: a person is wanted, a survey answered, or no more calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence
from callcenter.db.transaction import Tx
from callcenter.outbound.campaigns import repository
from callcenter.outbound.campaigns.plan_links import response_of
from callcenter.outbound.dialling.keys import Asked, KeyAct, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.promises import service as promises
from callcenter.outbound.surveys import about, responses
from callcenter.outbound.surveys import repository as surveys
from callcenter.outbound.surveys.answer import PASSED
from callcenter.outbound.surveys.errors import AnswerRefused, ResponseOver, SurveyNotOpen
from callcenter.outbound.surveys.keys import answer_of_keys, asked_by_keys, prompts_of
from callcenter.outbound.surveys.model import Question as SurveyQuestion
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.response import ResponseState, Via
from callcenter.outbound.touches import service as touches

ACTOR = "owner"


@dataclass(frozen=True)
class PlanKeys:
    """What the plan's step says that keys are for."""

    async def menu(self, tx: Tx, one: OwnerCall) -> KeyMenu:
        """A survey where the step has one that keys can answer and that is open; else an
        appointment. A person calls back in any case."""
        step = await repository.step_of(tx, await touches.get(tx, one.touch_id))
        machine = Machine.LEAVE_MESSAGE if step.leave_message else Machine.HANG_UP
        first = KeyAct.BOOK
        if step.survey_id is not None:
            survey = (await surveys.open_now(tx, [step.survey_id])).get(step.survey_id)
            if survey is None or not _by_keys(survey):
                return KeyMenu({"2": KeyAct.CALL_BACK}, machine)
            first = KeyAct.SURVEY
        return KeyMenu({"1": first, "2": KeyAct.CALL_BACK}, machine)

    async def book(self, tx: Tx, one: OwnerCall) -> None:
        """Somebody arranges it with him: the next agent who is free for it, once it is allowed."""
        await promises.make(tx, one.touch_id, None)

    async def call_back(self, tx: Tx, one: OwnerCall) -> None:
        """The next agent who is free for it, once it is allowed."""
        await promises.make(tx, one.touch_id, None)

    async def opt_out(self, tx: Tx, one: OwnerCall) -> None:
        """No automated calls at all any more; the key is the evidence. It was told to a number: it
        is the word of everybody who is called there."""
        proof = consents.Proof(Evidence.KEY_PRESS, str(one.id))
        his = await customers.owners_of_number(tx, one.number)
        for owner_id in sorted({one.owner_id, *his}):
            await consents.silence(tx, ACTOR, owner_id, [Channel.AUTOMATED_CALL], proof)

    async def question(self, tx: Tx, one: OwnerCall) -> Question | None:
        """The next one for him that keys can answer: words that he may leave out are left out.
        None: it is done, or its time is over, or the survey takes no more answers."""
        try:
            found = await surveys.response(tx, await self._response(tx, one))
        except SurveyNotOpen:
            return None
        while found.takes_answers and (code := found.stands.next) is not None:
            question = found.survey.by_code[code]
            if asked_by_keys(question):
                facts = await about.personal(tx, found)
                return Question(code, _asked(question, facts, found.language))
            found = await responses.answer(tx, ACTOR, found.id, code, PASSED, Via.AUTOMATED_CALL)
        return None

    async def answer(
        self, tx: Tx, one: OwnerCall, question: Question, typed: Sequence[str]
    ) -> bool:
        """Kept at once."""
        response_id = await self._response(tx, one)
        found = await surveys.response(tx, response_id)
        try:
            said = answer_of_keys(found.survey.by_code[question.code], typed)
            await responses.answer(tx, ACTOR, response_id, question.code, said, Via.AUTOMATED_CALL)
        except AnswerRefused:
            return False
        except (ResponseOver, SurveyNotOpen):
            # Nothing more is asked, and he hears so.
            return True
        return True

    async def is_done(self, tx: Tx, one: OwnerCall) -> bool:
        """Whether all that is asked of him was answered; not when its time was over before."""
        try:
            found = await surveys.response(tx, await self._response(tx, one))
        except SurveyNotOpen:
            return False
        return found.state not in (ResponseState.OPEN, ResponseState.EXPIRED)

    async def _response(self, tx: Tx, one: OwnerCall) -> UUID:
        touch = await touches.get(tx, one.touch_id)
        step = await repository.step_of(tx, touch)
        assert step.survey_id is not None, "the menu has said so"
        return await response_of(tx, touch, step.survey_id, one.language)


def _by_keys(survey: Survey) -> bool:
    return all(asked_by_keys(one) or not one.required for one in survey.questions)


def _asked(of: SurveyQuestion, facts: Mapping[str, str], language: str) -> list[Asked]:
    may_pass = not of.required
    return [
        Asked(prompt.words, tuple(prompt.keys), prompt.most, may_pass)
        for prompt in prompts_of(of, facts, language)
    ]
