"""Owners are chosen by what became of the call that they were promised."""

from datetime import timedelta

import pytest

from callcenter.db.transaction import Tx
from callcenter.outbound.audiences.refreshed import refresh_all
from callcenter.outbound.audiences.sampled import drawn
from callcenter.outbound.audiences.service import asked_now
from callcenter.outbound.audiences.words import because
from callcenter.outbound.dialling.model import OwnerCall
from callcenter.outbound.model import Outcome
from tests.outbound.audiences.trees import rule
from tests.outbound.dialling.conftest import floor, touches
from tests.outbound.dialling.promising import Promising
from tests.outbound.dialling.test_by_campaign import calling
from tests.outbound.dialling.test_promises import THREE, TOMORROW, promising
from tests.outbound.scene import Scene

__all__ = ["calling", "floor", "promising", "touches"]


async def why(promising: Promising, days: int = 7) -> dict[str, list[str]]:
    """Which of the three finds somebody, with the reason in both languages."""

    async def ask(tx: Tx) -> dict[str, list[str]]:
        await refresh_all(tx)
        said = {}
        for which in ("open", "kept", "broken"):
            condition = {"kind": "promise", "which": which, "within_days": days}
            asked = await asked_now(tx, rule({"kind": "all", "of": [condition]}))
            (leaf,) = (one.leaf for one in asked.asked())
            for car in await drawn(tx, asked, 20):
                assert car.owner_id == promising.calling.owner
                said[which] = [because(leaf, car.facts["0"], word) for word in ("zh", "en")]
        return said

    found: dict[str, list[str]] = await promising.calling.floor.do(ask)
    return found


async def test_who_waits_for_his_call_and_who_has_had_it(promising: Promising, scene: Scene):
    assert await why(promising) == {}
    await promising.promises(THREE)
    assert await why(promising) == {
        "open": [
            "最近 7 天内约定过回电,还没有打(2026-03-10)",
            "promised a call within 7 days, still to be made (2026-03-10)",
        ]
    }
    await promising.clock(THREE)
    one = await promising.takes()
    assert isinstance(one, OwnerCall)
    await promising.says(await promising.talks(one), Outcome.ANSWERED)
    assert await why(promising) == {
        "kept": [
            "最近 7 天内约定的回电已打(2026-03-10)",
            "a promised call kept within 7 days (2026-03-10)",
        ]
    }


@pytest.mark.parametrize(("days_after", "is_found"), [(6, True), (8, False)])
async def test_whose_call_was_never_made_is_found_for_so_many_days(
    promising: Promising, days_after: int, is_found: bool
):
    await promising.promises(THREE)
    await promising.clock(TOMORROW + timedelta(hours=1))
    await promising.the_worker_looks()
    await promising.clock(TOMORROW + timedelta(days=days_after))
    expected = [
        "最近 7 天内约定的回电没有打成(2026-03-11)",
        "a promised call broken within 7 days (2026-03-11)",
    ]
    assert await why(promising) == ({"broken": expected} if is_found else {})
