"""What the buttons of a tow do, at the station's page and at the desk's."""

from typing import Protocol
from uuid import UUID

from callcenter.routing.towing import service as towing
from callcenter.routing.towing import tows
from callcenter.routing.towing.errors import DestinationMissing, TowNotFound
from callcenter.routing.towing.finding import Wish
from callcenter.routing.towing.tows import Tow
from callcenter.web import files
from callcenter.web.call import Call
from callcenter.web.forms import Upload

TOW_ACTIONS = frozenset(
    {"tow", "tow_chosen", "tow_refused", "tow_loaded", "tow_delivered"},
)


class TowForm(Protocol):
    """What the forms of both pages have in common: `words` is the reason."""

    @property
    def action(self) -> str: ...
    @property
    def destination_id(self) -> UUID | None: ...
    @property
    def station_id(self) -> UUID | None: ...
    @property
    def place(self) -> str: ...
    @property
    def words(self) -> str: ...


async def press_tow(
    call: Call, dispatch_id: UUID, form: TowForm, actor: str, photo: Upload | None = None
) -> None:
    """Do what the button says; raises the refusal of the verb."""
    if form.action == "tow":
        await towing.plan(call.tx, actor, dispatch_id, call.settings.routing)
        return
    tow = await tows.tow_of_dispatch(call.tx, dispatch_id)
    if tow is None:
        raise TowNotFound
    await _step(call, tow, form, actor, photo)


async def _step(call: Call, tow: Tow, form: TowForm, actor: str, photo: Upload | None) -> None:
    rules, seen = call.settings.routing, form.destination_id
    match form.action:
        case "tow_loaded":
            await towing.load(call.tx, actor, tow.id)
        case "tow_chosen":
            wish = Wish(form.station_id, form.place, form.words)
            await towing.choose(call.tx, actor, tow.id, wish, rules, instead_of=seen)
        case "tow_refused":
            proof = await files.store(call.tx, photo.data, uploaded_by=actor) if photo else None
            await towing.refuse(
                call.tx,
                actor,
                tow.id,
                _named(seen),
                form.words or "refused",
                rules,
                proof_file=proof.id if proof else None,
            )
        case _:
            await towing.deliver(call.tx, actor, tow.id, _named(seen))


def _named(destination_id: UUID | None) -> UUID:
    if destination_id is None:
        raise DestinationMissing
    return destination_id
