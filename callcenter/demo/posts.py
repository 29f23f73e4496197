"""Made-up kilometre posts for a few expressways: on straight lines between their cities, so that
the demo can show a post on the map. They stand kilometres away from the real ones, and exactly in
the world of the demo."""

from collections.abc import Iterator
from itertools import pairwise

from callcenter.places.distance import WGS84
from callcenter.places.gazetteer import Gazetteer, KnownPlace
from callcenter.places.roads.posts import RoadPost

ROADS = {
    "G1": "北京 唐山 秦皇岛 锦州 沈阳 四平 长春 哈尔滨",
    "G2": "北京 天津 沧州 德州 济南 泰安 临沂 淮安 江阴 无锡 苏州 上海",
    "G4": "北京 保定 石家庄 邯郸 郑州 信阳 武汉 岳阳 长沙 衡阳 郴州 韶关 广州 深圳",
    "G15": "沈阳 鞍山 大连 烟台 青岛 日照 连云港 盐城 南通 上海 宁波 台州 温州 福州 泉州 厦门 深圳",
}
WINDING = 1.12
"""A road is so much longer than the straight lines between the cities on it."""

AREA_EVERY_KM = 50
ACCURACY_M = 50.0


def road_posts(gazetteer: Gazetteer) -> list[RoadPost]:
    """A post each kilometre, a toll gate at each city, a service area now and then."""
    return [post for road in ROADS for post in _road(road, gazetteer)]


def _road(road: str, gazetteer: Gazetteer) -> Iterator[RoadPost]:
    cities = [gazetteer.find(name, 1)[0] for name in ROADS[road].split()]
    begins_m, due_m = 0.0, 0
    for here, there in pairwise(cities):
        azimuth, _, straight_m = WGS84.inv(here.lon, here.lat, there.lon, there.lat)
        yield _toll_gate(road, here, round(begins_m))
        while due_m <= begins_m + straight_m * WINDING:
            lon, lat, _ = WGS84.fwd(here.lon, here.lat, azimuth, (due_m - begins_m) / WINDING)
            yield RoadPost(road, due_m, round(lat, 6), round(lon, 6), ACCURACY_M)
            if due_m and due_m % (AREA_EVERY_KM * 1000) == 0:
                yield _service_area(road, here, due_m, (lat, lon))
            due_m += 1000
        begins_m += straight_m * WINDING
    yield _toll_gate(road, cities[-1], round(begins_m))


def _toll_gate(road: str, city: KnownPlace, metres: int) -> RoadPost:
    name = f"{city.zh.removesuffix('市')}收费站"
    return RoadPost(road, metres, city.lat, city.lon, ACCURACY_M, feature=name)


def _service_area(road: str, city: KnownPlace, metres: int, at: tuple[float, float]) -> RoadPost:
    name = f"{city.zh.removesuffix('市')}{metres // 1000}服务区"
    return RoadPost(road, metres, round(at[0], 6), round(at[1], 6), ACCURACY_M, feature=name)
