"""Places in quotas: reserved as soon as an answer decides, confirmed when all is answered.

A place is written before it is counted, here and by who gives back: so nobody waits for another
who waits for him. Quotas are taken in the order of their codes.
"""

from collections.abc import Iterable
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys.conditions import holds, holds_at_last
from callcenter.outbound.surveys.repository import SQL
from callcenter.outbound.surveys.response import Response
from callcenter.outbound.surveys.walk import Standing


def wanted(response: Response, stands: Standing) -> list[str]:
    """The codes of the quotas this response belongs to, as far as its answers say."""
    heard = {code: response.answers[code] for code in stands.path}
    decide = holds if stands.ending is None else holds_at_last
    return sorted(
        quota.code
        for quota in response.survey.quotas
        if quota.when is None or decide(quota.when, heard, response.about)
    )


async def keep_places(tx: Tx, response: Response, codes: Iterable[str]) -> bool:
    """Holds a place in each of these quotas and in no other; False when one of them is full (then
    the response has none). The response is locked."""
    rows = await SQL.places_of(tx.connection, response_id=response.id)
    held = {row["quota"] for row in rows if row["state"] == "reserved"}
    codes = list(codes)
    await give_back(tx, response, held - {*codes})
    for code in codes:
        if not await _hold(tx, response, code):
            await give_back(tx, response, held | {*codes})
            return False
    return True


async def _hold(tx: Tx, response: Response, code: str) -> bool:
    place = {"response_id": response.id, "quota": code}
    held_min = response.survey.place_held_min
    if await SQL.hold_place(tx.connection, held_min=held_min, **place):
        return True
    survey_id = response.survey_id
    await SQL.reserve_place(tx.connection, survey_id=survey_id, held_min=held_min, **place)
    if await SQL.count_reserved(tx.connection, survey_id=survey_id, quota=code):
        return True
    # It was written, not counted: taken back without counting.
    await SQL.move_places(tx.connection, response_id=response.id, quotas=[code], to="given_back")
    return False


async def give_back(tx: Tx, response: Response, codes: Iterable[str]) -> None:
    """The places held in these quotas are others' again."""
    await _move(tx, response.survey_id, response.id, sorted(codes), "given_back")


async def give_back_all(tx: Tx, survey_id: UUID, response_id: UUID) -> None:
    """Whatever places a response holds."""
    rows = await SQL.places_of(tx.connection, response_id=response_id)
    held = sorted(row["quota"] for row in rows if row["state"] == "reserved")
    await _move(tx, survey_id, response_id, held, "given_back")


async def confirm(tx: Tx, response: Response, codes: Iterable[str]) -> None:
    """The places are this response's for good."""
    await _move(tx, response.survey_id, response.id, sorted(codes), "confirmed")


async def _move(tx: Tx, survey_id: UUID, response_id: UUID, codes: list[str], to: str) -> None:
    for code in codes:
        moved = await SQL.move_places(tx.connection, response_id=response_id, quotas=[code], to=to)
        which = {"survey_id": survey_id, "quota": code}
        if moved and to == "confirmed":
            await SQL.count_confirmed(tx.connection, **which)
        elif moved:
            await SQL.count_given_back(tx.connection, places=1, **which)
