"""The verbs of a campaign: drafted, handed in, approved by another person, paused, stopped."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from callcenter.db.enqueue import Job, enqueue
from callcenter.db.events import record
from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.audiences import service as audiences
from callcenter.outbound.campaigns.check import Fault, survey_faults
from callcenter.outbound.campaigns.errors import (
    AudienceEmpty,
    AudienceMissing,
    CampaignMoveRefused,
    CampaignNeedsAnother,
    PlanFaulty,
)
from callcenter.outbound.campaigns.events import CampaignDrafted, CampaignEdited, CampaignMoved
from callcenter.outbound.campaigns.model import (
    BY_FACT,
    MOVES,
    PRIORITY,
    Campaign,
)
from callcenter.outbound.campaigns.people import Addressed
from callcenter.outbound.campaigns.repository import SQL, campaign_of, lock
from callcenter.outbound.campaigns.survey_words import open_of
from callcenter.outbound.campaigns.trial import all_faults
from callcenter.outbound.policies.shelf import pack
from callcenter.outbound.touches import service as touches
from callcenter.web.errors import VersionStale

WITHDRAW_REST = "outbound.withdraw_rest"
GO_ON = "outbound.go_on"


async def draft(tx: Tx, actor: str, fields: dict[str, Any]) -> Campaign:
    """A new draft; it need not be whole yet."""
    row = await SQL.insert_campaign(
        tx.connection,
        id=new_id(),
        made_by=actor,
        priority=PRIORITY[fields["kind"]],
        **(fields | {"plan": fields["plan"].model_dump_json()}),
    )
    await record(tx, CampaignDrafted(campaign_id=row["id"]), actor=actor)
    return campaign_of(row)


async def edit(tx: Tx, actor: str, campaign: Campaign, changes: dict[str, Any]) -> Campaign:
    """Change a draft just read at this version. Raises CampaignMoveRefused, VersionStale."""
    _may(campaign, "edit")
    names = ("name", "purpose", "audience_id", "policy", "plan", "starts_at", "ends_at")
    values = {name: changes.get(name, getattr(campaign, name)) for name in names}
    values["plan"] = values["plan"].model_dump_json()
    row = await SQL.edit_campaign(tx.connection, id=campaign.id, version=campaign.version, **values)
    if row is None:
        raise VersionStale(version=(await lock(tx, campaign.id)).version)
    fact = CampaignEdited(campaign_id=campaign.id, fields=sorted(changes))
    await record(tx, fact, actor=actor)
    return campaign_of(row)


async def submit(
    tx: Tx, actor: str, campaign: Campaign, people: Sequence[Addressed], language: str
) -> Campaign:
    """Hand it in for approval. `people`: real ones of its audience.

    From now on nobody changes the rule of its audience. Raises PlanFaulty with every fault,
    AudienceMissing, AudienceEmpty, PolicyUnknown, CampaignMoveRefused.
    """
    if campaign.kind not in BY_FACT:
        if campaign.audience_id is None:
            raise AudienceMissing
        if not people:
            raise AudienceEmpty
        await audiences.hold(tx)
    pack(campaign.policy, await tx.now())
    surveys = await open_of(tx, campaign.plan)
    _check(all_faults(campaign.plan, campaign.kind, campaign.purpose, people, surveys), language)
    return await _move(tx, actor, campaign, "submit")


async def approve(tx: Tx, actor: str, campaign: Campaign, language: str = "zh") -> Campaign:
    """A second person says yes: it runs, from its beginning on. Raises CampaignNeedsAnother,
    CampaignMoveRefused, PlanFaulty for a survey that is not open any more."""
    if actor == campaign.submitted_by:
        raise CampaignNeedsAnother
    _may(campaign, "approve")
    _check(survey_faults(campaign.plan, await open_of(tx, campaign.plan)), language)
    return await _move(tx, actor, campaign, "approve")


async def send_back(tx: Tx, actor: str, campaign: Campaign, reason: str) -> Campaign:
    """A second person says no, and why: it is a draft again. Raises CampaignMoveRefused."""
    return await _move(tx, actor, campaign, "send_back", reason)


async def pause(tx: Tx, actor: str, campaign: Campaign, reason: str) -> Campaign:
    """Nothing new is said from this moment on. Raises CampaignMoveRefused."""
    return await _move(tx, actor, campaign, "pause", reason)


async def resume(tx: Tx, actor: str, campaign: Campaign) -> Campaign:
    """It goes on. Raises CampaignMoveRefused."""
    running = await _move(tx, actor, campaign, "resume")
    await touches.wake(tx, campaign.id)
    since = running.paused_at.isoformat() if running.paused_at else None
    payload = {"campaign_id": str(campaign.id), "paused_at": since}
    await enqueue(tx, [Job(GO_ON, payload, f"{GO_ON}:{campaign.id}:{running.version}")])
    return running


async def stop(tx: Tx, actor: str, campaign: Campaign, reason: str) -> Campaign:
    """It is over for good, and what waits is never said. Raises CampaignMoveRefused."""
    stopped = await _move(tx, actor, campaign, "stop", reason)
    await _withdraw(tx, campaign.id, "campaign_stopped")
    return stopped


async def end(tx: Tx, actor: str, campaign: Campaign) -> Campaign:
    """Its time is over. Raises CampaignMoveRefused."""
    ended = await _move(tx, actor, campaign, "end")
    await _withdraw(tx, campaign.id, "campaign_over")
    return ended


def _check(found: Sequence[Fault], language: str) -> None:
    if found:
        words = [one.words_zh if language == "zh" else one.words_en for one in found]
        raise PlanFaulty(faults=" ".join(words))


async def _withdraw(tx: Tx, campaign_id: UUID, reason: str) -> None:
    """What a person can see go, at once; the many more by the worker."""
    if await touches.withdraw(tx, campaign_id, reason) == 0:
        return
    payload = {"campaign_id": str(campaign_id), "reason": reason}
    await enqueue(tx, [Job(WITHDRAW_REST, payload, f"{WITHDRAW_REST}:{campaign_id}")])


async def _move(tx: Tx, actor: str, campaign: Campaign, verb: str, reason: str = "") -> Campaign:
    sources, state = MOVES[verb]
    row = await SQL.move_campaign(
        tx.connection,
        id=campaign.id,
        state=state.value,
        verb=verb,
        reason=reason,
        actor=actor,
        from_states=sorted(sources),
    )
    if row is None:
        raise CampaignMoveRefused(state=(await lock(tx, campaign.id)).state.value)
    fact = CampaignMoved(campaign_id=campaign.id, was=campaign.state.value, state=state.value)
    await record(tx, fact, actor=actor)
    return campaign_of(row)


def _may(campaign: Campaign, verb: str) -> None:
    if campaign.state not in MOVES[verb][0]:
        raise CampaignMoveRefused(state=campaign.state.value)
