"""Links that open a map on a phone: what is tapped goes there with the coordinates, nothing is
loaded from there. Each map gets the datum that it expects.

`geo:` does nothing on an iPhone, AMap's address opens the app or a page on any phone.
https://lbs.amap.com/api/uri-api/guide/mobile-web/point
https://lbsyun.baidu.com/faq/api?title=webapi/uri/web
https://developer.apple.com/library/archive/featuredarticles/iPhoneURLScheme_Reference/MapLinks
"""

from yarl import URL

from callcenter.places.datum import from_wgs84
from callcenter.places.model import Datum

MARKER = URL("https://uri.amap.com/marker")
BAIDU = URL("https://api.map.baidu.com/marker")
APPLE = URL("https://maps.apple.com/")


def map_url(lat: float, lon: float, name: str = "") -> str:
    """A marker at a WGS-84 point, in the GCJ-02 that this map expects, longitude first."""
    lat, lon = from_wgs84(lat, lon, Datum.GCJ02)
    query = {"position": f"{lon:.6f},{lat:.6f}", "coordinate": "gaode", "callnative": "1"}
    return str(MARKER.with_query(query | ({"name": name} if name else {})))


def navigation_urls(lat: float, lon: float, name: str) -> dict[str, str]:
    """Which map -> the link that shows the way to a WGS-84 point there."""
    return {
        "amap": map_url(lat, lon, name),
        "baidu": _baidu(lat, lon, name),
        "apple": _apple(lat, lon),
        # RFC 5870: WGS-84 unless it says otherwise.
        "phone": f"geo:{lat:.6f},{lon:.6f}",
    }


def _baidu(lat: float, lon: float, name: str) -> str:
    lat, lon = from_wgs84(lat, lon, Datum.BD09)
    query = {"location": f"{lat:.6f},{lon:.6f}", "coord_type": "bd09ll", "output": "html"}
    return str(BAIDU.with_query(query | {"title": name, "content": name, "src": "callcenter"}))


def _apple(lat: float, lon: float) -> str:
    """Within China this map stands on GCJ-02."""
    lat, lon = from_wgs84(lat, lon, Datum.GCJ02)
    return str(APPLE.with_query({"daddr": f"{lat:.6f},{lon:.6f}", "dirflg": "d"}))
