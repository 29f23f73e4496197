"""Routes of places: what a sentence says, before there is a ticket."""

from typing import Annotated

from pydantic import Field

from callcenter.places.intake import Intake
from callcenter.places.located import Located
from callcenter.places.model import Datum, OnRoad
from callcenter.places.roads.carriageway import ends_of
from callcenter.places.saying import Saying, read_saying
from callcenter.places.saying_words import candidates_words, question, understood_words
from callcenter.places.understood import Understood, understand
from callcenter.web.call import Call
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import WireModel

routes = Routes(tags=["places"])


DATUM_UNKNOWN = "datum_unknown"
"""Coordinates of an unknown grid may be 1.5 km off: it must be asked where they come from."""


class ReadingDraft(WireModel):
    """A sentence, a pasted link, an address; `datum` is that of plain coordinates in it."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]
    datum: Datum | None = None


class TowardsOut(WireModel):
    """An answer to "which direction?": the road's end as it is sent back, and as it is read."""

    towards: str
    words: str


class QuestionOut(WireModel):
    """What must be asked back: a code, and the question in the caller's language."""

    code: str
    words: str


class SpotOut(WireModel):
    """Where on the map: WGS-84, how far it may be off, what it comes from, and doubts as codes."""

    lat: float
    lon: float
    accuracy_m: float | None
    source: str
    province: str | None
    near: str
    doubts: list[str]


class ReadingOut(WireModel):
    """What was understood: its kind and words, questions, candidates, and the spot if there is."""

    kind: str
    understood: str
    ask: list[QuestionOut]
    candidates: list[str]
    spot: SpotOut | None
    towards: list[TowardsOut] = Field(
        default_factory=list, description="The road's ends, where the direction must be asked."
    )


@routes.post("/api/v1/places/reading", permission=Permission.PLACES_READ, reads=True)
async def read_place(call: Call, body: ReadingDraft) -> ReadingOut:
    """What is understood of a sentence; nothing is kept."""
    intake = call.part(Intake)
    saying = read_saying(body.text, intake.districts)
    understood = await understand(call.tx, saying, intake)
    return reading_out(call.language, saying, understood, intake, body.datum)


def reading_out(
    language: str, saying: Saying, it: Understood, intake: Intake, datum: Datum | None
) -> ReadingOut:
    """The reading on the wire, in the language of who reads it."""
    return ReadingOut(
        kind=saying.kind,
        understood=understood_words(language, saying, it.on_road, intake.gazetteer),
        ask=[QuestionOut(code=code, words=question(language, code)) for code in it.ask],
        candidates=candidates_words(language, saying, intake.gazetteer),
        spot=_spot(language, it.located, intake, datum) if it.located else None,
        towards=ends_out(language, it.on_road, intake) if "direction" in it.ask else [],
    )


def ends_out(language: str, on_road: OnRoad | None, intake: Intake) -> list[TowardsOut]:
    """The ends that the signs of the road name; none where it is no expressway we know."""
    ends = ends_of(on_road.road) if on_road else ()
    english = language == "en"
    return [
        TowardsOut(towards=end, words=intake.gazetteer.in_english(end) if english else end)
        for end in ends
    ]


def _spot(language: str, located: Located, intake: Intake, datum: Datum | None) -> SpotOut:
    told = located.datum or datum
    seen = intake.look_at(located.lat, located.lon, told or Datum.WGS84)
    doubts = seen.doubts if told else (*seen.doubts, DATUM_UNKNOWN)
    near = intake.near(seen.lat, seen.lon)
    return SpotOut(
        lat=seen.lat,
        lon=seen.lon,
        accuracy_m=located.accuracy_m,
        source=located.source.value,
        province=seen.province,
        near=near.zh if language == "zh" and near.zh else near.en,
        doubts=[seen.refusal.code] if seen.refusal else list(doubts),
    )
