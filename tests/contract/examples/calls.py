"""Calls."""

from uuid import uuid4

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/calls",
    "GET /api/v1/sample-callers",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/calls")
async def post_calls(w: World) -> Example:
    return Example(body={"carrier_ref": str(uuid4()), "caller": "13800138000"})


@example("GET /api/v1/calls/{call_id}")
async def get_calls_call_id(w: World) -> Example:
    return Example(await w.call())


@example("GET /api/v1/calls/{call_id}/course")
async def get_calls_call_id_course(w: World) -> Example:
    return Example(await w.call())


@example("POST /api/v1/calls/{call_id}/answer")
async def post_calls_call_id_answer(w: World) -> Example:
    return Example(await w.call())


@example("POST /api/v1/calls/{call_id}/end")
async def post_calls_call_id_end(w: World) -> Example:
    return Example(await w.call(answered=True), body={"reason": "caller_hung_up"})


@example("POST /api/v1/calls/{call_id}/tickets")
async def post_calls_call_id_tickets(w: World) -> Example:
    # The first ticket of a number that nobody knows makes its owner, too.
    await w.owner()
    return Example(await w.call(answered=True), body={"kind": "technical"})


@example("PUT /api/v1/calls/{call_id}/ticket")
async def put_calls_call_id_ticket(w: World) -> Example:
    return Example(await w.call(answered=True), body=await w.ticket())


@example("GET /api/v1/calls/export.xlsx")
async def get_calls_export_xlsx(w: World) -> Example:
    return Example(query={"live": "true"})


@example("GET /api/v1/calls/export.csv")
async def get_calls_export_csv(w: World) -> Example:
    return Example(query={"live": "true"})
