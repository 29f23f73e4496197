"""An automated call: the words are said, keys answer, a machine is left or told."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from callcenter.calls.model import EndReason
from callcenter.db.transaction import Tx
from callcenter.outbound.dialling.keys import PASS_KEY, Asked, KeyAct, KeyMenu, Question
from callcenter.outbound.dialling.model import Machine, OwnerCall
from callcenter.outbound.dialling.rules import rules_of_campaign
from callcenter.outbound.model import Outcome
from callcenter.telephony.hotline.broken import line_lost
from callcenter.telephony.owners.means import ENDS, Means
from callcenter.telephony.owners.ringing import LineLost, Ringing, rings_s
from callcenter.telephony.owners.sounds import OwnerSounds
from callcenter.telephony.owners.speaking import Speaking
from callcenter.telephony.owners.words import TEXTS, menu_words
from callcenter.telephony.switch import CallOver, LiveCall

TIMES = 3
"""Said so often to who presses no key of ours."""
# A wish to book is no booking yet: somebody calls him to arrange it.
OUTCOMES = {
    KeyAct.BOOK: Outcome.CALL_BACK,
    KeyAct.CALL_BACK: Outcome.CALL_BACK,
    KeyAct.WRONG_NUMBER: Outcome.WRONG_NUMBER,
    KeyAct.OPT_OUT: Outcome.OPTED_OUT,
}


@dataclass(frozen=True)
class Script:
    """All that this call says, spoken before it rings, and how long it rings."""

    menu: KeyMenu
    sounds: dict[str, Path]
    owners: OwnerSounds
    ring_s: float


TEXTS_KEPT = {
    language: {name: text for name, text in texts.items() if name != "abandoned"}
    for language, texts in TEXTS.items()
}
"""Said as they stand."""


async def script_of(means: Means, one: OwnerCall, owners: OwnerSounds) -> Script | None:
    """None: there is no voice."""
    menu = await means.database.run(lambda tx: means.answers.menu(tx, one))
    rules = await means.database.run(
        lambda tx: rules_of_campaign(tx, one.campaign_id), readonly=True
    )
    keys = {"menu": menu_words(owners.language, menu)}
    kept = await owners.kept(TEXTS_KEPT[owners.language] | keys)
    own = await owners.once({"words": one.words})
    if kept is None or own is None:
        return None
    return Script(menu, kept | own, owners, rings_s(rules))


class KeyTalk:
    """One call. What a key does is committed before its answer is said."""

    def __init__(self, means: Means, call: LiveCall, one: OwnerCall, script: Script) -> None:
        self.means, self.call, self.one, self.script = means, call, one, script
        self.outcome: Outcome | None = None

    async def hold(self) -> None:
        """Dial, say, hear, end. When it breaks, what came of it so far stands."""
        assert self.one.call_id is not None, "what is dialled has its call"
        async with self.means.broken.closes(self.means.database, self.one.call_id, self._line_lost):
            await self._hold()

    async def _hold(self) -> None:
        try:
            await self._course()
        except LineLost:
            await self._settle(self.outcome)
        finally:
            self.script.owners.forget()
        reason = ENDS.get(self.outcome, EndReason.FLOW_HUNG_UP) if self.outcome else None
        await self.means.line_closed(self.one, reason or EndReason.LINE_LOST)

    async def _course(self) -> None:
        ringing = Ringing(self.means, self.call, self.one, self.script.ring_s)
        leg = await ringing.dial()
        not_reached = await ringing.reached(leg)
        if not_reached is not None:
            await self._settle(not_reached)
            return
        await self.means.answered_by_nobody(self.one)
        speaking = Speaking(self.call, leg)
        try:
            if await ringing.is_machine(leg, self.script.menu.machine):
                await self._leave(ringing, speaking)
            else:
                await self._tell(speaking)
        except LineLost:
            raise
        except (CallOver, TimeoutError):
            heard = Outcome.ANSWERED if speaking.heard_all else Outcome.HUNG_UP
            await self._settle(self.outcome or heard)
        for left in self.call.legs:
            await self.call.hang_up(left)

    async def _leave(self, ringing: Ringing, speaking: Speaking) -> None:
        self.outcome = Outcome.MACHINE
        leave = self.script.menu.machine is Machine.LEAVE_MESSAGE
        if leave and await ringing.outlasted(speaking.leg):
            await speaking.say([self.script.sounds["words"], self.script.sounds["bye"]])
        await self._settle(Outcome.MACHINE)

    async def _tell(self, speaking: Speaking) -> None:
        """To a decision, or the end of patience."""
        said = self.script.sounds
        before = [said["words"]]
        for _ in range(TIMES):
            key = await speaking.ask([*before, said["menu"]])
            act = self.script.menu.act(key)
            if act is KeyAct.SURVEY:
                await self._survey(speaking)
                return
            if act in OUTCOMES:
                await self._decide(act)
                await speaking.say([said[act.value]])
                return
            before = [said["wrong"]] if key and act is None else [said["words"]]
        await self._settle(Outcome.ANSWERED)
        await speaking.say([said["bye"]])

    async def _decide(self, act: KeyAct) -> None:
        does: dict[KeyAct, Callable[[Tx, OwnerCall], Awaitable[None]]] = {
            KeyAct.BOOK: self.means.answers.book,
            KeyAct.CALL_BACK: self.means.answers.call_back,
            KeyAct.OPT_OUT: self.means.answers.opt_out,
        }
        # That a number is wrong is kept with its outcome, whoever has heard it.
        await self._settle(OUTCOMES[act], does.get(act))

    async def _survey(self, speaking: Speaking) -> None:
        answers, one = self.means.answers, self.one
        while question := await self.means.database.run(lambda tx: answers.question(tx, one)):
            if not await self._answers(speaking, question):
                await self._settle(self.outcome or Outcome.ANSWERED)
                return
            self.outcome = Outcome.SURVEY_BEGUN
        if await self.means.database.run(lambda tx: answers.is_done(tx, one)):
            await self._settle(Outcome.SURVEY_DONE)
            await speaking.say([self.script.sounds["survey_done"]])
            return
        await self._settle(self.outcome or Outcome.ANSWERED)
        await speaking.say([self.script.sounds["bye"]])

    async def _answers(self, speaking: Speaking, question: Question) -> bool:
        """Whether there is an answer in the end."""
        before: list[Path] = []
        for _ in range(TIMES):
            typed = await self._all_typed(speaking, question, before)
            if len(typed) < len(question.asked):
                return False
            if await self._is_kept(question, typed):
                return True
            before = [self.script.sounds["wrong"]]
        return False

    async def _all_typed(
        self, speaking: Speaking, question: Question, before: Sequence[Path]
    ) -> list[str]:
        """What was keyed in, thing by thing; where he stops on the way, what he may pass over is
        left, and what he has keyed in is kept."""
        typed: list[str] = []
        try:
            for asked in question.asked:
                if not (one := await self._typed(speaking, asked, before)):
                    break
                typed.append(one)
        except CallOver:
            await self._keep_so_far(question, typed)
            raise
        await self._keep_so_far(question, typed)
        return typed

    async def _keep_so_far(self, question: Question, typed: Sequence[str]) -> None:
        rest = question.asked[len(typed) :]
        has_said = any(one != PASS_KEY for one in typed)
        may_stop = bool(rest) and all(asked.may_pass for asked in rest)
        if has_said and may_stop and await self._is_kept(question, typed):
            self.outcome = Outcome.SURVEY_BEGUN

    async def _is_kept(self, question: Question, typed: Sequence[str]) -> bool:
        answers, one = self.means.answers, self.one
        return await self.means.database.run(lambda tx: answers.answer(tx, one, question, typed))

    async def _typed(self, speaking: Speaking, asked: Asked, before: Sequence[Path]) -> str:
        """What was keyed in, "" when nothing is that fits."""
        said = await self.script.owners.once({"question": asked.words})
        if said is None:
            return ""
        sounds = [*before, said["question"]]
        for _ in range(TIMES):
            typed = await speaking.keyed(sounds, asked.most)
            if asked.takes(typed):
                return typed
        return ""

    async def _settle(
        self,
        outcome: Outcome | None,
        does: Callable[[Tx, OwnerCall], Awaitable[None]] | None = None,
    ) -> None:
        async def verb(tx: Tx) -> None:
            await self.means.over(tx, self.one, outcome)
            # Behind it: an outcome withdraws what else waits for him, and this is to stay.
            if does is not None:
                await does(tx, self.one)

        await self.means.database.run(verb)
        self.outcome = outcome

    async def _line_lost(self, tx: Tx) -> None:
        assert self.one.call_id is not None, "what is dialled has its call"
        await self.means.over(tx, self.one, self.outcome)
        await line_lost(tx, self.one.call_id, self.means.rules)
