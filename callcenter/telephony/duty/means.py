"""What every call to a duty phone needs of the house."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import structlog

from callcenter.db.database import Database
from callcenter.routing.duty import service as duty
from callcenter.routing.duty.model import DutyCall, DutyOutcome
from callcenter.settings import RoutingSettings
from callcenter.telephony.duty.offer_news import OfferNews
from callcenter.telephony.duty.script import Script, Sounds, script_of, speak
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.switch import LiveCall

log = structlog.get_logger()


class ToDesk(Protocol):
    """Where key 3 leads."""

    async def put_through(
        self, call: LiveCall, leg: str, about: DutyCall, language: Language
    ) -> None:
        """Until their talk is over, or he has hung up."""


@dataclass(frozen=True)
class Prepared:
    """What is said about an offer, and until when it can be answered, by the loop's clock."""

    script: Script
    sounds: Sounds
    until: float

    @property
    def left_s(self) -> float:
        """The seconds until then."""
        return self.until - asyncio.get_running_loop().time()


@dataclass(frozen=True)
class Means:
    """One for each process. `shown`: the number that a station sees."""

    database: Database
    prompts: Prompts
    settings: RoutingSettings
    shown: str
    news: OfferNews
    desk: ToDesk

    async def prepare(self, about: DutyCall) -> Prepared | None:
        """Spoken before it rings. None: there is no voice, which is written and said loudly."""
        script = await self.database.run(lambda tx: script_of(tx, about), readonly=True)
        until = asyncio.get_running_loop().time() + script.left_s
        sounds = await speak(self.prompts, script)
        if sounds is None:
            log.error("duty_phone_without_voice", duty_call=str(about.id))
            await self.end(about, DutyOutcome.NO_VOICE)
            return None
        return Prepared(script, sounds, until)

    async def end(self, about: DutyCall, outcome: DutyOutcome) -> None:
        """What came of it; the first word counts."""
        await self.database.run(lambda tx: duty.end(tx, about, outcome))
