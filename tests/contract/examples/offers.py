"""What a station is asked and answers."""

from tests.contract.examples.registry import example
from tests.contract.world import Example, World, shift


@example(
    "GET /api/v1/offers",
    "GET /api/v1/dispatches",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/offers/{offer_id}")
async def get_offers_offer_id(w: World) -> Example:
    return Example(await w.offer())


@example("POST /api/v1/offers/{offer_id}/sight")
async def post_offers_offer_id_sight(w: World) -> Example:
    return Example(await w.offer())


@example("POST /api/v1/offers/{offer_id}/acceptance")
async def post_offers_offer_id_acceptance(w: World) -> Example:
    return Example(await w.offer(), body={"eta_minutes": 20})


@example("POST /api/v1/offers/{offer_id}/decline")
async def post_offers_offer_id_decline(w: World) -> Example:
    return Example(await w.offer(), body={"reason": "trucks_busy"})


@example("GET /api/v1/dispatches/{dispatch_id}")
async def get_dispatches_dispatch_id(w: World) -> Example:
    return Example(await w.dispatch())


@example("POST /api/v1/dispatches/{dispatch_id}/departure")
async def post_dispatches_dispatch_id_departure(w: World) -> Example:
    return Example(await w.dispatch())


@example("POST /api/v1/dispatches/{dispatch_id}/arrival")
async def post_dispatches_dispatch_id_arrival(w: World) -> Example:
    return Example(await w.dispatch("departure"))


@example("POST /api/v1/dispatches/{dispatch_id}/completion")
async def post_dispatches_dispatch_id_completion(w: World) -> Example:
    return Example(await w.dispatch("departure", "arrival"), body={"outcome": "repaired"})


@example("POST /api/v1/dispatches/{dispatch_id}/gone-on-arrival")
async def post_dispatches_dispatch_id_gone_on_arrival(w: World) -> Example:
    return Example(
        await w.dispatch("departure", "arrival"),
        body={"proof_file": (await w.file())["file_id"], "called_owner": True},
    )


@example("POST /api/v1/dispatches/{dispatch_id}/hand-back")
async def post_dispatches_dispatch_id_hand_back(w: World) -> Example:
    return Example(await w.dispatch(), body={"reason": "flat tyre too"})


@example("POST /api/v1/dispatches/{dispatch_id}/eta")
async def post_dispatches_dispatch_id_eta(w: World) -> Example:
    return Example(await w.dispatch(), body={"eta_minutes": 45})


@example("POST /api/v1/dispatches/{dispatch_id}/positions")
async def post_dispatches_dispatch_id_positions(w: World) -> Example:
    return Example(
        await w.dispatch("departure"),
        body={"lat": 41.8, "lon": 123.4, "fixed_at": shift()["starts_at"]},
    )
