"""The web process: every room's routes, wired to the database and to each other."""

import asyncio
import signal
import ssl

from aiohttp import web

from callcenter.calls import http as calls
from callcenter.calls import last_words_http
from callcenter.calls.last_words import Remembered
from callcenter.composition import (
    all_subscriptions,
    called_touches,
    message_follower,
    text_reader,
)
from callcenter.customers import http as customers
from callcenter.customers.by_file import http as owners_by_file
from callcenter.db.database import Database
from callcenter.messages import http as messages
from callcenter.messages import receipts_http
from callcenter.messages.following import Followed
from callcenter.outbound.audiences import http as audiences
from callcenter.outbound.campaigns import http as campaigns
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.counting import Counts
from callcenter.outbound.campaigns.trial import Sampler
from callcenter.outbound.dialling import http as dialling
from callcenter.outbound.dialling import setting_http as dialling_set
from callcenter.outbound.dialling.touches import Touches
from callcenter.outbound.due import http as due_http
from callcenter.outbound.ledger import http as ledger_http
from callcenter.outbound.ledger.service import last_words
from callcenter.outbound.policies import http as policies
from callcenter.outbound.promises import http as promises
from callcenter.outbound.results import http as results_http
from callcenter.outbound.surveys import http as surveys
from callcenter.outbound.texts_back import http as texts_back
from callcenter.places import http as places
from callcenter.places import maps_http, towns_http
from callcenter.places.intake import Intake
from callcenter.portal import catalogue
from callcenter.portal.http import ROUTES as portal_routes
from callcenter.reports import http as reports
from callcenter.routing import desk_http as rescue_desk
from callcenter.routing import hand_list, station_http
from callcenter.routing import http as routing
from callcenter.routing.keep_network import kept_network
from callcenter.routing.merging import http as merge_http
from callcenter.routing.towing import http as tow_http
from callcenter.settings import Settings
from callcenter.staff import http as staff
from callcenter.staff.authenticator import StaffAuthenticator
from callcenter.staff.passwords import Passwords
from callcenter.stations import http as stations
from callcenter.stations.bookings import http as bookings
from callcenter.stations.by_file import http as stations_by_file
from callcenter.stations.push.key import PushKey
from callcenter.telephony import carrier_sounds, carriers_http
from callcenter.telephony.agent_phones import http as agent_phones
from callcenter.telephony.agent_phones.door import SwitchDoor
from callcenter.telephony.flow import http as call_flow
from callcenter.telephony.flow.link import LinkByText
from callcenter.telephony.flow.ports import House, NoQueue
from callcenter.telephony.prompts import http as prompts
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.recordings import http as recordings
from callcenter.telephony.simulator import http as simulator
from callcenter.telephony.twiml import http as twiml
from callcenter.telephony.voicexml import http as voicexml
from callcenter.tickets import desk_http as ticket_desk
from callcenter.tickets import http as tickets
from callcenter.tickets import place_http
from callcenter.tickets.handover import http as handover_http
from callcenter.web import frame, installation, server
from callcenter.web.installation import Installation
from callcenter.web.links import SignedLinks
from callcenter.web.pages import Pages
from callcenter.web.routes import Route
from callcenter.web.tls import server_context

WEB_CONNECTIONS = 24


def all_routes() -> list[Route]:
    """Every route of every room."""
    lower = (
        staff,
        places,
        maps_http,
        towns_http,
        customers,
        stations,
        stations_by_file,
        bookings,
        owners_by_file,
    )
    middle = (tickets, ticket_desk, place_http, handover_http, calls, last_words_http)
    upper = (routing, rescue_desk, hand_list, merge_http, station_http, tow_http)
    outbound = (audiences, campaigns, dialling, ledger_http, surveys, due_http, results_http)
    outbound_set = (dialling_set, policies, promises, texts_back)
    rest = (messages, receipts_http, reports)
    rooms = (*lower, *middle, *upper, *outbound, *outbound_set, *rest)
    declared = [route for room in rooms for route in room.routes]
    hotline = (agent_phones, call_flow, prompts, carrier_sounds, recordings)
    carriers = (carriers_http, twiml, voicexml, simulator)
    voice = [route for room in (*hotline, *carriers) for route in room.routes]
    return [*declared, *portal_routes, *voice]


def build(
    settings: Settings, database: Database, installed: Installation, intake: Intake
) -> web.Application:
    """The application on an open database."""
    links = SignedLinks(installed.link_key)
    parts: dict[type, object] = {
        Intake: intake,
        SignedLinks: links,
        Installation: installed,
        Passwords: Passwords(),
        Pages: catalogue.pages(intake.gazetteer),
        PushKey: PushKey.load(settings.data_dir),
        House: House(queue=NoQueue(), links=LinkByText(settings)),
        Remembered: Remembered(last_words),
        Followed: Followed(message_follower(), text_reader(settings, links)),
        Touches: called_touches(settings, links),
        Sampler: ByAudience(settings.outbound.held_out_of_all),
        Prompts: Prompts.of(settings.data_dir),
        SwitchDoor: SwitchDoor(settings, installed.link_key),
        Counts: Counts(),
    }
    return frame.build(
        settings,
        database,
        all_routes(),
        StaffAuthenticator(database, settings),
        parts,
        static_folder=catalogue.STATIC,
    )


async def serve(settings: Settings) -> None:
    """Listen until SIGTERM or SIGINT; open requests are finished."""
    database = await Database.open(
        settings.database_dsn, subscriptions=all_subscriptions(), max_size=WEB_CONNECTIONS
    )
    try:
        installed = await database.run(installation.ensure)
        intake = await asyncio.to_thread(Intake.load, settings.data_dir)
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(signal_number, stop.set)
        async with kept_network(database):
            await server.serve(
                build(settings, database, installed, intake),
                host=settings.host,
                port=settings.port,
                stop=stop,
                tls=_tls(settings),
                reuse_port=settings.web_processes > 1,
            )
    finally:
        await database.close()


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.tls_cert is None or settings.tls_key is None:
        return None
    return server_context(settings.tls_cert, settings.tls_key)
