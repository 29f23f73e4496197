"""Rows of touches as the rest speaks of them."""

from typing import Any

from callcenter.customers.consents.model import Purpose
from callcenter.outbound.model import Outcome, Touch, TouchState, Way
from callcenter.outbound.policies.verdict import Asked, Contact, OpenTicket


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
        channel=Way(row["channel"]),
        purpose=Purpose(row["purpose"]),
        variant=row["variant"],
        priority=row["priority"],
        state=state or TouchState(row["state"]),
        due_at=row["due_at"],
        expires_at=row["expires_at"],
        reason=row["reason"],
        outcome=Outcome(outcome) if outcome else None,
        promised_to=row["promised_to"],
    )


def asked_of(row: Any) -> Asked:
    """A touch as `touches_as_they_stand` reads it."""
    return Asked(
        way=Way(row["channel"]),
        purpose=Purpose(row["purpose"]),
        campaign_state=row["campaign_state"],
        expires_at=row["expires_at"],
        ticket_id=row["ticket_id"],
        promised=row["promised_to"] is not None,
        zone=row["zone"],
        granted=row["granted"],
        refused=row["refused"],
        silent=row["silent"],
        contacts=[
            Contact(at, purpose, way, outcome)
            for at, purpose, way, outcome in zip(
                row["ats"] or (),
                row["purposes"] or (),
                row["ways"] or (),
                row["outcomes"] or (),
                strict=True,
            )
        ],
        tickets=[
            OpenTicket(ticket_id, kind, stage)
            for ticket_id, kind, stage in zip(
                row["ticket_ids"] or (),
                row["ticket_kinds"] or (),
                row["ticket_stages"] or (),
                strict=True,
            )
        ],
    )
