"""Tianditu (天地图) as a geopy geocoder: it answers in CGCS2000, which is WGS-84 to a metre."""

import json
from functools import partial
from typing import Any
from urllib.parse import urlencode

from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location

OK, NOTHING, WRONG = "0", "101", "404"
"""Its status: found, nothing found, the question was wrong."""


class Tianditu(Geocoder):  # type: ignore[misc]
    """The one place that it gives for an address; `domain`: another host that answers alike."""

    def __init__(
        self, api_key: str, *, domain: str = "api.tianditu.gov.cn", **options: Any
    ) -> None:
        super().__init__(**options)
        self._api_key = api_key
        self.api = f"{self.scheme}://{domain.strip('/')}/geocoder"

    def geocode(
        self, query: str, *, exactly_one: bool = True, timeout: Any = DEFAULT_SENTINEL
    ) -> Any:
        """A Location, or a list of it when not `exactly_one`; None when nothing is found."""
        question = json.dumps({"keyWord": query}, ensure_ascii=False)
        asked = urlencode({"ds": question, "tk": self._api_key})
        parse = partial(self._parse, exactly_one=exactly_one)
        return self._call_geocoder(f"{self.api}?{asked}", parse, timeout=timeout)

    def _parse(self, page: dict[str, Any], exactly_one: bool) -> Any:
        status = str(page["status"])
        if status == NOTHING:
            return None
        if status != OK:
            kind = GeocoderQueryError if status == WRONG else GeocoderServiceError
            raise kind(f"status {status}")
        place = page["location"]
        point = float(place["lat"]), float(place["lon"])
        found = Location(str(place.get("keyWord", "")), point, place)
        return found if exactly_one else [found]
