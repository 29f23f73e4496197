"""What counts as an effect of a campaign, and what does not."""

from collections.abc import Sequence
from uuid import UUID

import pytest

from callcenter.db.transaction import Tx
from callcenter.ids import new_id
from callcenter.outbound.campaigns import repository as campaigns
from callcenter.outbound.model import Arm
from callcenter.outbound.results.model import Count, Effect, Verdict
from callcenter.outbound.results.of_all import results_of_all
from callcenter.outbound.results.service import results
from callcenter.outbound.results.words import effect_words
from callcenter.outbound.surveys import responses
from callcenter.tickets import owner_words
from callcenter.tickets import repository as tickets
from callcenter.tickets import service as ticket_verbs
from callcenter.tickets.model import Kind, Ticket
from tests.outbound.results.arms import a_survey, answered, booked, gave_stars
from tests.outbound.results.test_results import a_campaign, came, found
from tests.outbound.surveys.cast import published, question, says, survey


async def test_who_has_cancelled_or_was_missed_has_not_booked(tx: Tx) -> None:
    campaign, cars, _ = await a_campaign(tx, 100, 40)
    for at, state in enumerate(("booked", "came", "cancelled", "missed")):
        await booked(tx, cars[at * 10 : at * 10 + 10], state)
    await booked(tx, cars[100:102], "booked")
    await booked(tx, cars[102:110], "cancelled")
    await booked(tx, cars[50:60], "booked", days_ago=25)
    told = (await found(tx, campaign))[Effect.BOOKED]
    assert (told.treated, told.held_out) == (Count(100, 20), Count(40, 2))
    assert told.verdict is Verdict.MORE


async def test_who_cancelled_and_booked_again_has_booked_once(tx: Tx) -> None:
    campaign, cars, _ = await a_campaign(tx, 40, 40)
    await booked(tx, cars[:6], "cancelled")
    await booked(tx, cars[:6], "booked")
    await booked(tx, cars[:6], "booked", wanted="repair")
    assert (await found(tx, campaign))[Effect.BOOKED].treated.effects == 6


async def test_satisfied_are_those_who_say_so_by_stars_or_in_any_survey(tx: Tx) -> None:
    """Of those who say anything: the campaign may have asked one arm only."""
    campaign, _, owners = await a_campaign(tx, 60, 60)
    survey = await a_survey(tx)
    await gave_stars(tx, owners[:10], 5)
    await gave_stars(tx, owners[10:20], 3)
    await answered(tx, survey, owners[20:35], {"how": 4, "recommend": 9})
    await answered(tx, survey, owners[35:40], {"how": 5, "recommend": 0})
    await answered(tx, survey, owners[60:80], {"recommend": 7})
    await answered(tx, survey, owners[80:92], {"how": 4})
    await gave_stars(tx, owners[92:100], 5, days_ago=40)
    told = (await found(tx, campaign))[Effect.SATISFIED]
    assert told.treated == Count(40, 25)
    assert told.held_out == Count(32, 12)
    assert told.verdict is Verdict.MORE


async def test_one_owner_who_speaks_twice_is_taken_by_his_mean(tx: Tx) -> None:
    campaign, _, owners = await a_campaign(tx, 40, 40)
    survey = await a_survey(tx)
    await gave_stars(tx, owners[:1], 1)
    await answered(tx, survey, owners[:1], {"how": 5})
    assert (await found(tx, campaign))[Effect.SATISFIED].treated == Count(1, 0)


async def test_where_nobody_held_out_has_said_anything_it_is_too_few_and_says_what_is_missing(
    tx: Tx,
) -> None:
    campaign, _, owners = await a_campaign(tx, 40, 40)
    await gave_stars(tx, owners[:31], 5)
    told = (await found(tx, campaign))[Effect.SATISFIED]
    assert (told.verdict, told.missing.held_out, told.missing.treated) == (Verdict.TOO_FEW, 30, 0)
    assert "30 held out who say how it was" in effect_words("en", told)
    assert "对照组中说过评价的 30 人" in effect_words("zh", told)


async def test_those_held_out_of_all_campaigns_are_compared_with_the_spoken_to(tx: Tx) -> None:
    campaign, cars, owners = await a_campaign(tx, 100, 60)
    await tx.connection.execute(
        "update run_members set arm = 'held_out_of_all' where owner_id = any($1)", owners[130:]
    )
    await booked(tx, cars[:40], "booked")
    await booked(tx, cars[100:106], "booked")
    await booked(tx, cars[130:133], "came")
    read = await results(tx, await campaigns.get(tx, campaign))
    told = next(one for one in read.effects if one.effect is Effect.BOOKED)
    assert read.members[Arm.HELD_OUT_OF_ALL] == 30
    assert told.held_out_of_all == Count(30, 3)
    assert told.uplift_of_all is not None
    assert told.uplift_of_all.value == 0.4 - 0.1
    assert told.held_out == Count(30, 6)
    assert read.final_on is not None


