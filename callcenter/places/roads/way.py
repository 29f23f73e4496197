"""Which way to come from, with what the table of posts knows of gates."""

from callcenter.db.transaction import Tx
from callcenter.places.model import OnRoad
from callcenter.places.roads.posts import way_in
from callcenter.places.roads.way_words import way_in_words


async def way_to(tx: Tx, language: str, on_road: OnRoad | None) -> str:
    """In words; empty when no road was said, or its direction is not known."""
    if on_road is None:
        return ""
    return way_in_words(language, on_road, await way_in(tx, on_road))
