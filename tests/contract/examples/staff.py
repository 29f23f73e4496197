"""Colleagues, sessions, machines, alarms, the log."""

from uuid import uuid4

from tests.contract.examples.registry import example
from tests.contract.world import Example, World


@example(
    "GET /api/v1/machine-tokens",
    "GET /api/v1/session",
    "GET /api/v1/staff",
    "GET /api/v1/colleagues",
    "GET /api/v1/alarms",
    "GET /api/v1/alarms/waiting",
)
async def as_it_is(w: World) -> Example:
    return Example()


@example("POST /api/v1/machine-tokens")
async def post_machine_tokens(w: World) -> Example:
    return Example(body={"name": "robot", "scopes": ["calls_read"], "lifetime_h": 1})


@example("PUT /api/v1/machine-tokens/{token_id}/secret")
async def put_machine_tokens_token_id_secret(w: World) -> Example:
    return Example(await w.token())


@example("DELETE /api/v1/machine-tokens/{token_id}")
async def delete_machine_tokens_token_id(w: World) -> Example:
    return Example(await w.token())


@example("GET /api/v1/staff/export.xlsx")
async def get_staff_export_xlsx(w: World) -> Example:
    return Example(query={"role": "expert"})


@example("GET /api/v1/staff/export.csv")
async def get_staff_export_csv(w: World) -> Example:
    return Example(query={"active": "false"})


@example("POST /api/v1/staff")
async def post_staff(w: World) -> Example:
    return Example(body={"login": f"zhao.{uuid4().hex[:8]}", "name": "赵敏", "role": "agent"})


@example("GET /api/v1/staff/{staff_id}")
async def get_staff_staff_id(w: World) -> Example:
    return Example(await w.colleague())


@example("PATCH /api/v1/staff/{staff_id}")
async def patch_staff_staff_id(w: World) -> Example:
    return Example(await w.colleague(), body={"name": "李强"}, version=1)


@example("PUT /api/v1/staff/{staff_id}/password")
async def put_staff_staff_id_password(w: World) -> Example:
    return Example(await w.colleague(), body={"password": "a long night"})


@example("POST /api/v1/alarms/{alarm_id}/acceptance")
async def post_alarms_alarm_id_acceptance(w: World) -> Example:
    return Example(await w.alarm())


@example("GET /api/v1/audit")
async def get_audit(w: World) -> Example:
    return Example(query={"kind": "staff.added", "since": "2026-01-01T00:00:00Z"})
