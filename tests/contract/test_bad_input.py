"""What people and machines send by mistake: a clear answer in their language, never a fault."""

from typing import Any

import pytest

from tests.service import Client, Refused, Service, confirm_place, offer_for, open_rescue


async def refused(client: Client, path: str, body: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        await client.post(path, body)
    return refusal.value


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        pytest.param(123.43, 41.8, id="swapped_and_out_of_range"),
        pytest.param(39.9, 16.4, id="far_abroad"),
        pytest.param(0.0, 0.0, id="null_island"),
        pytest.param(26.0, 135.0, id="the_open_sea"),
        pytest.param(200.0, 10.0, id="out_of_range"),
    ],
)
async def test_a_place_where_no_car_of_ours_stands_is_refused_or_asked_about(
    service: Service, lat: float, lon: float
):
    agent = await service.agent()
    ticket = await open_rescue(agent)
    path = f"/api/v1/tickets/{ticket['id']}/places"
    headers = {"Idempotency-Key": "a-key-of-my-own"}
    async with agent.session.post(path, json={"lat": lat, "lon": lon}, headers=headers) as answer:
        told = await answer.json()
    if answer.status == 422:
        assert told["detail"]
    else:
        assert told["doubts"]
        assert told["state"] == "proposed", "nobody is sent before somebody has asked"


@pytest.mark.parametrize("phone", ["abc", "1", "1" * 30, "+999 1234", "１３８"])
async def test_what_is_no_number_is_said_so_with_an_example(service: Service, phone: str):
    agent = await service.agent()
    body = {"kind": "enquiry", "caller_phone": phone}
    refusal = await refused(agent, "/api/v1/tickets", body)
    assert (refusal.status, refusal.code) == (422, "phone_unreadable")
    assert "138" in refusal.problem["detail"]


@pytest.mark.parametrize("phone", ["138 0013 8000", "+86-138-0013-8000", "１３８００１３８０００"])
async def test_a_number_is_read_however_it_is_written(service: Service, phone: str):
    agent = await service.agent()
    made = await agent.post("/api/v1/tickets", {"kind": "enquiry", "caller_phone": phone})
    assert made["caller_phone"] == "138****8000"


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"kind": "picnic"}, "#/body/kind"),
        ({"kind": "enquiry", "summary": "x" * 1_000}, None),
        ({"kind": "enquiry", "summary": "x" * 100_000}, "#/body/summary"),
        ({"kind": "enquiry", "summary": "a\x00b"}, "#/body/summary"),
        ({"kind": "enquiry", "unknown": 1}, "#/body/unknown"),
        ({"kind": "enquiry", "x" * 11_000: 1}, "#/body/" + "x" * 193),
        ({"kind": "enquiry", "particulars": {"x" * 11_000: 1}}, "#/body/particulars/" + "x" * 181),
        ({"kind": "complaint", "particulars": {"severity": "huge"}}, "#/body/particulars/severity"),
        ({"kind": "part_order", "particulars": {}}, "#/body/particulars/part_numbers"),
    ],
)
async def test_the_field_that_does_not_fit_is_pointed_at(
    service: Service, body: Any, pointer: str | None
):
    agent = await service.agent()
    if pointer is None:
        await agent.post("/api/v1/tickets", body)
        return
    refusal = await refused(agent, "/api/v1/tickets", body)
    assert refusal.status == 422
    assert pointer in [error["pointer"] for error in refusal.problem["errors"]]


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[" * 100_000,
        b'{"kind": "enquiry", "summary": "\\ud800"}',
        b"\xff\xfe",
        b'{"kind": NaN}',
    ],
)
async def test_what_is_no_json_is_refused(service: Service, raw: bytes):
    agent = await service.agent()
    headers = {"Idempotency-Key": "a-key-of-my-own", "Content-Type": "application/json"}
    async with agent.session.post("/api/v1/tickets", data=raw, headers=headers) as answer:
        assert answer.status in (400, 413, 422)
        assert answer.content_type == "application/problem+json"
        assert (await answer.json())["code"]


async def test_a_refusal_speaks_the_callers_language(service: Service):
    agent = await service.agent()
    headers = {"Accept-Language": "en-GB", "Idempotency-Key": "a-key-of-my-own"}
    body = {"kind": "enquiry", "caller_phone": "abc"}
    async with agent.session.post("/api/v1/tickets", json=body, headers=headers) as answer:
        assert "cannot be read" in (await answer.json())["detail"]


async def test_a_proof_that_nobody_sent_is_no_proof(service: Service):
    agent, station = await service.agent(), await service.station("NEAR", 1)
    ticket = await open_rescue(agent)
    await confirm_place(agent, ticket["id"])
    offer = await offer_for(station, ticket["id"])
    dispatch = await station.post(f"/api/v1/offers/{offer['id']}/acceptance", {"eta_minutes": 9})
    path = f"/api/v1/dispatches/{dispatch['id']}"
    await station.post(f"{path}/departure")
    await station.post(f"{path}/arrival")
    nobodys = {"proof_file": "01a20b45-ba54-7104-97e0-884e1211fd83", "called_owner": True}
    refusal = await refused(station, f"{path}/gone-on-arrival", nobodys)
    assert refusal.code == "proof_missing"
