"""Takes coordinates in as somebody gave them: converted to WGS-84, looked at, placed."""

from dataclasses import dataclass
from pathlib import Path

from callcenter.places.addresses.districts import Districts
from callcenter.places.check import Refusal, check_position
from callcenter.places.datum import to_wgs84
from callcenter.places.gazetteer import Gazetteer, KnownPlace
from callcenter.places.model import Datum


@dataclass(frozen=True)
class LookedAt:
    """WGS-84 degrees; a refusal, or doubts as codes to ask about."""

    lat: float
    lon: float
    refusal: Refusal | None
    doubts: tuple[str, ...]
    province: str | None


class Intake:
    """The door for every position; made once per process, with the tables of known places and of
    districts."""

    def __init__(self, gazetteer: Gazetteer, districts: Districts) -> None:
        self.gazetteer = gazetteer
        self.districts = districts

    @classmethod
    def load(cls, folder: Path) -> "Intake":
        """From the tables in `folder`, made first when they are not there: about 20 s once.

        Raises OSError when the folder cannot be written.
        """
        return cls(Gazetteer.load(folder), Districts.load(folder))

    def look_at(self, lat: float, lon: float, datum: Datum) -> LookedAt:
        """Convert and check; never raises on numbers."""
        verdict = check_position(lat, lon, self.gazetteer)
        if verdict.refusal is None and datum is not Datum.WGS84:
            lat, lon = to_wgs84(lat, lon, datum)
            verdict = check_position(lat, lon, self.gazetteer)
        return LookedAt(lat, lon, verdict.refusal, verdict.doubts, verdict.province)

    def province_at(self, lat: float, lon: float) -> str | None:
        """The province of a WGS-84 point, None abroad or far from everything."""
        return check_position(lat, lon, self.gazetteer).province

    def near(self, lat: float, lon: float) -> KnownPlace:
        """The nearest known place, for the words "near ..."."""
        return self.gazetteer.nearest(lat, lon)[0]
