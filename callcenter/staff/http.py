"""Routes of sign-in, colleagues and alarms; those of machine tokens are in tokens_http."""

from callcenter.staff import alarms, repository, service
from callcenter.staff.audit_http import routes as audit_routes
from callcenter.staff.export_http import routes as export_routes
from callcenter.staff.filters import StaffQuery
from callcenter.staff.model import StaffUser
from callcenter.staff.passwords import Passwords
from callcenter.staff.roles import ROLES
from callcenter.staff.session_verbs import (
    change_password_here,
    keep_password,
    sign_in_here,
    sign_out_here,
)
from callcenter.staff.tokens_http import routes as token_routes
from callcenter.staff.wire import (
    AlarmOut,
    AlarmPage,
    AlarmPath,
    AlarmQuery,
    ColleagueList,
    Credentials,
    PasswordChange,
    PasswordGiven,
    SessionOut,
    StaffDraft,
    StaffOut,
    StaffPage,
    StaffPatch,
    StaffPath,
    alarm_out,
    colleague_out,
    staff_out,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes

routes = Routes(tags=["staff"])
WAITING_SHOWN = 50
routes.extend(token_routes)
routes.extend(export_routes)
routes.extend(audit_routes)

SESSION = "/api/v1/session"


@routes.post(
    SESSION,
    permission=Permission.PUBLIC,
    transaction=False,
    status=201,
    tags=["session"],
    problems=(401, 429),
)
async def sign_in(call: Call, body: Credentials) -> SessionOut:
    """Sign in; the session lies in a cookie that scripts cannot read."""
    opened = await sign_in_here(call, body.login, body.password)
    return _session_out(opened.user, opened.csrf_token)


@routes.get(SESSION, permission=Permission.SIGNED_IN, tags=["session"])
async def get_session(call: Call) -> SessionOut:
    """Who am I, and what may I do?"""
    actor = call.actor
    if actor.staff_id is not None:
        return _session_out(await repository.get(call.tx, actor.staff_id), actor.csrf_token)
    return SessionOut(
        id=actor.id,
        name=actor.name,
        role="machine",
        station_id=actor.station_id,
        language=None,
        permissions=sorted(actor.permissions),
        must_change=False,
        csrf_token=None,
    )


@routes.delete(SESSION, permission=Permission.SIGNED_IN, tags=["session"])
async def sign_out(call: Call) -> None:
    """Sign out."""
    await sign_out_here(call)


@routes.post(
    "/api/v1/password",
    permission=Permission.SIGNED_IN,
    transaction=False,
    status=204,
    tags=["session"],
    problems=(403, 422),
)
async def change_password(call: Call, body: PasswordChange) -> None:
    """Change one's own password; all other sessions end."""
    await change_password_here(call, body.current, body.new)


@routes.get("/api/v1/staff", permission=Permission.STAFF_ADMIN)
async def list_staff(call: Call, query: StaffQuery) -> StaffPage:
    """Colleagues, newest first."""
    filters = query.model_dump(exclude={"cursor", "limit"})
    before = read_cursor(query.cursor)
    found = await repository.listed(call.tx, limit=query.limit + 1, before=before, **filters)
    last = found[query.limit - 1] if len(found) > query.limit else None
    return StaffPage(
        items=[staff_out(user) for user in found[: query.limit]],
        next_cursor=write_cursor(last.created_at, last.id) if last else None,
    )


@routes.get("/api/v1/colleagues", permission=Permission.TICKETS_ASSIGN)
async def list_colleagues(call: Call) -> ColleagueList:
    """To whom a ticket can be given: name and role."""
    return ColleagueList(items=[colleague_out(row) for row in await repository.colleagues(call.tx)])


@routes.post("/api/v1/staff", permission=Permission.STAFF_ADMIN, status=201)
async def add_staff(call: Call, body: StaffDraft) -> StaffOut:
    """Take on a colleague; he can sign in once a password is given."""
    user = await service.add_staff(
        call.tx,
        call.actor.id,
        login=body.login,
        name=body.name,
        role=body.role,
        station_id=body.station_id,
        language=body.language,
    )
    return staff_out(user)


@routes.get("/api/v1/staff/{staff_id}", permission=Permission.STAFF_ADMIN)
async def get_staff(call: Call, path: StaffPath) -> StaffOut:
    """One colleague."""
    return staff_out(await repository.get(call.tx, path.staff_id))


@routes.patch("/api/v1/staff/{staff_id}", permission=Permission.STAFF_ADMIN, problems=(409,))
async def edit_staff(call: Call, path: StaffPath, body: StaffPatch) -> StaffOut:
    """Change a colleague, or switch the account off; ends his sessions when the role changes."""
    user = await repository.get(call.tx, path.staff_id)
    call.expects(user.version)
    changes = body.model_dump(exclude_unset=True)
    # Only a station may be taken away; every other null is the same as not given.
    given = {k: v for k, v in changes.items() if v is not None or k == "station_id"}
    return staff_out(await service.edit_staff(call.tx, call.actor.id, user, given))


@routes.put(
    "/api/v1/staff/{staff_id}/password",
    permission=Permission.STAFF_ADMIN,
    transaction=False,
    status=204,
)
async def give_password(call: Call, path: StaffPath, body: PasswordGiven) -> None:
    """Give a colleague a first password, which he must change; ends his sessions."""
    kept = await call.part(Passwords).hash(body.password)
    await keep_password(call, path.staff_id, kept, must_change=True)


@routes.get("/api/v1/alarms", permission=Permission.ALARMS_READ, tags=["alarms"])
async def list_alarms(call: Call, query: AlarmQuery) -> AlarmPage:
    """Alarms, newest first."""
    found = await alarms.listed(
        call.tx,
        limit=query.limit + 1,
        only_open=query.open,
        ticket_id=query.ticket_id,
        before=read_cursor(query.cursor),
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return AlarmPage(
        items=[alarm_out(alarm) for alarm in found[: query.limit]],
        next_cursor=write_cursor(last.raised_at, last.id) if last else None,
    )


@routes.get("/api/v1/alarms/waiting", permission=Permission.ALARMS_READ, tags=["alarms"])
async def list_waiting_alarms(call: Call) -> AlarmPage:
    """The first fifty open ones as they are worked off: untaken first, the oldest at the top.
    Those of drills stand behind, and are for who watches the drill."""
    is_watching = call.actor.role == "supervisor"
    found = await alarms.waiting(call.tx, limit=WAITING_SHOWN, drills=is_watching)
    return AlarmPage(items=[alarm_out(alarm) for alarm in found])


@routes.post(
    "/api/v1/alarms/{alarm_id}/acceptance",
    permission=Permission.ALARMS_TAKE,
    tags=["alarms"],
    problems=(409,),
)
async def take_alarm(call: Call, path: AlarmPath) -> AlarmOut:
    """Take the alarm: from now on this person looks after it."""
    return alarm_out(await alarms.take_alarm(call.tx, call.actor.id, path.alarm_id))


def _session_out(user: StaffUser, csrf_token: str | None) -> SessionOut:
    permissions = [] if user.must_change else sorted(ROLES[user.role])
    return SessionOut(
        id=f"staff:{user.id}",
        name=user.name,
        role=user.role.value,
        station_id=user.station_id,
        language=user.language,
        permissions=permissions,
        must_change=user.must_change,
        csrf_token=csrf_token,
    )
