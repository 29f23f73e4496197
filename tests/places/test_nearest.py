"""The index against every place measured one by one: order, ties, filters and reach."""

from math import inf
from uuid import UUID

from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from callcenter.places.distance import distances_from
from callcenter.places.nearest import NearestIndex

Point = tuple[float, float]

mainland = st.tuples(st.floats(18, 53.5), st.floats(74, 135))
steps = st.sampled_from([0.0, 1e-9, 1e-6, 0.001, 0.02, 0.3])


@st.composite
def networks(draw: st.DrawFn) -> list[Point]:
    """Places near each other, on one spot, mirrored about it, and far away."""
    lat, lon = draw(mainland)
    around = st.builds(
        lambda step, north, east: (lat + step * north, lon + step * east),
        steps,
        st.sampled_from([-1, 0, 1]),
        st.sampled_from([-1, 0, 1]),
    )
    return draw(st.lists(st.one_of(around, mainland), max_size=60))


def one_by_one(
    here: Point, points: list[Point], ids: list[UUID], able: list[bool], count: int, within_m: float
) -> tuple[list[tuple[float, int]], bool]:
    """What the index promises, by measuring and sorting everything."""
    metres = distances_from(*here, points)
    in_order = sorted((m, ids[n], n) for n, m in enumerate(metres) if m <= within_m)
    passed = [m for m, _, n in in_order if able[n]]
    edge = passed[count - 1] if len(passed) >= count else inf
    return [(m, n) for m, _, n in in_order if m <= edge], len(passed) < count


@settings(max_examples=300)
@given(
    points=networks(),
    place=mainland,
    beside=st.integers(0, 59),
    count=st.integers(1, 6),
    share=st.sampled_from([1, 2, 7, 100]),
    within_m=st.sampled_from([inf, 400_000.0, 60_000.0, 100.0]),
    data=st.data(),
)
def test_the_order_is_that_of_measuring_everything(
    points: list[Point],
    place: Point,
    beside: int,
    count: int,
    share: int,
    within_m: float,
    data: st.DataObject,
) -> None:
    here = points[beside] if beside < len(points) else place
    ids = [UUID(int=n) for n in data.draw(st.permutations(range(len(points))))]
    able = [number % share == 0 for number in range(len(points))]
    near = NearestIndex(points, ids).up_to(*here, count, able.__getitem__, within_m=within_m)
    assert (near.found, near.is_whole) == one_by_one(here, points, ids, able, count, within_m)


def test_two_on_one_spot_are_ordered_by_their_ids() -> None:
    spot = (31.23, 121.47)
    index = NearestIndex([spot, spot], [UUID(int=2), UUID(int=1)])
    assert index.up_to(31.0, 121.0, 1, lambda _: True).found[0][1] == 1


def test_a_rare_one_is_found_behind_all_others() -> None:
    points = [(30 + number / 1000, 110.0) for number in range(3000)]
    index = NearestIndex(points, [UUID(int=number) for number in range(3000)])
    near = index.up_to(30.0, 110.0, 1, lambda number: number == 2999)
    assert not near.is_whole
    assert [number for _, number in near.found] == list(range(3000))


def test_the_metres_are_the_geodesic() -> None:
    index = NearestIndex([(39.9, 116.4)], [UUID(int=1)])
    ((metres, _),) = index.up_to(31.2, 121.5, 1, lambda _: True).found
    assert abs(metres - geodesic((31.2, 121.5), (39.9, 116.4)).meters) < 0.001


def test_in_an_empty_network_there_is_nobody() -> None:
    near = NearestIndex([], []).up_to(39.9, 116.4, 1, lambda _: True)
    assert (near.found, near.is_whole) == ([], True)
