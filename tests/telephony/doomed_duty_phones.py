"""A process that rings duty phones, killed with -9 at one step. The saboteur lives here only."""

import asyncio
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from callcenter.composition import all_subscriptions
from callcenter.db.database import Database
from callcenter.routing.duty import service as duty
from callcenter.settings import RoutingSettings
from callcenter.telephony.asterisk.ari import Ari
from callcenter.telephony.asterisk.call import AsteriskCall
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.duty.conversation import DutyTalk
from callcenter.telephony.duty.means import Means
from callcenter.telephony.duty.offer_news import OfferNews
from callcenter.telephony.duty.service import DutyPhones
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.signals import Ringing
from tests.telephony.duty_scene import SHOWN, NoDesk, ToneVoice, nobody_rings

POINTS = ("claimed", "dialling", "ringing", "answered")
"""Before it is spoken, before the switch is asked, while it rings, while it is told."""


async def die(*_: Any, **__: Any) -> Any:
    """As a power cut does it."""
    os.kill(os.getpid(), signal.SIGKILL)


async def dies_when_it_rings(talk: DutyTalk, leg: str) -> Any:
    await talk.call.next(Ringing, leg=leg)
    await die()


async def dials_before_it_is_written(_: Any, call: Any, switch_call: str) -> Any:
    """The control: nobody knows of it afterwards."""
    return replace(call, switch_call=switch_call)


def run(
    dsn: str,
    ari: tuple[str, dict[str, str]],
    application: str,
    folder: Path,
    rules: str,
    point: str,
    is_written: bool,
) -> None:
    """The process: works like any until it reaches its step."""
    if point == "claimed":
        Means.prepare = die  # type: ignore[method-assign]
    if point == "dialling":
        AsteriskCall.dial = die  # type: ignore[method-assign]
    if point == "ringing":
        DutyTalk._not_taken = dies_when_it_rings  # type: ignore[method-assign]
    if point == "answered":
        DutyTalk._talk = die  # type: ignore[method-assign]
    if not is_written:
        duty.dialling = dials_before_it_is_written
    asyncio.run(_serve(dsn, ari, application, folder, RoutingSettings.model_validate_json(rules)))


async def _serve(
    dsn: str,
    ari: tuple[str, dict[str, str]],
    application: str,
    folder: Path,
    rules: RoutingSettings,
) -> None:
    database = await Database.open(dsn, subscriptions=all_subscriptions())
    prompts = Prompts(folder, ToneVoice("tones"))
    means = Means(database, prompts, rules, SHOWN, OfferNews(database), NoDesk())
    phones = DutyPhones(means)
    async with aiohttp.ClientSession() as session:
        url, headers = ari
        client = Ari(session, url, "", "")
        client.headers = headers
        switch = AsteriskSwitch(client, application, folder, phones.beside(nobody_rings))
        await asyncio.gather(switch.serve(), phones.serve(switch))
