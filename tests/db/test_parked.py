"""A job that was given up is told to somebody."""

from uuid import uuid4

import pytest

from callcenter.db.events import SQL
from tests.service import Service


@pytest.mark.xfail(strict=True, reason="nothing in the product reads jobs_parked yet")
async def test_a_parked_job_is_seen_by_who_watches_the_service(service: Service) -> None:
    async with service.database.transaction() as tx:
        await SQL.park_job(
            tx.connection, id=uuid4(), name="test.tow", key="k1", payload="{}", error="no"
        )
    client = await service.agent()
    async with client.session.get("/readyz") as ready, client.session.get("/metrics") as metrics:
        assert (ready.status, metrics.status) == (200, 200)
        assert "parked" in await ready.text() + await metrics.text()
