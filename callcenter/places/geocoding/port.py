"""What a geocoder is to us: words in, points on WGS-84 out, or a code why there are none."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Failure(StrEnum):
    """Why there is no answer."""

    TIMEOUT = "timeout"
    RATE_LIMITED = "rate_limited"
    QUOTA = "quota"
    BAD_KEY = "bad_key"
    UNAVAILABLE = "unavailable"
    BROKEN_ANSWER = "broken_answer"
    REFUSED = "refused"


@dataclass(frozen=True)
class Found:
    """A place that fits: degrees WGS-84, metres that it may be off, and its name as told."""

    lat: float
    lon: float
    accuracy_m: float
    words: str


@dataclass(frozen=True)
class Answer:
    """The places that fit, or `failure`: the service gave no answer, which is not «no place»."""

    found: tuple[Found, ...] = ()
    failure: Failure | None = None

    @property
    def ask(self) -> list[str]:
        """`which` when several places fit: a person chooses, nobody guesses."""
        return ["which"] if len(self.found) > 1 else []


class GeocoderPort(Protocol):
    """A service that knows where addresses are. It never raises and always ends in time."""

    async def find(self, words: str) -> Answer:
        """The places that these words may mean."""
        ...
