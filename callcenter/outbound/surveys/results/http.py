"""Routes of who looks at results; they are counted anew each time, and the feed says when."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from callcenter.db.transaction import Tx
from callcenter.outbound.surveys import repository
from callcenter.outbound.surveys.model import Nps, Question
from callcenter.outbound.surveys.repository import SQL as SURVEYS
from callcenter.outbound.surveys.response import ResponseState, Via
from callcenter.outbound.surveys.results import export_http, reading
from callcenter.outbound.surveys.results.errors import QuestionUnknown
from callcenter.outbound.surveys.results.figures import mean, nps
from callcenter.outbound.surveys.results.reading import SQL
from callcenter.outbound.surveys.results.tallies import Tally
from callcenter.outbound.surveys.results.wire import (
    CrossColumn,
    CrossQuery,
    CrossTable,
    DaysQuery,
    QuestionResult,
    QuotaOut,
    ResultsQuery,
    SaidPage,
    SaidQuery,
    SurveyDay,
    SurveyDays,
    SurveyResults,
    SurveySaid,
    figures_out,
    interval_out,
)
from callcenter.outbound.surveys.wire import SurveyPath
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["surveys"])
READ = Permission.OUTBOUND_READ


@routes.get("/api/v1/surveys/{survey_id}/results", permission=READ)
async def get_results(call: Call, path: SurveyPath, query: ResultsQuery) -> SurveyResults:
    """All questions with counts, shares, means and scores, each with its interval at 95 %."""
    stored = await repository.get(call.tx, path.survey_id)
    states = await SQL.states_of(call.tx.connection, survey_id=path.survey_id)
    counted = await reading.counted(call.tx, path.survey_id, query.since, query.until)
    return SurveyResults(
        survey_id=stored.id,
        title=stored.draft.title,
        states={ResponseState(r["state"]): r["responses"] for r in states if r["begun"]},
        not_begun=sum(r["responses"] for r in states if not r["begun"]),
        followed_up=sum(r["followed_up"] for r in states),
        quotas=await _quotas(call.tx, path.survey_id),
        questions=[
            QuestionResult(
                question=one.question,
                complete=figures_out(one.question, one.complete),
                partial=figures_out(one.question, one.partial),
                with_words=one.with_words,
                bad=one.bad,
            )
            for one in counted
        ],
    )


async def _quotas(tx: Tx, survey_id: UUID) -> list[QuotaOut]:
    words = {
        quota.code: quota.words
        for survey in reversed((await repository.editions(tx, survey_id)).values())
        for quota in survey.quotas
    }
    rows = await SURVEYS.quotas_of(tx.connection, survey_id=survey_id)
    counts = ("target", "reserved", "confirmed")
    return [
        QuotaOut(
            code=row["quota"],
            words=words.get(row["quota"]),
            **{name: row[name] for name in counts},
        )
        for row in rows
    ]


@routes.get("/api/v1/surveys/{survey_id}/cross", permission=READ)
async def get_cross_table(call: Call, path: SurveyPath, query: CrossQuery) -> CrossTable:
    """Complete responses to one question by tier, province, model, age of the car, or by the
    answer to another question. Who chose several options stands in several columns."""
    questions = await reading.questions_of(call.tx, path.survey_id)
    question = _known(questions, query.question)
    other = None if query.by in reading.FACTS else _known(questions, query.by)
    columns = await reading.crossed(call.tx, path.survey_id, question, other or query.by)
    return CrossTable(
        question=question,
        by=query.by,
        by_question=other,
        columns=[
            CrossColumn(key=key, figures=figures_out(question, tally))
            for key, tally in columns.items()
        ],
    )


@routes.get("/api/v1/surveys/{survey_id}/days", permission=READ)
async def get_days(call: Call, path: SurveyPath, query: DaysQuery) -> SurveyDays:
    """Responses by day, with the mean of a question's scores or numbers.

    Of a question of recommendation its NPS, too.
    """
    states = await reading.states_by_day(call.tx, path.survey_id)
    values: Mapping[date, Tally] = {}
    is_nps = False
    if query.question:
        questions = await reading.questions_of(call.tx, path.survey_id)
        is_nps = isinstance(questions.get(query.question), Nps)
        values = await reading.values_by_day(call.tx, path.survey_id, query.question)
    return SurveyDays(
        items=[
            SurveyDay(
                day=day,
                states={ResponseState(state): n for state, n in counts.items()},
                answered=values.get(day, Tally()).answered,
                mean=interval_out(mean(values.get(day, Tally()).values)),
                nps=interval_out(nps(values.get(day, Tally()).values)) if is_nps else None,
            )
            for day, counts in states.items()
        ]
    )


@routes.get("/api/v1/surveys/{survey_id}/said", permission=READ)
async def list_said(call: Call, path: SurveyPath, query: SaidQuery) -> SaidPage:
    """What was written to a question, newest first."""
    before = read_cursor(query.cursor)
    rows = await SQL.words_of_answers(
        call.tx.connection,
        survey_id=path.survey_id,
        question=query.question,
        before_at=before[0] if before else None,
        before_id=before[1] if before else None,
        limit=query.limit + 1,
    )
    items = [
        SurveySaid(
            response_id=row["response_id"],
            answered_at=row["answered_at"],
            via=Via(row["channel"]),
            text=row["text"] or row["words"] or "",
            beside=row["beside"] or "",
        )
        for row in rows[: query.limit]
    ]
    last = items[-1] if len(rows) > query.limit else None
    return SaidPage(
        items=items,
        next_cursor=write_cursor(last.answered_at, last.response_id) if last else None,
    )


def _known(questions: dict[str, Question], code: str) -> Question:
    if code not in questions:
        raise QuestionUnknown(question=code)
    return questions[code]


routes += export_http.routes
