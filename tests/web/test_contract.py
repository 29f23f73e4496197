"""The contract is valid OpenAPI 3.1 and says what the frame does."""

from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from callcenter.staff.http import routes as staff_routes
from callcenter.web import frame
from callcenter.web.openapi import openapi


def document() -> dict[str, Any]:
    return openapi(frame.all_routes(staff_routes))


def test_it_is_valid() -> None:
    OpenAPIV31SpecValidator(document()).validate()


def test_operation_ids_are_unique_and_summaries_are_sentences() -> None:
    operations = [op for path in document()["paths"].values() for op in path.values()]
    ids = [op["operationId"] for op in operations]
    assert len(ids) == len(set(ids))
    assert all(op["summary"] for op in operations)


def test_what_acts_shows_its_key_and_what_edits_its_version() -> None:
    paths = document()["paths"]
    acting = paths["/api/v1/alarms/{alarm_id}/acceptance"]["post"]
    assert [p["name"] for p in acting["parameters"]] == ["alarm_id", "Idempotency-Key"]
    assert {"401", "403", "404", "409", "422", "428", "default"} <= set(acting["responses"])
    editing = paths["/api/v1/staff/{staff_id}"]["patch"]
    assert "If-Match" in [p["name"] for p in editing["parameters"]]
    assert {"412", "415", "428"} <= set(editing["responses"])
    assert "ETag" in editing["responses"]["200"]["headers"]
    signing_in = paths["/api/v1/session"]["post"]
    assert signing_in["security"] == []


def test_who_may_is_written_there() -> None:
    for path in document()["paths"].values():
        for operation in path.values():
            public = operation["x-permission"] == "public"
            assert (operation["security"] == []) == public


def test_pages_are_not_in_it() -> None:
    assert all(path.startswith("/api/") for path in document()["paths"])


async def test_it_is_served_to_everybody(serve: Any) -> None:
    client = await serve()
    answer = await client.get("/openapi.json")
    assert answer.status == 200
    assert (await answer.json())["openapi"] == "3.1.0"
