"""Audiences and their members as a reader may see them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.model import Owner
from callcenter.outbound.audiences.formula import Formula
from callcenter.outbound.audiences.leaves.leaf import Subject
from callcenter.outbound.audiences.model import leaves, subject
from callcenter.outbound.audiences.sampled import Sampled
from callcenter.outbound.audiences.seen import CarSeen
from callcenter.outbound.audiences.service import Audience
from callcenter.outbound.audiences.speaker import Names
from callcenter.outbound.audiences.wire import (
    AudienceOut,
    CarExplainedOut,
    ReasonOut,
    SampleCarOut,
    SampledOut,
)
from callcenter.outbound.audiences.words import fact_words, words
from callcenter.phones import masked
from callcenter.web.call import Call
from callcenter.web.permission import Permission


def audience_out(
    audience: Audience, language: str, names: Names, makers: Mapping[str, str]
) -> AudienceOut:
    """One audience in the reader's language."""
    return AudienceOut(
        id=audience.id,
        name=audience.name,
        rule=audience.rule,
        words={path: words(leaf, language, names) for path, leaf in leaves(audience.rule)},
        subject=subject(audience.rule),
        made_by=audience.made_by,
        maker=makers.get(audience.made_by),
        made_at=audience.made_at,
        version=audience.version,
    )


def reasons(formula: Formula, car: CarSeen, language: str, names: Names) -> list[ReasonOut]:
    """Every condition, with what lies behind it."""
    return [
        ReasonOut(
            path=asked.path,
            words=words(asked.leaf, language, names),
            fact=fact_words(asked.leaf, car.facts[asked.path], language),
            is_wanted=asked.is_wanted,
            is_so=car.true[asked.path] is asked.is_wanted,
        )
        for asked in formula.asked()
    ]


async def sampled_out(
    call: Call, formula: Formula, found: Sequence[Sampled], names: Names
) -> list[SampledOut]:
    """Members with the conditions that they meet."""
    owners = await _owners(call, [one.car.owner_id for one in found])
    return [
        SampledOut(
            owner_id=one.car.owner_id,
            name=_name(call, owners[one.car.owner_id]),
            phone=_phone(call, owners[one.car.owner_id]),
            tier=owners[one.car.owner_id].tier,
            car=_car(call, owners[one.car.owner_id], one.car.vehicle_id),
            standing=one.standing,
            because=[why for why in reasons(formula, one.car, call.language, names) if why.is_so],
        )
        for one in found
    ]


async def explained_out(
    call: Call, formula: Formula, owner_id: UUID, cars: Sequence[CarSeen], names: Names
) -> list[CarExplainedOut]:
    """Each car of one owner; where only owners are asked, he alone."""
    owner = (await _owners(call, [owner_id]))[owner_id]
    shown = cars if formula.subject is Subject.CAR else cars[:1]
    return [
        CarExplainedOut(
            car=_car(call, owner, car.vehicle_id),
            is_in=car.fits(formula),
            conditions=reasons(formula, car, call.language, names),
        )
        for car in shown
    ]


async def _owners(call: Call, ids: Sequence[UUID]) -> dict[UUID, Owner]:
    return {owner.id: owner for owner in await customers.owners_of_ids(call.tx, ids)}


def _name(call: Call, owner: Owner) -> str | None:
    return owner.name if call.actor.may(Permission.CUSTOMERS_READ) else None


def _phone(call: Call, owner: Owner) -> str | None:
    if not owner.phones or not call.actor.may(Permission.CUSTOMERS_READ):
        return None
    return owner.phones[0] if call.actor.may(Permission.PHONES_READ) else masked(owner.phones[0])


def _car(call: Call, owner: Owner, vehicle_id: UUID | None) -> SampleCarOut | None:
    car = next((one for one in owner.vehicles if one.id == vehicle_id), None)
    if car is None:
        return None
    plate = car.plate if call.actor.may(Permission.CUSTOMERS_READ) else None
    return SampleCarOut(id=car.id, model=car.model, plate=plate)