async def second_cars(tx: Tx, owners: Sequence[UUID]) -> list[UUID]:
    """Each of these owners has one more; the cars."""
    cars = [new_id() for _ in owners]
    many = tx.connection.executemany
    await many("insert into vehicles (id) values ($1)", [(one,) for one in cars])
    await many(
        "insert into owner_vehicles (owner_id, vehicle_id) values ($1, $2)",
        list(zip(owners, cars, strict=True)),
    )
    return cars


@pytest.mark.parametrize(
    ("kind", "brought"), [("greeting", 40), ("special_survey", 40), ("maintenance", 0)]
)
async def test_who_was_spoken_to_as_an_owner_may_come_with_any_car_of_his(
    tx: Tx, kind: str, brought: int
) -> None:
    """The car that stands with a member is only the first of his; of a campaign about cars it is
    the one he was told of."""
    campaign, cars, owners = await a_campaign(tx, 80, 40)
    await tx.connection.execute("update campaigns set kind = $1", kind)
    await tx.connection.execute(
        "update run_members m set vehicle_id = o.vehicle_id from owner_vehicles o"
        " where o.owner_id = m.owner_id"
    )
    others = await second_cars(tx, owners[:40])
    await booked(tx, others, "booked")
    await came(tx, others, 5)
    await booked(tx, cars[:2], "booked", wanted="repair")
    told = await found(tx, campaign)
    assert told[Effect.BOOKED].treated.effects == max(brought, 2)
    assert told[Effect.CAME_BACK].treated.effects == brought


async def a_rating_asked(tx: Tx, kind: Kind, owner: UUID) -> tuple[Ticket, UUID]:
    """A ticket of his that is over, and a survey about it whose question is the rescue's rating."""
    ticket = await ticket_verbs.open_ticket(
        tx, "test", kind=kind, particulars={}, caller_phone="+8613800138000", owner_id=owner
    )
    await tx.connection.execute("update tickets set stage = 'resolved' where id = $1", ticket.id)
    whole = survey(question("csat", "overall", is_rating=True))
    asked_by = await published(tx, whole, name=str(ticket.id))
    response = await responses.open_response(tx, asked_by, ticket_id=ticket.id, owner_id=owner)
    return ticket, response.id


async def said_of_both(tx: Tx, campaign: UUID) -> tuple[Count, Count]:
    """Satisfied of those who have said how it was: of the spoken to in this campaign, of all."""
    of_all = await results_of_all(tx, 0.0, 365)
    told = next(one for one in of_all.effects if one.effect is Effect.SATISFIED)
    return (await found(tx, campaign))[Effect.SATISFIED].treated, told.treated


@pytest.mark.parametrize("kind", [Kind.RESCUE, Kind.COMPLAINT, Kind.ENQUIRY])
async def test_a_score_marked_as_the_rating_is_said_once_whatever_it_is_about(
    tx: Tx, kind: Kind
) -> None:
    """Of a rescue it is the rating; asked after a complaint it is an answer like any other."""
    campaign, _, owners = await a_campaign(tx, 40, 40)
    _, response = await a_rating_asked(tx, kind, owners[0])
    await says(tx, response, "overall", score=4)
    assert await said_of_both(tx, campaign) == (Count(1, 1), Count(1, 1))
    # With three stars of another rescue the mean of the two is not good.
    await gave_stars(tx, owners[:1], 3)
    assert await said_of_both(tx, campaign) == (Count(1, 0), Count(1, 0))


async def test_a_rating_of_a_rescue_that_goes_on_in_another_is_said_once(tx: Tx) -> None:
    campaign, _, owners = await a_campaign(tx, 40, 40)
    merged, response = await a_rating_asked(tx, Kind.RESCUE, owners[0])
    survivor, _ = await a_rating_asked(tx, Kind.RESCUE, owners[1])
    await tx.connection.execute(
        "insert into ticket_merges (id, survivor_id, merged_id, stage_before, reason, merged_by)"
        " values ($1, $2, $3, 'opened', '', 'test')",
        *(new_id(), survivor.id, merged.id),
    )
    await tx.connection.execute("update tickets set stage = 'merged' where id = $1", merged.id)
    await owner_words.rate(tx, "link", await tickets.get(tx, survivor.id), 1, "")
    await says(tx, response, "overall", score=5)
    # Each owner is heard with his own.
    assert await said_of_both(tx, campaign) == (Count(2, 1), Count(2, 1))
