"""Rows of touches as the rest speaks of them."""

from typing import Any

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import Asked, Contact, OpenTicket

# A look into a table costs a tenth of calling an enumeration, which a claim would do 400 times.
WAYS = {way.value: way for way in Way}
PURPOSES = {purpose.value: purpose for purpose in Purpose}


def touch_of(row: Any, state: TouchState | None = None) -> Touch:
    """A row of `touches`; in this state, when it has just been given another."""
    outcome = row["outcome"]
    return Touch(
        id=row["id"],
        run_id=row["run_id"],
        campaign_id=row["campaign_id"],
        owner_id=row["owner_id"],
        vehicle_id=row["vehicle_id"],
        ticket_id=row["ticket_id"],
        step=row["step"],
        attempt=row["attempt"],
        channel=WAYS[row["channel"]],
        purpose=PURPOSES[row["purpose"]],
        variant=row["variant"],
        priority=row["priority"],
        state=state or TouchState(row["state"]),
        due_at=row["due_at"],
        expires_at=row["expires_at"],
        reason=row["reason"],
        outcome=Outcome(outcome) if outcome else None,
        promised_to=row["promised_to"],
        promised_call_id=row["promised_call_id"],
    )


def asked_of(row: Any, said: Any, *, asks_anew: bool = False) -> Asked:
    """A touch as `touches_as_they_stand` reads it, and its owner's words as his lock has.
    `asks_anew`: he has asked for it behind every no of his."""
    return Asked(
        way=WAYS[row["channel"]],
        purpose=PURPOSES[row["purpose"]],
        campaign_state=row["campaign_state"],
        expires_at=row["expires_at"],
        ticket_id=row["ticket_id"],
        promised=row["promised_call_id"] is not None,
        asks_anew=asks_anew,
        zone=row["zone"],
        granted=said["granted"],
        refused=said["refused"],
        silent=said["silent"],
        contacts=_contacts(row) if row["ats"] else (),
        tickets=_tickets(row) if row["ticket_ids"] else (),
        against_habits=row["against_habits"],
    )


def _contacts(row: Any) -> list[Contact]:
    columns = (row["ats"], row["purposes"], row["ways"], row["outcomes"])
    return [Contact(*one) for one in zip(*columns, strict=True)]


def _tickets(row: Any) -> list[OpenTicket]:
    columns = (row["ticket_ids"], row["ticket_kinds"], row["ticket_stages"])
    return [OpenTicket(*one) for one in zip(*columns, strict=True)]
