"""What results look like on the wire. Shares are fractions; intervals are at 95 %."""

from datetime import date
from uuid import UUID

from callcenter.outbound.surveys.model import Question
from callcenter.outbound.surveys.parts import BothWords, Code
from callcenter.outbound.surveys.response import ResponseState, Via
from callcenter.outbound.surveys.results.figures import Interval
from callcenter.outbound.surveys.results.tallies import Figures, Share, Tally, figures_of
from callcenter.web.wire import ListQuery, Moment, Page, QueryModel, WireModel


class IntervalOut(WireModel):
    """An estimate and between which values the truth lies; null where too few have answered."""

    value: float
    low: float | None
    high: float | None


class ShareOut(WireModel):
    """One possible answer: how many gave it and which share of those who answered."""

    code: str
    count: int
    share: IntervalOut


class FiguresOut(WireModel):
    """Figures of one question; those that mean nothing for its type are null or empty.

    `nps` runs from -100 to 100; `satisfied` is the share of 4 and 5 of CSAT, of 5 to 7 of CES.
    """

    answered: int
    passed: int
    shares: list[ShareOut]
    rows: dict[str, list[ShareOut]]
    mean: IntervalOut | None
    median: float | None
    nps: IntervalOut | None
    satisfied: IntervalOut | None


class QuestionResult(WireModel):
    """One question: complete responses, and the answers of partial ones apart. `bad` counts in both
    the answers after which a person should speak with the owner, with a ticket or without."""

    question: Question
    complete: FiguresOut
    partial: FiguresOut
    with_words: int
    bad: int


class QuotaOut(WireModel):
    """How full a quota is; `reserved` by who is answering now."""

    code: str
    words: BothWords | None
    target: int
    reserved: int
    confirmed: int


class SurveyResults(WireModel):
    """All of it. `states` counts who has answered at least once; `followed_up` have a ticket."""

    survey_id: UUID
    title: BothWords
    states: dict[ResponseState, int]
    not_begun: int
    followed_up: int
    quotas: list[QuotaOut]
    questions: list[QuestionResult]


class CrossColumn(WireModel):
    """Of those of whom `key` is so (empty: it is not known) what they said."""

    key: str
    figures: FiguresOut


class CrossTable(WireModel):
    """What was said to a question, by a fact or by the answer to another."""

    question: Question
    by: str
    by_question: Question | None
    columns: list[CrossColumn]


class SurveyDay(WireModel):
    """One day on China's calendars: responses by state, the mean of a question's scores, and where
    it asks for a recommendation its NPS; null of any other."""

    day: date
    states: dict[ResponseState, int]
    answered: int
    mean: IntervalOut | None
    nps: IntervalOut | None


class SurveyDays(WireModel):
    """Days with answers, oldest first."""

    items: list[SurveyDay]


class SurveySaid(WireModel):
    """What somebody wrote. `beside`: the option or score it was written to."""

    response_id: UUID
    answered_at: Moment
    via: Via
    text: str
    beside: str


SaidPage = Page[SurveySaid]


class ResultsQuery(QueryModel):
    """Of which time: when the last answer came."""

    since: Moment | None = None
    until: Moment | None = None


class CrossQuery(QueryModel):
    """`by`: tier, province, model, car_age, or the code of another question."""

    question: Code
    by: Code


class DaysQuery(QueryModel):
    """Whose scores."""

    question: Code | None = None


class SaidQuery(ListQuery):
    """To which question."""

    question: Code


class ExportQuery(QueryModel):
    """Which survey, and which of its responses."""

    survey_id: UUID
    state: ResponseState | None = None


def figures_out(question: Question, tally: Tally) -> FiguresOut:
    """The figures of a tally."""
    found: Figures = figures_of(question, tally)
    return FiguresOut(
        answered=tally.answered,
        passed=tally.passed,
        shares=[share_out(one) for one in found.shares],
        rows={row: [share_out(one) for one in cells] for row, cells in found.rows.items()},
        mean=interval_out(found.mean),
        median=found.median,
        nps=interval_out(found.nps),
        satisfied=interval_out(found.satisfied),
    )


def share_out(share: Share) -> ShareOut:
    """One answer."""
    out = interval_out(share.share)
    assert out is not None
    return ShareOut(code=share.code, count=share.count, share=out)


def interval_out(interval: Interval | None) -> IntervalOut | None:
    """An estimate, where there is one."""
    return IntervalOut(**vars(interval)) if interval else None
