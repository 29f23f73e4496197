"""A child that dies is started again: soon, then later, and as soon as ever once it has lived."""

import asyncio
import os
import time

from callcenter.supervision import FORGIVEN_S, LONGEST_PAUSE_S, PAUSE_S, Child, Children


def test_the_pause_grows_to_its_limit_and_is_forgotten_by_a_long_life():
    child, now = Child("web"), 1000.0
    pauses = []
    for _ in range(40):
        child.began_at = now
        now += 1
        child.died(now)
        assert child.due_at is not None
        pauses.append(round(child.due_at - now, 3))
        now = child.due_at
    assert pauses[:3] == [PAUSE_S, 2 * PAUSE_S, round(3 * PAUSE_S, 3)]
    assert pauses[-1] == LONGEST_PAUSE_S
    child.began_at = now
    now += FORGIVEN_S
    child.died(now)
    assert child.due_at == now + PAUSE_S


async def test_one_that_always_dies_does_not_keep_the_others_waiting():
    children = Children(dict(os.environ))
    children.start("hopeless", "no-such-command")
    children.start("good", "no-such-command")
    hopeless, good = children._children.values()
    hopeless.failures = 1000
    watching = asyncio.create_task(children.keep_alive())
    try:
        async with asyncio.timeout(60):
            while good.failures < 2:
                await asyncio.sleep(0.02)
                if hopeless.due_at is not None:
                    # It would wait for as long as the test allows, and longer.
                    hopeless.due_at = time.monotonic() + 1000
    finally:
        watching.cancel()
        await children.stop()
    assert hopeless.failures == 1001
