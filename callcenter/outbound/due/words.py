"""Why a car is due then, in a sentence for an agent."""

from datetime import date

from callcenter.clock import CHINA
from callcenter.outbound.due.model import Because, DueDate, NextService

LOST = 0.3
"""Below this the owner has probably gone elsewhere."""
SERVICE = {
    "zh": {NextService.FIRST_SERVICE: "首保", NextService.MAINTENANCE: "保养"},
    "en": {NextService.FIRST_SERVICE: "First service", NextService.MAINTENANCE: "Service"},
}
BECAUSE = {
    "zh": {Because.DISTANCE: "先到里程", Because.TIME: "先到时间"},
    "en": {Because.DISTANCE: "the distance comes first", Because.TIME: "the time comes first"},
}
SENTENCE = {
    "zh": "每天约 {rate} 公里,{since};{because},预计 {p50} 前后{service}({p10} 至 {p90})。",
    "en": "About {rate} km a day, {since}; {because}. {service} expected about {p50} "
    "({p10} to {p90}).",
}
SINCE = {
    "zh": {
        "visit": "上次 {day} 进站",
        "km": ",里程 {km} 公里",
        "delivery": "{day} 交车后还没有进过站",
    },
    "en": {
        "visit": "last here on {day}",
        "km": " at {km} km",
        "delivery": "delivered on {day}, never here since",
    },
}
BOOKED = {"zh": "已预约 {day}。", "en": "Booked for {day}."}
GONE = {
    "zh": "很久没有来,可能已不在我们这里保养。",
    "en": "Silent for long: probably serviced elsewhere by now.",
}


def due_words(language: str, due: DueDate) -> str:
    """One sentence, and a second where there is more to know."""
    told = SENTENCE[language].format(
        rate=round(due.km_per_day),
        since=_since(language, due),
        because=BECAUSE[language][due.because],
        service=SERVICE[language][due.next_service],
        p10=due.p10,
        p50=due.p50,
        p90=due.p90,
    )
    more = ""
    if due.booked_for is not None:
        more = BOOKED[language].format(day=due.booked_for.astimezone(CHINA).date())
    elif due.still_ours < LOST:
        more = GONE[language]
    between = " " if language == "en" and more else ""
    return f"{told}{between}{more}"


def _since(language: str, due: DueDate) -> str:
    words = SINCE[language]
    if due.last_visit_on is None:
        return words["delivery"].format(day=_day(due.delivered_on))
    km = words["km"].format(km=f"{due.last_km:,}") if due.last_km is not None else ""
    return words["visit"].format(day=_day(due.last_visit_on)) + km


def _day(day: date | None) -> str:
    return day.isoformat() if day else "-"
