"""The services that can be chosen: how each is made, its datum, and how exact it says it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from geopy.adapters import AioHTTPAdapter
from geopy.geocoders import BaiduV3, Nominatim, Photon

from callcenter.places.distance import distance_m
from callcenter.places.geocoding.amap import AMap
from callcenter.places.geocoding.tianditu import Tianditu
from callcenter.places.model import Datum
from callcenter.settings import GeocodingSettings

COARSEST_M = 1_000_000.0
UNKNOWN_M = 5_000.0
"""Of a level that nobody has told us."""

LEVELS_M = (
    (("门牌", "门址", "单元", "兴趣点", "房屋", "house", "building", "POI"), 100.0),
    (("公交", "地铁", "路口", "停车场", "地名地址"), 300.0),
    (("热点商圈", "小区", "street", "村组"), 1_000.0),
    (("道路", "村庄", "开发区", "locality"), 3_000.0),
    (("乡镇", "街道"), 8_000.0),
    (("区县", "district"), 30_000.0),
    (("城市", "市", "city"), 80_000.0),
    (("省", "state", "county"), 400_000.0),
    (("国家", "country"), COARSEST_M),
)
"""Words in which services tell how exact an answer is, and the metres that we take for them."""


@dataclass(frozen=True)
class Provider:
    """`make`: the geocoder of these settings. `one`: it gives one place only."""

    make: Callable[[GeocodingSettings, dict[str, Any]], Any]
    datum: Datum
    accuracy_m: Callable[[dict[str, Any]], float]
    needs_key: bool
    one: bool = False


def made(settings: GeocodingSettings) -> Any:
    """The geopy geocoder of these settings, on aiohttp."""
    options: dict[str, Any] = {
        "scheme": settings.scheme,
        "timeout": settings.timeout_s,
        "user_agent": "callcenter",
        "adapter_factory": AioHTTPAdapter,
        # What the machine's environment says of proxies is not for a key's way.
        "proxies": {},
    }
    if settings.domain:
        options["domain"] = settings.domain
    return PROVIDERS[settings.provider].make(settings, options)


def _level_m(raw: dict[str, Any]) -> float:
    """By the word for the level that AMap, Tianditu and Baidu send."""
    return _metres(str(raw.get("level", "")))


def _metres(level: str) -> float:
    said = (metres for words, metres in LEVELS_M if any(word in level for word in words))
    return next(said, UNKNOWN_M)


def _box_m(raw: dict[str, Any]) -> float:
    """Half of the box that Nominatim sends: south, north, west, east."""
    south, north, west, east = (float(edge) for edge in raw["boundingbox"])
    return max(distance_m((south, west), (north, east)) / 2, 50.0)


def _photon_m(raw: dict[str, Any]) -> float:
    return _metres(str(raw["properties"].get("type", "")))


def _baidu_m(raw: dict[str, Any]) -> float:
    # `comprehension`: of a hundred, how near it is, in steps that its manual gives in metres.
    sure = int(raw.get("comprehension", 0))
    steps = ((100, 100.0), (90, 500.0), (80, 1_000.0), (70, 2_000.0), (60, 5_000.0))
    return next((metres for least, metres in steps if sure >= least), _level_m(raw))


def _baidu(settings: GeocodingSettings, options: dict[str, Any]) -> Any:
    domain = options.pop("domain", None)
    it = BaiduV3(_key(settings), **options)
    if domain:
        it.api = f"{it.scheme}://{domain.strip('/')}{it.api_path}"
    return it


def _key(settings: GeocodingSettings) -> str:
    return settings.key.get_secret_value() if settings.key else ""


PROVIDERS = {
    "amap": Provider(lambda s, o: AMap(_key(s), **o), Datum.GCJ02, _level_m, True),
    "tianditu": Provider(lambda s, o: Tianditu(_key(s), **o), Datum.WGS84, _level_m, True, True),
    "baidu": Provider(_baidu, Datum.BD09, _baidu_m, True, True),
    "nominatim": Provider(lambda _, o: Nominatim(**o), Datum.WGS84, _box_m, False),
    "photon": Provider(lambda _, o: Photon(**o), Datum.WGS84, _photon_m, False),
}
