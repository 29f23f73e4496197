"""Where rescues and stations are, and how the stations stand."""

from callcenter.db.transaction import Tx
from callcenter.reports.wire import MapStation, StationState
from callcenter.routing.choose import Candidate
from callcenter.routing.keep_network import read_posts
from callcenter.routing.network import Network, Post
from callcenter.stations import repository as stations


async def stations_on_the_map(tx: Tx) -> list[MapStation]:
    """Every station; out of this process's memory, where it keeps the network."""
    now = await tx.now()
    network = tx.view(Network)
    if network is not None and network.cursor is not None:
        posts = network.posts()
    else:
        posts = await read_posts(tx, await stations.every_id(tx))
    return [_on_the_map(post, post.at(now)[0]) for post in posts]


def state_of(candidate: Candidate) -> StationState:
    """As the choice would see it, whatever the fault."""
    if candidate.is_suspended:
        return StationState.SUSPENDED
    if not candidate.is_on_duty:
        return StationState.OFF_DUTY
    free = sum(truck.is_free for truck in candidate.trucks)
    return StationState.FREE if free > candidate.open_offers else StationState.BUSY


def _on_the_map(post: Post, candidate: Candidate) -> MapStation:
    station = post.station
    return MapStation(
        id=station.id,
        code=station.code,
        name_zh=station.name_zh,
        name_en=station.name_en,
        lat=station.lat,
        lon=station.lon,
        state=state_of(candidate),
    )
