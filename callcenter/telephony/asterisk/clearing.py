"""The end of a conversation: whoever is still on the line is let go, however slow the switch is."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

from callcenter.telephony.asterisk.ari import SwitchRefused, SwitchUnreachable
from callcenter.telephony.asterisk.call import AsteriskCall
from callcenter.telephony.asterisk.naming import LEG, kind_of
from callcenter.telephony.signals import LOST

log = structlog.get_logger()

PAUSE_S = 0.1
LONGEST_PAUSE_S = 5.0


async def save_caller(call: AsteriskCall) -> None:
    """The caller to a desk phone; he is the leg that we did not dial."""
    for leg in [leg for leg in call.legs if kind_of(leg) != LEG]:
        await surely(partial(call.give_back, leg))
        call.left(leg, LOST)


async def clear(call: AsteriskCall) -> None:
    """All legs, then the bridges: a bridge that goes before them hides why they ended."""
    for leg in call.legs:
        await surely(partial(call.hang_up, leg))
    for bridge in list(call.bridges):
        await surely(partial(call.close, bridge))


async def surely(work: Callable[[], Awaitable[object]]) -> None:
    """Again until the switch has answered: otherwise a line would stay open that nobody owns."""
    pause = PAUSE_S
    while True:
        try:
            await work()
            return
        except SwitchRefused as refusal:
            log.warning("not_cleared", error=str(refusal))
            return
        except SwitchUnreachable as failure:
            log.warning("clearing_waits", error=str(failure))
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_S)
