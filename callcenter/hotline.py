"""The hotline's process: it listens to the switch, and to what the house decides."""

import asyncio
import contextlib
import signal

import aiohttp
import structlog

from callcenter.composition import all_subscriptions, called_touches
from callcenter.db.database import Database
from callcenter.outbound.key_answers import PlanKeys
from callcenter.settings import Settings
from callcenter.telephony.agent_phones.door import ari_of, spool_of
from callcenter.telephony.agent_phones.repository import KeptPhones
from callcenter.telephony.asterisk.switch import AsteriskSwitch
from callcenter.telephony.duty.means import Means as DutyMeans
from callcenter.telephony.duty.offer_news import OfferNews
from callcenter.telephony.duty.service import DutyPhones
from callcenter.telephony.duty.to_desk import QueueForDesk
from callcenter.telephony.flow.link import LinkByText
from callcenter.telephony.flow.ports import House
from callcenter.telephony.hotline.adopting import end_lost
from callcenter.telephony.hotline.conversation import Hotline
from callcenter.telephony.hotline.dialling import Dialling
from callcenter.telephony.hotline.news import News
from callcenter.telephony.hotline.our_queue import OurQueue
from callcenter.telephony.owners.dialler import Dialler
from callcenter.telephony.owners.key_calls import KeyCalls
from callcenter.telephony.owners.means import Means as OwnerMeans
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings.leftovers import take_in_leftovers
from callcenter.telephony.recordings.recorder import Recorder
from callcenter.telephony.recordings.store import Store
from callcenter.web import installation
from callcenter.web.links import SignedLinks

log = structlog.get_logger()
CONNECTIONS = 12


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, or until another has taken our place; calls then go on as they
    are, for whoever comes after us."""
    database = await Database.open(
        settings.database_dsn, subscriptions=all_subscriptions(), max_size=CONNECTIONS
    )
    try:
        async with aiohttp.ClientSession() as session:
            await _serve(settings, database, session)
    finally:
        await database.close()


async def _serve(settings: Settings, database: Database, session: aiohttp.ClientSession) -> None:
    news, phones = News(database), KeptPhones(database)
    prompts, shown = Prompts.of(settings.data_dir), settings.hotline.replace("-", "")
    spool = spool_of(settings.data_dir)
    recorder = Recorder(database, prompts, Store(spool, settings.data_dir))
    hotline = Hotline(
        database,
        prompts,
        House(queue=OurQueue(settings.queue), links=LinkByText(settings)),
        settings.queue,
        news,
        phones,
        recorder,
    )
    desk = QueueForDesk(database, settings.queue, news, phones, recorder)
    duty = DutyPhones(
        DutyMeans(database, prompts, settings.routing, shown, OfferNews(database), desk)
    )
    ari = ari_of(settings, session)
    switch = AsteriskSwitch(
        ari, settings.asterisk.application, spool, duty.beside(hotline.converse)
    )
    dialling = Dialling(hotline, switch, shown)
    news.dial = dialling.begin
    tasks = [asyncio.create_task(news.serve())]
    await news.is_listening.wait()
    tasks.append(asyncio.create_task(switch.serve()))
    tasks.append(asyncio.create_task(_take_stock(switch, database, settings)))
    if settings.asterisk.dials_out:
        tasks.append(asyncio.create_task(duty.serve(switch)))
        means = await _means_for_owners(settings, database, prompts)
        tasks.append(asyncio.create_task(KeyCalls(means, switch).serve()))
        tasks.append(asyncio.create_task(Dialler(means, hotline, switch).serve()))
    await _until_stopped(tasks)


async def _means_for_owners(settings: Settings, database: Database, prompts: Prompts) -> OwnerMeans:
    """What calls to owners need of the house."""
    links = SignedLinks((await database.run(installation.ensure)).link_key)
    return OwnerMeans(
        database,
        prompts,
        settings.queue,
        settings.hotline.replace("-", ""),
        {"zh": settings.outbound.name_zh, "en": settings.outbound.name_en},
        called_touches(settings, links),
        PlanKeys(),
    )


async def _take_stock(switch: AsteriskSwitch, database: Database, settings: Settings) -> None:
    """Once the switch has told what lives there: what does not is ended."""
    await switch.is_listening.wait()
    alive = frozenset(leg for call in switch.calls.values() for leg in call.legs)
    await end_lost(database, settings.queue, alive)
    log.info("hotline_ready")
    # What another has left must not keep us from those who ring now.
    try:
        data_dir = settings.data_dir
        await take_in_leftovers(database, spool_of(data_dir), data_dir)
    except Exception:
        log.exception("leftovers_not_taken_in")
    await asyncio.Event().wait()


async def _until_stopped(tasks: list["asyncio.Task[None]"]) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    try:
        done, _ = await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
        for task in done - {waiting}:
            task.result()
    finally:
        for task in (waiting, *tasks):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(waiting, *tasks, return_exceptions=True)
