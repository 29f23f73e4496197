"""The worker's part of outbound: runs begin, touches leave, what dead claimers left goes back."""

import asyncio
import os
import socket
from datetime import timedelta
from functools import partial

from callcenter.db.database import Database
from callcenter.db.recurring import recurring
from callcenter.outbound.audiences.refreshed import keep_current
from callcenter.outbound.campaigns.by_audience import ByAudience
from callcenter.outbound.campaigns.following import after_touch
from callcenter.outbound.campaigns.runs import begin_due
from callcenter.outbound.promises.keeping import keep_promises
from callcenter.outbound.touches.ports import Words
from callcenter.outbound.touches.sending import send_while_due, take_back_lapsed
from callcenter.outbound_settings import OutboundSettings

LAPSED_EVERY_S = 60.0
PROMISES_EVERY_S = 20.0


async def keep_outbound(database: Database, rules: OutboundSettings, words: Words) -> None:
    """Until cancelled. Any number of workers may do so beside each other."""
    by_audience = ByAudience(rules.held_out_of_all)
    me = f"worker:{socket.gethostname()}:{os.getpid()}"
    send = partial(send_while_due, database, words, me, after_touch)
    his_own = timedelta(hours=rules.promise_his_own_h)
    promises = partial(keep_promises, database, after_touch, his_own)
    lapsed = partial(take_back_lapsed, database, after_touch)
    every_s = rules.look_every_s
    await asyncio.gather(
        recurring("audience_cars", partial(keep_current, database), pause_s=every_s),
        recurring("campaign_runs", partial(begin_due, database, by_audience), pause_s=every_s),
        recurring("promised_calls", promises, pause_s=PROMISES_EVERY_S),
        recurring("touches", send, pause_s=every_s),
        recurring("touches_lapsed", lapsed, pause_s=LAPSED_EVERY_S),
    )
