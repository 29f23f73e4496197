"""Routes of an agent's own phone. Its voice goes to the switch, its signalling through here: one
address and one certificate, and nobody who is not signed in."""

import asyncio
from uuid import UUID

import aiohttp
from aiohttp import web

from callcenter.db.events import record
from callcenter.staff.errors import NotAPerson
from callcenter.telephony.agent_phones import repository
from callcenter.telephony.agent_phones.door import SwitchDoor
from callcenter.telephony.agent_phones.errors import NoSuchDeskPhone
from callcenter.telephony.agent_phones.events import PhoneChosen
from callcenter.telephony.agent_phones.model import AgentPhone, PhoneKind, browser_extension
from callcenter.telephony.agent_phones.wire import PhoneChoice, PhoneOut, Registration
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["hotline"])
WRITE = Permission.CALLS_WRITE
SOCKET = "/api/v1/me/phone/socket"
DOMAIN = "hotline.invalid"


@routes.get("/api/v1/me/phone", permission=WRITE)
async def my_phone(call: Call) -> PhoneOut:
    """The phone that the agent is rung on."""
    return await _seen(call, await repository.of(call.tx, _me(call)))


@routes.put("/api/v1/me/phone", permission=WRITE, problems=(422,))
async def choose(call: Call, body: PhoneChoice) -> PhoneOut:
    """From the next call on he is rung on this one."""
    chosen = AgentPhone(_me(call), body.kind, body.desk)
    if (body.kind is PhoneKind.DESK) != (body.desk is not None):
        raise NoSuchDeskPhone
    if body.desk is not None and body.desk not in await _free(call):
        raise NoSuchDeskPhone
    kept = {"staff_id": chosen.staff_id, "kind": chosen.kind.value, "extension": chosen.desk}
    await repository.SQL.keep_phone(call.tx.connection, **kept)
    fact = PhoneChosen(staff_id=chosen.staff_id, choice=chosen.kind.value)
    await record(call.tx, fact, actor=call.actor.id)
    return await _seen(call, chosen)


@routes.post("/api/v1/me/phone/registration", permission=WRITE, transaction=False, problems=(409,))
async def register(call: Call) -> Registration:
    """The agent's browser may register; asked again after each restart of the switch."""
    extension = browser_extension(_me(call))
    password = await call.part(SwitchDoor).open_account(extension)
    return Registration(extension=extension, password=password, domain=DOMAIN, socket=SOCKET)


@routes.get(SOCKET, permission=WRITE, transaction=False, problems=(409,))
async def open_socket(call: Call) -> web.StreamResponse:
    """SIP over a WebSocket (RFC 7118), handed on to the switch as it is."""
    async with call.part(SwitchDoor).socket() as switch:
        browser = web.WebSocketResponse(protocols=("sip",), heartbeat=20)
        await browser.prepare(call.request)
        ways = [
            asyncio.create_task(_hand_on(browser, switch)),
            asyncio.create_task(_hand_on(switch, browser)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            await browser.close()
    return browser


Socket = web.WebSocketResponse | aiohttp.ClientWebSocketResponse


async def _hand_on(source: Socket, target: Socket) -> None:
    async for message in source:
        if message.type is aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type is aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)


async def _free(call: Call) -> list[str]:
    rows = await repository.SQL.desk_phones_taken(call.tx.connection, staff_id=_me(call))
    taken = {row["extension"] for row in rows}
    return [name for name in call.settings.asterisk.desk_phones if name not in taken]


async def _seen(call: Call, phone: AgentPhone) -> PhoneOut:
    is_there = call.part(SwitchDoor).is_there
    return PhoneOut(
        kind=phone.kind, desk=phone.desk, desk_phones=await _free(call), switch=is_there
    )


def _me(call: Call) -> UUID:
    if call.actor.staff_id is None:
        raise NotAPerson
    return call.actor.staff_id
