"""What a caller's sentence says about the place, as far as words alone tell. Pure."""

from dataclasses import dataclass

from callcenter.places.addresses.address import Address, read_address
from callcenter.places.addresses.districts import Districts
from callcenter.places.model import OnRoad
from callcenter.places.roads.place import RoadPlace, read_road_place
from callcenter.places.share_text import SharedPlace, read_share_text

ASKED_WITH_COORDINATES = frozenset({"direction", "conflict"})
"""What coordinates do not answer: a road is narrower than a fix, its two sides more so."""


@dataclass(frozen=True)
class Saying:
    """Coordinates, a place on a road, an address: what was found, each None where it was not."""

    text: str
    coordinates: SharedPlace | None
    road: RoadPlace | None
    address: Address | None

    @property
    def kind(self) -> str:
        """The most exact that was said: coordinates, post, feature, road, address or nothing."""
        if self.coordinates:
            return "coordinates"
        if self.road and (self.road.kind != "road" or not self.address):
            return self.road.kind
        return "address" if self.address else "nothing"

    @property
    def ask(self) -> tuple[str, ...]:
        """Codes of what must be asked back: direction, road, where, which, conflict; place, when
        nothing was understood at all."""
        if self.kind == "nothing":
            return ("place",)
        of_road = set(self.road.ask) if self.road else set()
        if self.coordinates:
            return tuple(sorted(of_road & ASKED_WITH_COORDINATES))
        of_address = set(self.address.ask) if self.address else set()
        if self.road and self.road.kind != "road":
            # The road says where: which of several districts of a name is meant follows from it.
            of_address.discard("which")
        return tuple(sorted(of_road | of_address))

    @property
    def on_road(self) -> OnRoad | None:
        """The road with all that was said of the place on it; None without a road."""
        said = self.road
        if said is None or not (said.road or said.name):
            return None
        road = said.road or said.name or ""
        return OnRoad(road, said.metres, said.feature, said.towards, said.sense)


def read_saying(text: str, districts: Districts) -> Saying:
    """Everything in a sentence that tells where. Never raises, never guesses."""
    return Saying(
        text=text,
        coordinates=read_share_text(text),
        road=read_road_place(text),
        address=read_address(text, districts),
    )
