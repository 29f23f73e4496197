"""The verbs of whoever writes surveys: draft, publish an edition, open, close."""

from uuid import UUID

from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.surveys import repository
from callcenter.outbound.surveys.check import checked
from callcenter.outbound.surveys.errors import (
    QuotaBelowFilled,
    SurveyNotFound,
    SurveyUnpublished,
)
from callcenter.outbound.surveys.events import SurveyDrafted, SurveyMoved, SurveyPublished
from callcenter.outbound.surveys.model import Survey
from callcenter.outbound.surveys.repository import SQL, StoredSurvey
from callcenter.outbound.surveys.response import SurveyState
from callcenter.web.errors import VersionStale


async def draft(tx: Tx, actor: str, name: str, survey: Survey) -> StoredSurvey:
    """A new survey, which nobody can answer yet; it need not fit together."""
    row = await SQL.insert_survey(
        tx.connection, id=new_id(), name=name, draft=survey.model_dump_json(), made_by=actor
    )
    await record(tx, SurveyDrafted(survey_id=row["id"]), actor=actor)
    return await repository.get(tx, row["id"])


async def edit(
    tx: Tx, actor: str, survey_id: UUID, version: int, name: str, survey: Survey
) -> StoredSurvey:
    """Change the draft just read at this version; what is published stays as it was.

    Raises SurveyNotFound, VersionStale.
    """
    row = await SQL.edit_survey(
        tx.connection, id=survey_id, version=version, name=name, draft=survey.model_dump_json()
    )
    if row is None:
        raise VersionStale(version=(await repository.get(tx, survey_id)).version)
    await record(tx, SurveyDrafted(survey_id=survey_id), actor=actor)
    return await repository.get(tx, survey_id)


async def publish(tx: Tx, actor: str, survey_id: UUID, version: int) -> int:
    """The draft, read at this version, as the next edition, which never changes; answers its
    number. Who has begun goes on with the edition he began with.

    Raises SurveyRefused with every fault (a code that an earlier edition has used for something
    else is one), VersionStale, QuotaBelowFilled.
    """
    locked = await SQL.lock_survey(tx.connection, id=survey_id)
    if locked is None:
        raise SurveyNotFound
    if locked["version"] != version:
        raise VersionStale(version=locked["version"])
    published = await repository.editions(tx, survey_id)
    survey = checked(repository.survey_of(locked["draft"]), published)
    await _set_quotas(tx, survey_id, survey)
    row = await SQL.insert_edition(
        tx.connection,
        survey_id=survey_id,
        questions=survey.model_dump_json(),
        published_by=actor,
    )
    fact = SurveyPublished(survey_id=survey_id, edition=row["edition"])
    await record(tx, fact, actor=actor)
    return int(row["edition"])


async def _set_quotas(tx: Tx, survey_id: UUID, survey: Survey) -> None:
    for quota in sorted(survey.quotas, key=lambda one: one.code):
        row = await SQL.set_quota(
            tx.connection, survey_id=survey_id, quota=quota.code, target=quota.target
        )
        if row is None:
            rows = await SQL.quotas_of(tx.connection, survey_id=survey_id)
            (filled,) = (r["reserved"] + r["confirmed"] for r in rows if r["quota"] == quota.code)
            raise QuotaBelowFilled(quota=quota.code, filled=filled)


async def open_survey(tx: Tx, actor: str, survey_id: UUID) -> StoredSurvey:
    """It takes answers from now on; raises SurveyUnpublished. Open already, it stays so."""
    found = await repository.get(tx, survey_id)
    if found.edition is None:
        raise SurveyUnpublished
    return await _move(tx, actor, survey_id, SurveyState.OPEN)


async def close_survey(tx: Tx, actor: str, survey_id: UUID) -> StoredSurvey:
    """It takes no more answers; those half done are kept and may go on when it opens again."""
    return await _move(tx, actor, survey_id, SurveyState.CLOSED)


async def _move(tx: Tx, actor: str, survey_id: UUID, to: SurveyState) -> StoredSurvey:
    row = await SQL.move_survey(tx.connection, id=survey_id, to=to.value)
    if row is not None:
        await record(tx, SurveyMoved(survey_id=survey_id, state=to.value), actor=actor)
    return await repository.get(tx, survey_id)
