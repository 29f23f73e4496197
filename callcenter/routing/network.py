"""The network of stations as this process holds it in memory. Pure: it is handed what was read.

It proposes whom to look at; who is asked is decided on what the database says in the transaction.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import UUID

from callcenter.places.nearest import NearestIndex
from callcenter.routing.choose import Candidate, Need, Reach, Rung, TruckFacts, reasons_against
from callcenter.stations.model import RosterEntry, Station, StationFacts, duty_of, facts_of

MOST_NEEDS = 512
NOBODY = UUID(int=0)
NEVER = datetime.max.replace(tzinfo=UTC)


def candidate_of(
    station: StationFacts,
    distance_m: float,
    busy: Collection[UUID],
    open_offers: int,
    was_asked: bool,
) -> Candidate:
    """A station as the choice sees it; `busy` are trucks that serve a rescue."""
    return Candidate(
        station_id=station.id,
        distance_m=distance_m,
        is_partner=station.is_partner,
        is_simulated=station.simulated,
        is_suspended=station.is_suspended,
        is_on_duty=station.is_on_duty,
        province=station.province,
        skills=frozenset(station.skills),
        trucks=tuple(
            TruckFacts(
                truck.id,
                frozenset(truck.equipment),
                truck.id not in busy,
                truck.capacity_kg,
                truck.height_cm,
            )
            for truck in station.trucks
            if truck.in_service
        ),
        open_offers=open_offers,
        was_asked=was_asked,
    )


@dataclass(frozen=True)
class Post:
    """A station as it was read: its duties from then on, the newest first; its busy trucks."""

    station: Station
    roster: tuple[RosterEntry, ...]
    busy: frozenset[UUID]
    open_offers: int

    def at(self, moment: datetime) -> tuple[Candidate, datetime]:
        """The candidate of a moment, and until when the clock alone does not change it."""
        entry = next((e for e in self.roster if e.starts_at <= moment < e.ends_at), None)
        facts = facts_of(self.station, entry.on_duty if entry else None, moment)
        changes = [
            duty_of(self.station, entry, moment).until,
            self.station.suspended_until,
            *(entry.starts_at for entry in self.roster),
        ]
        until = min((at for at in changes if at and at > moment), default=NEVER)
        return candidate_of(facts, 0.0, self.busy, self.open_offers, False), until


@dataclass(frozen=True)
class Proposal:
    """Stations to look at. Every one within `edge_m` is among them."""

    station_ids: list[UUID]
    edge_m: float
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Standing:
    """How a station stands in this time. `kind` has no id and no place: what it could do, which
    many have in common, so that it is judged once for all of them."""

    post: Post
    kind: int
    since: datetime
    until: datetime


class Network:
    """Every station, where it lies and whether it seems able. `cursor` is the place in the event
    log up to which it is current; None while it is not kept: then the database is read."""

    def __init__(self) -> None:
        self.cursor: str | None = None
        self._index: NearestIndex | None = None
        self._ids: list[UUID] = []
        self._standing: dict[UUID, _Standing] = {}
        self._kinds: list[Candidate] = []
        self._number_of_kind: dict[Candidate, int] = {}
        self._verdicts: dict[object, dict[int, bool]] = {}

    def forget(self) -> None:
        """Nobody keeps it current any more."""
        self.cursor = None

    def begin(self, posts: Iterable[Post], cursor: str, at: datetime) -> None:
        """The whole network as it was read behind this place in the log."""
        self._index, self._standing = None, {}
        self._kinds, self._number_of_kind, self._verdicts = [], {}, {}
        self.go_on(posts, cursor, at)

    def go_on(self, posts: Iterable[Post], cursor: str, at: datetime) -> None:
        """These were read again: they have changed up to this place in the log."""
        moved = self._index is None
        for post in posts:
            known = self._standing.get(post.station.id)
            moved = moved or known is None or _where(known.post) != _where(post)
            self._standing[post.station.id] = self._stands(post, at)
        if moved:
            self._ids = sorted(self._standing)
            points = [_where(self._standing[station_id].post) for station_id in self._ids]
            self._index = NearestIndex(points, self._ids)
        self.cursor = cursor

    def posts(self) -> list[Post]:
        """Every station as it was read last."""
        return [standing.post for standing in self._standing.values()]

    def propose(
        self,
        here: tuple[float, float],
        need: Need,
        rung: Rung,
        reach: Reach,
        at: datetime,
        *,
        count: int,
        not_these: Collection[UUID] = (),
    ) -> Proposal:
        """Every station up to the `count`-th that seems able, nearest first: those that lie nearer
        and seem unable carry the reasons. `not_these` never count as able."""
        assert self._index is not None
        key = (need, rung, reach.neighbours)
        if key not in self._verdicts and len(self._verdicts) >= MOST_NEEDS:
            self._verdicts.clear()
        verdicts, ids, standing = self._verdicts.setdefault(key, {}), self._ids, self._standing

        def seems_able(number: int) -> bool:
            station_id = ids[number]
            stands = standing[station_id]
            if not stands.since <= at < stands.until:
                stands = standing[station_id] = self._stands(stands.post, at)
            able = verdicts.get(stands.kind)
            if able is None:
                # By the very rules of the choice; how far it lies is the index's to say.
                able = not reasons_against(self._kinds[stands.kind], need, rung, reach)
                verdicts[stands.kind] = able
            return able and station_id not in not_these

        within_m = reach.within_m[rung]
        near = self._index.up_to(*here, count, seems_able, within_m=within_m)
        edge_m = within_m if near.is_whole else near.found[-1][0]
        return Proposal([ids[number] for _, number in near.found], edge_m, near.is_whole)

    def _stands(self, post: Post, at: datetime) -> _Standing:
        candidate, until = post.at(at)
        kind = _kind_of(candidate)
        number = self._number_of_kind.setdefault(kind, len(self._kinds))
        if number == len(self._kinds):
            self._kinds.append(kind)
        return _Standing(post, number, at, until)


def _kind_of(candidate: Candidate) -> Candidate:
    trucks = (replace(truck, id=NOBODY) for truck in candidate.trucks)
    alike = sorted(trucks, key=lambda truck: (sorted(truck.equipment), truck.is_free))
    return replace(candidate, station_id=NOBODY, trucks=tuple(alike))


def _where(post: Post) -> tuple[float, float]:
    return post.station.lat, post.station.lon
