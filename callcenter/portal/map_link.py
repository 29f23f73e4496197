"""A link that opens a map on any phone: AMap's address, which opens the app or a page.

`geo:` does nothing on an iPhone. Nothing is loaded from there: only who taps goes there, with the
coordinates. https://lbs.amap.com/api/uri-api/guide/mobile-web/point
"""

from yarl import URL

from callcenter.places.datum import from_wgs84
from callcenter.places.model import Datum

MARKER = URL("https://uri.amap.com/marker")


def map_url(lat: float, lon: float, name: str = "") -> str:
    """A marker at a WGS-84 point, in the GCJ-02 that this map expects, longitude first."""
    lat, lon = from_wgs84(lat, lon, Datum.GCJ02)
    query = {"position": f"{lon:.6f},{lat:.6f}", "coordinate": "gaode", "callnative": "1"}
    return str(MARKER.with_query(query | ({"name": name} if name else {})))
