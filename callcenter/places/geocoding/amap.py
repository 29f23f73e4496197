"""AMap (高德) as a geopy geocoder: its address service answers in GCJ-02."""

from functools import partial
from typing import Any
from urllib.parse import urlencode

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderQueryError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderUnavailable,
)
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

OK = "10000"
ERRORS: dict[str, type[GeocoderServiceError]] = {
    **dict.fromkeys(
        ("10001", "10002", "10005", "10006", "10007", "10008", "10009", "10011", "10012", "10013"),
        GeocoderAuthenticationFailure,
    ),
    **dict.fromkeys(("10003", "10010", "10044", "10045", "40000"), GeocoderQuotaExceeded),
    **dict.fromkeys(
        ("10004", "10014", "10015", "10019", "10020", "10021", "10029"), GeocoderRateLimited
    ),
    **dict.fromkeys(("10016", "10017"), GeocoderUnavailable),
}
"""Its infocodes: the key, the day's quota, too many a second, its servers. 2xxxx: the question."""

ENGINE = "30001"
"""What it says of an address it can make nothing of: no place, and no fault of anybody."""


class AMap(Geocoder):  # type: ignore[misc]
    """Places of an address, all that it gives; `domain`: another host that answers alike."""

    def __init__(self, api_key: str, *, domain: str = "restapi.amap.com", **options: Any) -> None:
        super().__init__(**options)
        self._api_key = api_key
        self.api = f"{self.scheme}://{domain.strip('/')}/v3/geocode/geo"

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """A Location, or a list of them when not `exactly_one`; None when nothing is found."""
        asked = urlencode({"key": self._api_key, "address": query, "output": "JSON"})
        parse = partial(self._parse, exactly_one=exactly_one)
        return self._call_geocoder(f"{self.api}?{asked}", parse, timeout=timeout)

    def _parse(self, page: dict[str, Any], exactly_one: bool) -> Any:
        if page["infocode"] != OK:
            return _refused(str(page["infocode"]))
        found = [_location(place) for place in page["geocodes"]]
        return (found[0] if exactly_one else found) if found else None


def _refused(infocode: str) -> None:
    if infocode == ENGINE:
        return
    unknown = GeocoderQueryError if infocode[:1] == "2" else GeocoderServiceError
    raise ERRORS.get(infocode, unknown)(f"infocode {infocode}")


def _location(place: dict[str, Any]) -> Location:
    lon, lat = place["location"].split(",")
    return Location(place["formatted_address"], (float(lat), float(lon)), place)
