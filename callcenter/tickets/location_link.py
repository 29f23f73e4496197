"""The location link: one ticket, 30 minutes, a handful of answers, nothing to guess.

The token is 160 random bits and is stored hashed; a link that is unknown, old or used up
gets one and the same answer.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.settings import PlacesSettings
from callcenter.tickets import repository
from callcenter.tickets.errors import LinkGone, TicketEnded, TooManySubmissions
from callcenter.tickets.events import LocationAnswered, LocationLinkSent
from callcenter.tickets.location import (
    NamedPlace,
    ask_desk_to_read,
    confirm_place,
    propose_place,
)
from callcenter.tickets.model import ENDED
from callcenter.tickets.repository import TicketPlace

SQL = repository.SQL
TOKEN_BYTES = 20

CONSENT_VERSION = "2026-11"


@dataclass(frozen=True)
class NewLink:
    """A link just made: the token is seen this once."""

    id: UUID
    token: str
    expires_at: datetime


async def make_link(tx: Tx, actor: str, ticket_id: UUID, settings: PlacesSettings) -> NewLink:
    """A link for the caller of this ticket."""
    ticket = await repository.lock(tx, ticket_id)
    if ticket.stage in ENDED:
        raise TicketEnded(number=ticket.number)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = await SQL.insert_link(
        tx.connection,
        id=new_id(),
        token_hash=_hash(token),
        ticket_id=ticket_id,
        lifetime_s=float(settings.link_lifetime_s),
    )
    fact = LocationLinkSent(ticket_id=ticket_id, link_id=row["id"])
    await record(tx, fact, actor=actor, ticket_id=ticket_id)
    return NewLink(row["id"], token, row["expires_at"])


async def look_at_link(tx: Tx, token: str) -> UUID:
    """The ticket a valid link belongs to; uses nothing up. Raises LinkGone."""
    row = await SQL.find_link(tx.connection, token_hash=_hash(token))
    if row is None:
        raise LinkGone
    return UUID(str(row["ticket_id"]))


async def answer_with_fix(
    tx: Tx, token: str, named: NamedPlace, consent: str, settings: PlacesSettings
) -> TicketPlace:
    """The browser's position: confirmed by itself when nothing about it is doubtful. That of a
    caller whose rescue was merged is proposed to the desk: another one's truck is on its way."""
    link = await _use(tx, token, settings)
    actor = f"link:{link['id']}"
    place = await propose_place(tx, actor, link["ticket_id"], named, settings)
    await _keep_answer(tx, link, "fix", place_id=place.id, consent=consent)
    if place.state == "proposed" and not place.doubts and not link["is_merged"]:
        return await confirm_place(tx, actor, link["ticket_id"], place.id, None)
    if place.doubts or link["is_merged"]:
        await ask_desk_to_read(tx, link["ticket_id"], f"fix:{place.id}")
    return place


async def answer_with_words(
    tx: Tx, token: str, words: str, named: NamedPlace | None, settings: PlacesSettings
) -> UUID:
    """Pasted share text or a typed place: the desk reads it; what could be read is proposed."""
    link = await _use(tx, token, settings)
    place_id = None
    if named is not None:
        actor = f"link:{link['id']}"
        place = await propose_place(tx, actor, link["ticket_id"], named, settings)
        place_id = place.id
    answer = await _keep_answer(tx, link, "words", words=words, place_id=place_id)
    await ask_desk_to_read(tx, link["ticket_id"], f"words:{answer}")
    return answer


async def answer_with_photo(tx: Tx, token: str, file_id: UUID, settings: PlacesSettings) -> UUID:
    """The photo of a sign, for the desk to read."""
    link = await _use(tx, token, settings)
    answer = await _keep_answer(tx, link, "photo", file_id=file_id)
    await ask_desk_to_read(tx, link["ticket_id"], f"photo:{answer}")
    return answer


async def _use(tx: Tx, token: str, settings: PlacesSettings) -> Any:
    hashed = _hash(token)
    link = await SQL.use_link(tx.connection, token_hash=hashed, most=settings.link_max_submissions)
    if link is None:
        if await SQL.find_link(tx.connection, token_hash=hashed):
            raise TooManySubmissions
        raise LinkGone
    ticket = await repository.get(tx, link["ticket_id"])
    goes_on = await repository.lives_on_in(tx, ticket)
    return dict(link) | {"ticket_id": goes_on.id, "is_merged": goes_on.id != ticket.id}


async def _keep_answer(
    tx: Tx,
    link: Any,
    kind: str,
    *,
    place_id: UUID | None = None,
    words: str | None = None,
    file_id: UUID | None = None,
    consent: str | None = None,
) -> UUID:
    row = await SQL.insert_answer(
        tx.connection,
        id=new_id(),
        link_id=link["id"],
        ticket_id=link["ticket_id"],
        kind=kind,
        place_id=place_id,
        words=words,
        file_id=file_id,
        consent_version=consent,
    )
    fact = LocationAnswered(ticket_id=link["ticket_id"], answer_id=row["id"], answer=kind)
    await record(tx, fact, actor=f"link:{link['id']}", ticket_id=link["ticket_id"])
    return UUID(str(row["id"]))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
