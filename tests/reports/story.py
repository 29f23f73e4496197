"""A long day at the desk, by chance: rescues, complaints, drills, alarms, shifts that end."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from callcenter.errors import CallCenterError
from callcenter.staff import alarms
from callcenter.staff import service as staff
from tests.service import Client, Refused, Service, confirm_place, open_rescue


@dataclass
class Day:
    """Does one thing after the other; what is refused did not happen."""

    service: Service
    client: Client
    chance: random.Random
    people: list[str] = field(default_factory=list)
    tickets: list[str] = field(default_factory=list)
    done: int = 0

    async def comes(self, count: int = 3) -> None:
        """Colleagues who can hold something."""
        async with self.service.database.transaction() as tx:
            for number in range(count):
                login = f"agent{number}"
                user = await staff.create_staff(
                    tx, login=login, name=login, role="agent", password="a long day on the G2"
                )
                self.people.append(str(user.id))

    async def goes_on(self) -> None:
        """One thing more."""
        acts = [
            *(self.opens, *3 * [self.confirms], *4 * [self.answers], *4 * [self.drives]),
            *(self.ends, self.alarms, self.takes, self.assigns),
            *(*2 * [self.hands_over], self.sees),
        ]
        await self.tries(self.chance.choice(acts))

    async def tries(self, act: Callable[[], Awaitable[None]]) -> None:
        """What is refused did not happen."""
        try:
            await act()
            self.done += 1
        except (Refused, CallCenterError) as refused:
            if refused.status not in (404, 409, 422):
                raise

    async def opens(self) -> None:
        drill = self.chance.random() < 0.15
        if self.chance.random() < 0.7:
            ticket = await open_rescue(self.client, drill=drill)
        else:
            kind = self.chance.choice(["complaint", "enquiry"])
            ticket = await self.client.post("/api/v1/tickets", {"kind": kind, "drill": drill})
        self.tickets.append(ticket["id"])

    async def confirms(self) -> None:
        await confirm_place(self.client, self._any())

    async def answers(self) -> None:
        rescue = await self.client.get(f"/api/v1/rescues/{self._any()}")
        offers = [o for o in rescue["offers"] if o["state"] == "offered"]
        if not offers:
            return
        offer = self.chance.choice(offers)["id"]
        if self.chance.random() < 0.7:
            await self.client.post(f"/api/v1/offers/{offer}/acceptance", {"eta_minutes": 20})
        else:
            await self.client.post(f"/api/v1/offers/{offer}/decline", {"reason": "too_far"})

    async def drives(self) -> None:
        rescue = await self.client.get(f"/api/v1/rescues/{self._any()}")
        live = [d for d in rescue["dispatches"] if d["ended_at"] is None]
        if not live:
            return
        step = {"accepted": "departure", "departed": "arrival", "arrived": "completion"}
        path = f"/api/v1/dispatches/{live[0]['id']}"
        if self.chance.random() < 0.15:
            await self.client.post(f"{path}/reassignment", {"reason": "too slow"})
        else:
            body = {"outcome": "repaired"} if live[0]["stage"] == "arrived" else None
            await self.client.post(f"{path}/{step[live[0]['stage']]}", body)

    async def ends(self) -> None:
        step, body = self.chance.choice(
            [
                ("cancellation", {"outcome": "not needed"}),
                ("resolution", {"outcome": "answered"}),
                ("closure", None),
                ("closure", None),
                ("reopening", None),
            ]
        )
        await self.client.post(f"/api/v1/tickets/{self._any()}/{step}", body)

    async def alarms(self) -> None:
        about = UUID(self._any())
        ticket = await self.client.get(f"/api/v1/tickets/{about}")
        async with self.service.database.transaction() as tx:
            await alarms.raise_alarm(
                tx,
                kind=self.chance.choice(["rescue_nobody_left", "dispatch_late"]),
                reason="test",
                ticket_id=about,
                occasion=str(self.chance.random()),
                drill=ticket["drill"],
            )

    async def takes(self) -> None:
        """As a colleague, whose alarm it is then."""
        page = await self.client.get("/api/v1/alarms", open="true")
        if page["items"]:
            alarm = UUID(self.chance.choice(page["items"])["id"])
            taker = f"staff:{self.chance.choice(self.people)}"
            async with self.service.database.transaction() as tx:
                if (await alarms.get(tx, alarm)).taken_by is None:
                    await alarms.take_alarm(tx, taker, alarm)

    async def assigns(self) -> None:
        body = {"assignee_id": self.chance.choice([*self.people, None])}
        await self.client.post(f"/api/v1/tickets/{self._any()}/assignment", body)

    async def hands_over(self) -> None:
        giver, taker = self.chance.sample(self.people, 2)
        held = await self.client.get("/api/v1/handovers/unfinished", staff_id=giver)
        some: Any = {
            f"{what}_ids": [one["id"] for one in held[f"{what}s"] if self.chance.random() < 0.6]
            for what in ("ticket", "alarm")
        }
        await self.client.post(
            "/api/v1/handovers", {"from_id": giver, "to_id": taker, "note": "晚班", **some}
        )

    async def sees(self) -> None:
        page = await self.client.get("/api/v1/handovers", staff_id=self.chance.choice(self.people))
        if page["items"]:
            one = self.chance.choice(page["items"])["id"]
            await self.client.post(f"/api/v1/handovers/{one}/seen")

    def _any(self) -> str:
        # Mostly the newest: they are what is under way.
        newest = self.tickets[-7:] or [str(UUID(int=0))]
        return self.chance.choice(newest)
