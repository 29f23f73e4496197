"""Rescues, dispatched and merged."""

from tests.contract.examples.registry import example
from tests.contract.world import OPERATOR, Example, World


@example(
    "GET /api/v1/station/readiness",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("GET /api/v1/stations/{station_id}/readiness")
async def get_stations_station_id_readiness(w: World) -> Example:
    return Example(await w.station())


@example("GET /api/v1/routing/preview")
async def get_routing_preview(w: World) -> Example:
    return Example(query={"lat": "41.8", "lon": "123.4", "fault": "flat_tyre"})


@example("GET /api/v1/rescues/{ticket_id}/desk")
async def get_rescues_ticket_id_desk(w: World) -> Example:
    return Example(await w.rescue())


@example("GET /api/v1/rescues/{ticket_id}")
async def get_rescues_ticket_id(w: World) -> Example:
    return Example(await w.rescue())


@example("POST /api/v1/rescues/{ticket_id}/hold")
async def post_rescues_ticket_id_hold(w: World) -> Example:
    return Example(await w.asked())


@example("POST /api/v1/rescues/{ticket_id}/release")
async def post_rescues_ticket_id_release(w: World) -> Example:
    return Example(await w.asked())


@example("POST /api/v1/rescues/{ticket_id}/hand-assignment")
async def post_rescues_ticket_id_hand_assignment(w: World) -> Example:
    return Example(await w.asked(), body=await w.by_hand())


@example("POST /api/v1/rescues/{ticket_id}/phone-acceptance")
async def post_rescues_ticket_id_phone_acceptance(w: World) -> Example:
    return Example(await w.asked(), body=await w.by_hand(eta_minutes=20))


@example("POST /api/v1/rescues/{ticket_id}/hand-over")
async def post_rescues_ticket_id_hand_over(w: World) -> Example:
    return Example(await w.asked(), body=OPERATOR)


@example("POST /api/v1/rescues/{ticket_id}/new-round")
async def post_rescues_ticket_id_new_round(w: World) -> Example:
    return Example(await w.asked())


@example("POST /api/v1/rescues/{ticket_id}/cancellation")
async def post_rescues_ticket_id_cancellation(w: World) -> Example:
    return Example(await w.asked(), body={"reason": "it starts again"})


@example("GET /api/v1/rescues/{ticket_id}/same-breakdown")
async def get_rescues_ticket_id_same_breakdown(w: World) -> Example:
    return Example(await w.rescue())


@example("POST /api/v1/rescues/{ticket_id}/merges")
async def post_rescues_ticket_id_merges(w: World) -> Example:
    other = (await w.rescue())["ticket_id"]
    return Example(await w.rescue(), body={"merged_id": other, "reason": "his wife called, too"})


@example("POST /api/v1/rescues/{ticket_id}/merge-undoing")
async def post_rescues_ticket_id_merge_undoing(w: World) -> Example:
    return Example(await w.merged(), body={"reason": "another car"})


@example("POST /api/v1/rescues/{ticket_id}/not-the-same")
async def post_rescues_ticket_id_not_the_same(w: World) -> Example:
    return Example(await w.rescue(), body={"other_id": (await w.rescue())["ticket_id"]})


@example("POST /api/v1/dispatches/{dispatch_id}/reassignment")
async def post_dispatches_dispatch_id_reassignment(w: World) -> Example:
    return Example(await w.dispatch(), body={"reason": "too slow"})


@example("POST /api/v1/dispatches/{dispatch_id}/phone-report")
async def post_dispatches_dispatch_id_phone_report(w: World) -> Example:
    return Example(await w.dispatch(), body={"stage": "departed"})


@example("POST /api/v1/dispatches/{dispatch_id}/phone-eta")
async def post_dispatches_dispatch_id_phone_eta(w: World) -> Example:
    return Example(await w.dispatch(), body={"eta_minutes": 40})


@example("GET /api/v1/rescues/{ticket_id}/hand-list")
async def get_rescues_ticket_id_hand_list(w: World) -> Example:
    return Example(await w.asked())
