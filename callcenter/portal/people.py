"""Who did it, in words: colleagues by name, the others by what they are."""

from collections.abc import Callable, Iterable
from uuid import UUID

from callcenter.staff import repository as staff
from callcenter.staff.errors import StaffNotFound
from callcenter.web.call import Call
from callcenter.web.pages import Pages

STAFF = "staff:"
# The beginning of an actor's id -> the words for it; the longest that fits counts.
OTHERS = {
    "link:owner:": "actor_owner",
    "link:offer:": "actor_station",
    "link:": "actor_caller",
    "machine:": "actor_machine",
}


async def who_is(call: Call, actors: Iterable[str | None]) -> Callable[[str | None], str]:
    """Looks the colleagues up once; answers the words for each of these actors."""
    names = {actor: await _name(call, actor) for actor in set(actors) if actor}
    return lambda actor: names.get(actor or "", "")


async def _name(call: Call, actor: str) -> str:
    t = call.part(Pages).text(call.language)
    if actor.startswith(STAFF):
        try:
            return (await staff.get(call.tx, UUID(actor.removeprefix(STAFF)))).name
        except (StaffNotFound, ValueError):
            return t("actor_colleague")
    return next((t(key) for begin, key in OTHERS.items() if actor.startswith(begin)), "")
