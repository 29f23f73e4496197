"""Routes of machine tokens: made, given a secret, revoked."""

from datetime import timedelta

from callcenter.staff import repository, tokens
from callcenter.staff.errors import TokenScopeRefused
from callcenter.staff.roles import SCOPES
from callcenter.staff.wire import (
    TokenDraft,
    TokenOut,
    TokenPage,
    TokenPath,
    TokenSecret,
    token_out,
)
from callcenter.web.call import Call
from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.permission import Permission
from callcenter.web.routes import Routes
from callcenter.web.wire import ListQuery

routes = Routes(tags=["machine tokens"])
ADMIN = Permission.TOKENS_ADMIN


@routes.get("/api/v1/machine-tokens", permission=ADMIN)
async def list_tokens(call: Call, query: ListQuery) -> TokenPage:
    """Machine tokens, newest first; never their secrets."""
    found = await repository.tokens_listed(
        call.tx, limit=query.limit + 1, before=read_cursor(query.cursor)
    )
    last = found[query.limit - 1] if len(found) > query.limit else None
    return TokenPage(
        items=[token_out(token) for token in found[: query.limit]],
        next_cursor=write_cursor(last.created_at, last.id) if last else None,
    )


@routes.post("/api/v1/machine-tokens", permission=ADMIN, status=201)
async def make_token(call: Call, body: TokenDraft) -> TokenOut:
    """A token of these scopes; usable once its secret is given out."""
    if not set(body.scopes) <= SCOPES:
        raise TokenScopeRefused
    token = await tokens.make_token(
        call.tx,
        call.actor.id,
        name=body.name,
        scopes=body.scopes,
        station_id=body.station_id,
        lifetime=timedelta(hours=body.lifetime_h),
    )
    return token_out(token)


@routes.put("/api/v1/machine-tokens/{token_id}/secret", permission=ADMIN)
async def give_secret(call: Call, path: TokenPath) -> TokenSecret:
    """A new secret, shown this once; the one before ends. A PUT, so that no answer is stored."""
    return TokenSecret(token=await tokens.give_secret(call.tx, path.token_id))


@routes.delete("/api/v1/machine-tokens/{token_id}", permission=ADMIN)
async def revoke_token(call: Call, path: TokenPath) -> None:
    """The machine may do nothing any more."""
    await tokens.revoke_token(call.tx, call.actor.id, path.token_id)
