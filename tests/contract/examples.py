"""For every operation one request that must be answered with a 2xx, on things that exist."""

from typing import Any
from uuid import uuid4

from callcenter.telephony.flow.default import default_flow
from tests.contract.world import OPERATOR, Example, Make, World, shift, station

E = Example

NOT_HERE = {
    "POST /api/v1/station-imports": "takes a form, not JSON: tests/stations/test_by_file_http.py",
    "POST /api/v1/station-imports/headings": "takes a form: tests/stations/test_by_file_http.py",
    "POST /api/v1/files": "takes bytes, not JSON: tests/web/test_files.py",
    "PUT /api/v1/call-flow/prompts/{digest}/recording": "takes bytes: tests/telephony",
    "GET /api/v1/feed": "never ends: tests/web/test_feed.py",
    "POST /api/v1/session": "is throttled by failures: tests/staff/test_sign_in.py",
    "DELETE /api/v1/session": "ends the session it is sent with: tests/staff/test_sessions.py",
    "POST /api/v1/password": "ends the sessions of its account: tests/staff/test_sessions.py",
}

EXAMPLES: dict[str, Make] = {}


async def get_machine_tokens(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/machine-tokens"] = get_machine_tokens


async def post_machine_tokens(w: World) -> Example:
    return E(body={"name": "robot", "scopes": ["calls_read"], "lifetime_h": 1})


EXAMPLES["POST /api/v1/machine-tokens"] = post_machine_tokens


async def put_machine_tokens_token_id_secret(w: World) -> Example:
    return E(await w.token())


EXAMPLES["PUT /api/v1/machine-tokens/{token_id}/secret"] = put_machine_tokens_token_id_secret


async def delete_machine_tokens_token_id(w: World) -> Example:
    return E(await w.token())


EXAMPLES["DELETE /api/v1/machine-tokens/{token_id}"] = delete_machine_tokens_token_id


async def get_session(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/session"] = get_session


async def get_staff(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/staff"] = get_staff


async def get_colleagues(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/colleagues"] = get_colleagues


async def get_staff_export_xlsx(w: World) -> Example:
    return E(query={"role": "expert"})


EXAMPLES["GET /api/v1/staff/export.xlsx"] = get_staff_export_xlsx


async def get_staff_export_csv(w: World) -> Example:
    return E(query={"active": "false"})


EXAMPLES["GET /api/v1/staff/export.csv"] = get_staff_export_csv


async def post_staff(w: World) -> Example:
    return E(body={"login": f"zhao.{uuid4().hex[:8]}", "name": "赵敏", "role": "agent"})


EXAMPLES["POST /api/v1/staff"] = post_staff


async def get_staff_staff_id(w: World) -> Example:
    return E(await w.colleague())


EXAMPLES["GET /api/v1/staff/{staff_id}"] = get_staff_staff_id


async def patch_staff_staff_id(w: World) -> Example:
    return E(await w.colleague(), body={"name": "李强"}, version=1)


EXAMPLES["PATCH /api/v1/staff/{staff_id}"] = patch_staff_staff_id


async def put_staff_staff_id_password(w: World) -> Example:
    return E(await w.colleague(), body={"password": "a long night"})


EXAMPLES["PUT /api/v1/staff/{staff_id}/password"] = put_staff_staff_id_password


async def get_alarms(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/alarms"] = get_alarms


async def get_alarms_waiting(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/alarms/waiting"] = get_alarms_waiting


async def post_alarms_alarm_id_acceptance(w: World) -> Example:
    return E(await w.alarm())


EXAMPLES["POST /api/v1/alarms/{alarm_id}/acceptance"] = post_alarms_alarm_id_acceptance


async def get_owners(w: World) -> Example:
    return E(query={"phone": "138 0013 8000"})


EXAMPLES["GET /api/v1/owners"] = get_owners


async def get_owners_export_xlsx(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/owners/export.xlsx"] = get_owners_export_xlsx


async def get_owners_export_csv(w: World) -> Example:
    return E(query={"search": "wang"})


EXAMPLES["GET /api/v1/owners/export.csv"] = get_owners_export_csv


async def post_owners(w: World) -> Example:
    return E(body={"name": "王伟", "phones": ["024-88881234"]})


EXAMPLES["POST /api/v1/owners"] = post_owners


async def get_owners_owner_id(w: World) -> Example:
    return E(await w.owner())


EXAMPLES["GET /api/v1/owners/{owner_id}"] = get_owners_owner_id


async def patch_owners_owner_id(w: World) -> Example:
    return E(await w.owner(), body={"remark": "two cars"}, version=1)


EXAMPLES["PATCH /api/v1/owners/{owner_id}"] = patch_owners_owner_id


async def post_owners_owner_id_contact_points(w: World) -> Example:
    return E(await w.owner(), body={"phone": "13900139000"})


EXAMPLES["POST /api/v1/owners/{owner_id}/contact-points"] = post_owners_owner_id_contact_points


async def post_owners_owner_id_vehicles(w: World) -> Example:
    return E(await w.owner(), body={"vehicle_id": await w.vehicle()})


EXAMPLES["POST /api/v1/owners/{owner_id}/vehicles"] = post_owners_owner_id_vehicles


async def post_vehicles(w: World) -> Example:
    return E(body={"plate": "辽A·D12345"})


EXAMPLES["POST /api/v1/vehicles"] = post_vehicles


async def get_vehicles(w: World) -> Example:
    return E(query={"plate": "辽A12345"})


EXAMPLES["GET /api/v1/vehicles"] = get_vehicles


async def get_stations(w: World) -> Example:
    return E()


for part in ("", "/points"):
    EXAMPLES[f"GET /api/v1/stations{part}"] = get_stations


async def post_stations(w: World) -> Example:
    return E(body=station(uuid4().hex[:12].upper()))


EXAMPLES["POST /api/v1/stations"] = post_stations


async def get_stations_station_id(w: World) -> Example:
    return E(await w.station())


EXAMPLES["GET /api/v1/stations/{station_id}"] = get_stations_station_id


async def patch_stations_station_id(w: World) -> Example:
    return E(await w.station(), body={"name_zh": "新名"}, version=1)


EXAMPLES["PATCH /api/v1/stations/{station_id}"] = patch_stations_station_id


async def post_stations_station_id_suspension(w: World) -> Example:
    return E(await w.station(), body={"reason": "audit"})


EXAMPLES["POST /api/v1/stations/{station_id}/suspension"] = post_stations_station_id_suspension


async def delete_stations_station_id_suspension(w: World) -> Example:
    return E(await w.suspended())


EXAMPLES["DELETE /api/v1/stations/{station_id}/suspension"] = delete_stations_station_id_suspension


async def post_stations_station_id_trucks(w: World) -> Example:
    return E(await w.station(), body={"plate": f"辽B{uuid4().hex[:8]}"})


EXAMPLES["POST /api/v1/stations/{station_id}/trucks"] = post_stations_station_id_trucks


async def patch_trucks_truck_id(w: World) -> Example:
    return E(await w.truck(), body={"in_service": False}, version=1)


EXAMPLES["PATCH /api/v1/trucks/{truck_id}"] = patch_trucks_truck_id


async def post_stations_station_id_roster(w: World) -> Example:
    return E(await w.station(), body=shift())


EXAMPLES["POST /api/v1/stations/{station_id}/roster"] = post_stations_station_id_roster


async def get_stations_station_id_roster(w: World) -> Example:
    return E({"station_id": (await w.rostered())["station_id"]})


EXAMPLES["GET /api/v1/stations/{station_id}/roster"] = get_stations_station_id_roster


async def delete_stations_station_id_roster_entry_id(w: World) -> Example:
    return E(await w.rostered())


EXAMPLES["DELETE /api/v1/stations/{station_id}/roster/{entry_id}"] = (
    delete_stations_station_id_roster_entry_id
)


async def get_stations_station_id_readiness(w: World) -> Example:
    return E(await w.station())


EXAMPLES["GET /api/v1/stations/{station_id}/readiness"] = get_stations_station_id_readiness


async def get_stations_export_xlsx(w: World) -> Example:
    return E(query={"province": "HI"})


EXAMPLES["GET /api/v1/stations/export.xlsx"] = get_stations_export_xlsx


async def get_stations_export_csv(w: World) -> Example:
    return E(query={"province": "HI"})


EXAMPLES["GET /api/v1/stations/export.csv"] = get_stations_export_csv


async def get_hours_preview(w: World) -> Example:
    return E(query={"hours": "Mo-Fr 08:30-17:30; PH off", "first_day": "2026-10-01"})


EXAMPLES["GET /api/v1/hours/preview"] = get_hours_preview


async def get_station_imports(w: World) -> Example:
    await w.planned()
    return E()


EXAMPLES["GET /api/v1/station-imports"] = get_station_imports


async def get_station_imports_template_xlsx(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/station-imports/template.xlsx"] = get_station_imports_template_xlsx


async def get_station_imports_import_id(w: World) -> Example:
    return E(await w.planned())


EXAMPLES["GET /api/v1/station-imports/{import_id}"] = get_station_imports_import_id


async def get_station_imports_import_id_rows(w: World) -> Example:
    return E(await w.planned(), query={"outcome": "added"})


EXAMPLES["GET /api/v1/station-imports/{import_id}/rows"] = get_station_imports_import_id_rows


async def get_station_imports_import_id_errors_xlsx(w: World) -> Example:
    return E(await w.planned())


EXAMPLES["GET /api/v1/station-imports/{import_id}/errors.xlsx"] = (
    get_station_imports_import_id_errors_xlsx
)


async def post_station_imports_import_id_application(w: World) -> Example:
    return E(await w.planned(), body={"strict": True})


EXAMPLES["POST /api/v1/station-imports/{import_id}/application"] = (
    post_station_imports_import_id_application
)


async def post_station_imports_import_id_undoing(w: World) -> Example:
    return E(await w.applied())


EXAMPLES["POST /api/v1/station-imports/{import_id}/undoing"] = (
    post_station_imports_import_id_undoing
)


async def get_station(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/station"] = get_station


async def get_station_readiness(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/station/readiness"] = get_station_readiness


async def put_station_duty_phone(w: World) -> Example:
    return E(body={"phone": "024-88881234"})


EXAMPLES["PUT /api/v1/station/duty-phone"] = put_station_duty_phone


async def patch_station_trucks_truck_id(w: World) -> Example:
    path, version = await w.own_truck()
    return E(path, body={"in_service": True}, version=version)


EXAMPLES["PATCH /api/v1/station/trucks/{truck_id}"] = patch_station_trucks_truck_id


async def get_station_roster(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/station/roster"] = get_station_roster


async def post_station_roster(w: World) -> Example:
    return E(body=shift())


EXAMPLES["POST /api/v1/station/roster"] = post_station_roster


async def delete_station_roster_entry_id(w: World) -> Example:
    return E(await w.own_rostered())


EXAMPLES["DELETE /api/v1/station/roster/{entry_id}"] = delete_station_roster_entry_id


async def get_tickets(w: World) -> Example:
    return E(query={"live": "true"})


EXAMPLES["GET /api/v1/tickets"] = get_tickets


async def get_queue(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/queue"] = get_queue


async def get_search(w: World) -> Example:
    return E(query={"q": "8000"})


EXAMPLES["GET /api/v1/search"] = get_search


async def put_tickets_ticket_id_presence(w: World) -> Example:
    return E(await w.ticket(), body={"editing": True})


EXAMPLES["PUT /api/v1/tickets/{ticket_id}/presence"] = put_tickets_ticket_id_presence


async def delete_tickets_ticket_id_presence(w: World) -> Example:
    return E(await w.ticket())


EXAMPLES["DELETE /api/v1/tickets/{ticket_id}/presence"] = delete_tickets_ticket_id_presence


async def post_tickets(w: World) -> Example:
    return E(body={"kind": "complaint", "particulars": {"severity": "high"}})


EXAMPLES["POST /api/v1/tickets"] = post_tickets


async def get_tickets_ticket_id(w: World) -> Example:
    return E(await w.ticket())


EXAMPLES["GET /api/v1/tickets/{ticket_id}"] = get_tickets_ticket_id


async def patch_tickets_ticket_id(w: World) -> Example:
    return E(await w.ticket(), body={"summary": "late"}, version=1)


EXAMPLES["PATCH /api/v1/tickets/{ticket_id}"] = patch_tickets_ticket_id


async def get_tickets_ticket_id_timeline(w: World) -> Example:
    return E(await w.ticket())


EXAMPLES["GET /api/v1/tickets/{ticket_id}/timeline"] = get_tickets_ticket_id_timeline


async def post_tickets_ticket_id_notes(w: World) -> Example:
    return E(await w.ticket(), body={"words": "rang back"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/notes"] = post_tickets_ticket_id_notes


async def post_tickets_ticket_id_assignment(w: World) -> Example:
    return E(await w.ticket(), body={"assignee_id": (await w.colleague())["staff_id"]})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/assignment"] = post_tickets_ticket_id_assignment


async def post_tickets_ticket_id_emergency_calls(w: World) -> Example:
    return E(await w.rescue(), body={"service": "120"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/emergency-calls"] = (
    post_tickets_ticket_id_emergency_calls
)


async def post_tickets_ticket_id_start(w: World) -> Example:
    return E(await w.ticket())


EXAMPLES["POST /api/v1/tickets/{ticket_id}/start"] = post_tickets_ticket_id_start


async def post_tickets_ticket_id_resolution(w: World) -> Example:
    return E(await w.step(await w.ticket(), "start"), body={"outcome": "explained"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/resolution"] = post_tickets_ticket_id_resolution


async def post_tickets_ticket_id_closure(w: World) -> Example:
    return E(
        await w.step(
            await w.step(await w.ticket(), "start"), "resolution", {"outcome": "explained"}
        )
    )


EXAMPLES["POST /api/v1/tickets/{ticket_id}/closure"] = post_tickets_ticket_id_closure


async def post_tickets_ticket_id_cancellation(w: World) -> Example:
    return E(await w.ticket(), body={"outcome": "asked twice"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/cancellation"] = post_tickets_ticket_id_cancellation


async def post_tickets_ticket_id_reopening(w: World) -> Example:
    return E(await w.step(await w.ticket(), "cancellation", {"outcome": "asked twice"}))


EXAMPLES["POST /api/v1/tickets/{ticket_id}/reopening"] = post_tickets_ticket_id_reopening


async def get_tickets_ticket_id_places(w: World) -> Example:
    return E(await w.rescue())


EXAMPLES["GET /api/v1/tickets/{ticket_id}/places"] = get_tickets_ticket_id_places


async def post_tickets_ticket_id_places(w: World) -> Example:
    return E(await w.rescue(), body={"lat": 41.8, "lon": 123.4})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/places"] = post_tickets_ticket_id_places


async def post_tickets_ticket_id_sayings(w: World) -> Example:
    return E(await w.rescue(), body={"text": "G15沈海高速K100往大连方向"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/sayings"] = post_tickets_ticket_id_sayings


async def post_tickets_ticket_id_places_place_id_direction(w: World) -> Example:
    return E(await w.place(), body={"towards": "往大连方向"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/places/{place_id}/direction"] = (
    post_tickets_ticket_id_places_place_id_direction
)


async def get_places_towns(w: World) -> Example:
    return E(query={"south": "41", "west": "122", "north": "42", "east": "124"})


EXAMPLES["GET /api/v1/places/towns"] = get_places_towns


async def get_places_map_layers(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/places/map-layers"] = get_places_map_layers


async def get_safety_words(w: World) -> Example:
    return E(query={"danger": "true"})


EXAMPLES["GET /api/v1/safety-words"] = get_safety_words


async def post_places_reading(w: World) -> Example:
    return E(body={"text": "京沪高速济南收费站往上海方向"})


EXAMPLES["POST /api/v1/places/reading"] = post_places_reading


async def post_tickets_ticket_id_places_place_id_confirmation(w: World) -> Example:
    return E(await w.place(), body={"reason": "saw the sign"})


EXAMPLES["POST /api/v1/tickets/{ticket_id}/places/{place_id}/confirmation"] = (
    post_tickets_ticket_id_places_place_id_confirmation
)


async def post_tickets_ticket_id_location_links(w: World) -> Example:
    return E(await w.rescue())


EXAMPLES["POST /api/v1/tickets/{ticket_id}/location-links"] = post_tickets_ticket_id_location_links


async def post_calls(w: World) -> Example:
    return E(body={"carrier_ref": str(uuid4()), "caller": "13800138000"})


EXAMPLES["POST /api/v1/calls"] = post_calls


async def get_calls(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/calls"] = get_calls


async def get_call_flow(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/call-flow"] = get_call_flow


async def put_call_flow(w: World) -> Example:
    body = {"flow": default_flow().model_dump(mode="json"), "note": "shorter"}
    return E(body=body, version=(await w.api.get("/api/v1/call-flow"))["version"])


EXAMPLES["PUT /api/v1/call-flow"] = put_call_flow


async def post_call_flow_check(w: World) -> Example:
    return E(body={"flow": default_flow().model_dump(mode="json")})


EXAMPLES["POST /api/v1/call-flow/check"] = post_call_flow_check


async def get_call_flow_versions(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/call-flow/versions"] = get_call_flow_versions


async def get_call_flow_versions_version(w: World) -> Example:
    return E({"version": str(await w.flow_version())})


EXAMPLES["GET /api/v1/call-flow/versions/{version}"] = get_call_flow_versions_version


async def get_call_flow_carriers(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/call-flow/carriers"] = get_call_flow_carriers


async def get_call_flow_prompts(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/call-flow/prompts"] = get_call_flow_prompts


async def get_call_flow_prompts_digest_sound(w: World) -> Example:
    return E({"digest": await w.recorded_prompt()})


EXAMPLES["GET /api/v1/call-flow/prompts/{digest}/sound"] = get_call_flow_prompts_digest_sound


async def delete_call_flow_prompts_digest_recording(w: World) -> Example:
    return E({"digest": await w.recorded_prompt()})


EXAMPLES["DELETE /api/v1/call-flow/prompts/{digest}/recording"] = (
    delete_call_flow_prompts_digest_recording
)


async def get_sample_callers(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/sample-callers"] = get_sample_callers


async def get_calls_call_id(w: World) -> Example:
    return E(await w.call())


EXAMPLES["GET /api/v1/calls/{call_id}"] = get_calls_call_id


async def post_calls_call_id_answer(w: World) -> Example:
    return E(await w.call())


EXAMPLES["POST /api/v1/calls/{call_id}/answer"] = post_calls_call_id_answer


async def post_calls_call_id_end(w: World) -> Example:
    return E(await w.call(answered=True), body={"reason": "caller_hung_up"})


EXAMPLES["POST /api/v1/calls/{call_id}/end"] = post_calls_call_id_end


async def post_calls_call_id_tickets(w: World) -> Example:
    return E(await w.call(answered=True), body={"kind": "technical"})


EXAMPLES["POST /api/v1/calls/{call_id}/tickets"] = post_calls_call_id_tickets


async def put_calls_call_id_ticket(w: World) -> Example:
    return E(await w.call(answered=True), body=await w.ticket())


EXAMPLES["PUT /api/v1/calls/{call_id}/ticket"] = put_calls_call_id_ticket


async def get_routing_preview(w: World) -> Example:
    return E(query={"lat": "41.8", "lon": "123.4", "fault": "flat_tyre"})


EXAMPLES["GET /api/v1/routing/preview"] = get_routing_preview


async def get_rescues_ticket_id_desk(w: World) -> Example:
    return E(await w.rescue())


EXAMPLES["GET /api/v1/rescues/{ticket_id}/desk"] = get_rescues_ticket_id_desk


async def get_rescues_ticket_id(w: World) -> Example:
    return E(await w.rescue())


EXAMPLES["GET /api/v1/rescues/{ticket_id}"] = get_rescues_ticket_id


async def post_rescues_ticket_id_hold(w: World) -> Example:
    return E(await w.asked())


EXAMPLES["POST /api/v1/rescues/{ticket_id}/hold"] = post_rescues_ticket_id_hold


async def post_rescues_ticket_id_release(w: World) -> Example:
    return E(await w.asked())


EXAMPLES["POST /api/v1/rescues/{ticket_id}/release"] = post_rescues_ticket_id_release


async def post_rescues_ticket_id_hand_assignment(w: World) -> Example:
    return E(await w.asked(), body=await w.by_hand())


EXAMPLES["POST /api/v1/rescues/{ticket_id}/hand-assignment"] = (
    post_rescues_ticket_id_hand_assignment
)


async def post_rescues_ticket_id_phone_acceptance(w: World) -> Example:
    return E(await w.asked(), body=await w.by_hand(eta_minutes=20))


EXAMPLES["POST /api/v1/rescues/{ticket_id}/phone-acceptance"] = (
    post_rescues_ticket_id_phone_acceptance
)


async def post_rescues_ticket_id_hand_over(w: World) -> Example:
    return E(await w.asked(), body=OPERATOR)


EXAMPLES["POST /api/v1/rescues/{ticket_id}/hand-over"] = post_rescues_ticket_id_hand_over


async def post_rescues_ticket_id_new_round(w: World) -> Example:
    return E(await w.asked())


EXAMPLES["POST /api/v1/rescues/{ticket_id}/new-round"] = post_rescues_ticket_id_new_round


async def post_rescues_ticket_id_cancellation(w: World) -> Example:
    return E(await w.asked(), body={"reason": "it starts again"})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/cancellation"] = post_rescues_ticket_id_cancellation


async def get_rescues_ticket_id_same_breakdown(w: World) -> Example:
    return E(await w.rescue())


EXAMPLES["GET /api/v1/rescues/{ticket_id}/same-breakdown"] = get_rescues_ticket_id_same_breakdown


async def post_rescues_ticket_id_merges(w: World) -> Example:
    other = (await w.rescue())["ticket_id"]
    return E(await w.rescue(), body={"merged_id": other, "reason": "his wife called, too"})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/merges"] = post_rescues_ticket_id_merges


async def post_rescues_ticket_id_merge_undoing(w: World) -> Example:
    return E(await w.merged(), body={"reason": "another car"})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/merge-undoing"] = post_rescues_ticket_id_merge_undoing


async def post_rescues_ticket_id_not_the_same(w: World) -> Example:
    return E(await w.rescue(), body={"other_id": (await w.rescue())["ticket_id"]})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/not-the-same"] = post_rescues_ticket_id_not_the_same


async def post_dispatches_dispatch_id_reassignment(w: World) -> Example:
    return E(await w.dispatch(), body={"reason": "too slow"})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/reassignment"] = (
    post_dispatches_dispatch_id_reassignment
)


async def post_dispatches_dispatch_id_phone_report(w: World) -> Example:
    return E(await w.dispatch(), body={"stage": "departed"})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/phone-report"] = (
    post_dispatches_dispatch_id_phone_report
)


async def post_dispatches_dispatch_id_phone_eta(w: World) -> Example:
    return E(await w.dispatch(), body={"eta_minutes": 40})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/phone-eta"] = post_dispatches_dispatch_id_phone_eta


async def get_rescues_ticket_id_hand_list(w: World) -> Example:
    return E(await w.asked())


EXAMPLES["GET /api/v1/rescues/{ticket_id}/hand-list"] = get_rescues_ticket_id_hand_list


async def get_rescues_ticket_id_tow_destinations(w: World) -> Example:
    return E((await tow_of_rescue(w))[0])


EXAMPLES["GET /api/v1/rescues/{ticket_id}/tow/destinations"] = (
    get_rescues_ticket_id_tow_destinations
)


async def get_tickets_ticket_id_messages(w: World) -> Example:
    return E(await w.ticket())


EXAMPLES["GET /api/v1/tickets/{ticket_id}/messages"] = get_tickets_ticket_id_messages


async def post_tickets_ticket_id_messages_message_id_repetition(w: World) -> Example:
    return E(await w.said())


EXAMPLES["POST /api/v1/tickets/{ticket_id}/messages/{message_id}/repetition"] = (
    post_tickets_ticket_id_messages_message_id_repetition
)


async def get_offers(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/offers"] = get_offers


async def get_offers_offer_id(w: World) -> Example:
    return E(await w.offer())


EXAMPLES["GET /api/v1/offers/{offer_id}"] = get_offers_offer_id


async def post_offers_offer_id_sight(w: World) -> Example:
    return E(await w.offer())


EXAMPLES["POST /api/v1/offers/{offer_id}/sight"] = post_offers_offer_id_sight


async def post_offers_offer_id_acceptance(w: World) -> Example:
    return E(await w.offer(), body={"eta_minutes": 20})


EXAMPLES["POST /api/v1/offers/{offer_id}/acceptance"] = post_offers_offer_id_acceptance


async def post_offers_offer_id_decline(w: World) -> Example:
    return E(await w.offer(), body={"reason": "trucks_busy"})


EXAMPLES["POST /api/v1/offers/{offer_id}/decline"] = post_offers_offer_id_decline


async def get_dispatches(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/dispatches"] = get_dispatches


async def get_dispatches_dispatch_id(w: World) -> Example:
    return E(await w.dispatch())


EXAMPLES["GET /api/v1/dispatches/{dispatch_id}"] = get_dispatches_dispatch_id


async def post_dispatches_dispatch_id_departure(w: World) -> Example:
    return E(await w.dispatch())


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/departure"] = post_dispatches_dispatch_id_departure


async def post_dispatches_dispatch_id_arrival(w: World) -> Example:
    return E(await w.dispatch("departure"))


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/arrival"] = post_dispatches_dispatch_id_arrival


async def post_dispatches_dispatch_id_completion(w: World) -> Example:
    return E(await w.dispatch("departure", "arrival"), body={"outcome": "repaired"})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/completion"] = (
    post_dispatches_dispatch_id_completion
)


async def post_dispatches_dispatch_id_gone_on_arrival(w: World) -> Example:
    return E(
        await w.dispatch("departure", "arrival"),
        body={"proof_file": (await w.file())["file_id"], "called_owner": True},
    )


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/gone-on-arrival"] = (
    post_dispatches_dispatch_id_gone_on_arrival
)


async def post_dispatches_dispatch_id_hand_back(w: World) -> Example:
    return E(await w.dispatch(), body={"reason": "flat tyre too"})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/hand-back"] = post_dispatches_dispatch_id_hand_back


async def post_dispatches_dispatch_id_eta(w: World) -> Example:
    return E(await w.dispatch(), body={"eta_minutes": 45})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/eta"] = post_dispatches_dispatch_id_eta


async def post_dispatches_dispatch_id_positions(w: World) -> Example:
    return E(
        await w.dispatch("departure"),
        body={"lat": 41.8, "lon": 123.4, "fixed_at": shift()["starts_at"]},
    )


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/positions"] = post_dispatches_dispatch_id_positions


async def get_stations_station_id_hours_overrides(w: World) -> Example:
    return E(await w.station())


EXAMPLES["GET /api/v1/stations/{station_id}/hours-overrides"] = (
    get_stations_station_id_hours_overrides
)


async def post_stations_station_id_hours_overrides(w: World) -> Example:
    days = {"first_day": "2036-10-01", "last_day": "2036-10-03"}
    return E(await w.station(), body={**days, "hours": "10:00-16:00", "reason": "国庆"})


EXAMPLES["POST /api/v1/stations/{station_id}/hours-overrides"] = (
    post_stations_station_id_hours_overrides
)


async def delete_stations_station_id_hours_overrides_override_id(w: World) -> Example:
    return E(await w.overridden())


EXAMPLES["DELETE /api/v1/stations/{station_id}/hours-overrides/{override_id}"] = (
    delete_stations_station_id_hours_overrides_override_id
)


async def get_messages(w: World) -> Example:
    return E()


EXAMPLES["GET /api/v1/messages"] = get_messages


async def get_files_file_id(w: World) -> Example:
    return E(await w.file())


EXAMPLES["GET /api/v1/files/{file_id}"] = get_files_file_id


async def get_healthz(w: World) -> Example:
    return E()


EXAMPLES["GET /healthz"] = get_healthz


async def get_readyz(w: World) -> Example:
    return E()


EXAMPLES["GET /readyz"] = get_readyz


async def get_metrics(w: World) -> Example:
    return E()


EXAMPLES["GET /metrics"] = get_metrics


async def on_the_hook(w: World) -> tuple[dict[str, str], Any]:
    """A dispatch beside its car with a tow: the path's parts, and the tow."""
    given = await w.dispatch("arrival")
    path = f"/api/v1/dispatches/{given['dispatch_id']}/tow"
    return given, await w.api.post(path)


async def tow_of_rescue(w: World) -> tuple[dict[str, str], Any]:
    _, tow = await on_the_hook(w)
    return {"ticket_id": tow["ticket_id"]}, tow


def wish(tow: Any) -> dict[str, Any]:
    there = {"place_words": "Lin's garage", "reason": "owner's wish"}
    return there | {"instead_of": tow["destination_id"]}


async def post_dispatches_dispatch_id_tow(w: World) -> Example:
    return E(await w.dispatch("arrival"))


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/tow"] = post_dispatches_dispatch_id_tow


async def post_dispatches_dispatch_id_tow_destination(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return E(given, body=wish(tow))


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/tow/destination"] = (
    post_dispatches_dispatch_id_tow_destination
)


async def post_dispatches_dispatch_id_tow_refusal(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return E(given, body={"destination_id": tow["destination_id"], "reason": "no lift free"})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/tow/refusal"] = (
    post_dispatches_dispatch_id_tow_refusal
)


async def post_dispatches_dispatch_id_tow_loading(w: World) -> Example:
    return E((await on_the_hook(w))[0])


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/tow/loading"] = (
    post_dispatches_dispatch_id_tow_loading
)


async def post_dispatches_dispatch_id_tow_delivery(w: World) -> Example:
    given, tow = await on_the_hook(w)
    return E(given, body={"destination_id": tow["destination_id"]})


EXAMPLES["POST /api/v1/dispatches/{dispatch_id}/tow/delivery"] = (
    post_dispatches_dispatch_id_tow_delivery
)


async def get_rescues_ticket_id_second_leg(w: World) -> Example:
    return E((await tow_of_rescue(w))[0])


EXAMPLES["GET /api/v1/rescues/{ticket_id}/second-leg"] = get_rescues_ticket_id_second_leg


async def post_rescues_ticket_id_tow(w: World) -> Example:
    return E((await tow_of_rescue(w))[0])


EXAMPLES["POST /api/v1/rescues/{ticket_id}/tow"] = post_rescues_ticket_id_tow


async def post_rescues_ticket_id_tow_destination(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return E(given, body=wish(tow))


EXAMPLES["POST /api/v1/rescues/{ticket_id}/tow/destination"] = (
    post_rescues_ticket_id_tow_destination
)


async def post_rescues_ticket_id_tow_refusal(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return E(given, body={"destination_id": tow["destination_id"], "reason": "no lift free"})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/tow/refusal"] = post_rescues_ticket_id_tow_refusal


async def post_rescues_ticket_id_tow_delivery(w: World) -> Example:
    given, tow = await tow_of_rescue(w)
    return E(given, body={"destination_id": tow["destination_id"]})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/tow/delivery"] = post_rescues_ticket_id_tow_delivery


async def post_rescues_ticket_id_onward_travel(w: World) -> Example:
    return E(await w.rescue(), body={"kind": "taxi", "persons": 2})


EXAMPLES["POST /api/v1/rescues/{ticket_id}/onward-travel"] = post_rescues_ticket_id_onward_travel


async def get_board(w: World) -> Example:
    return E()


for figure in ("", "/offers", "/alarms", "/handovers", "/map", "/hours"):
    EXAMPLES[f"GET /api/v1/board{figure}"] = get_board


async def get_board_rescues(w: World) -> Example:
    return E(query={"stage": "dispatching"})


EXAMPLES["GET /api/v1/board/rescues"] = get_board_rescues


async def get_board_tickets(w: World) -> Example:
    return E(query={"day": "opened"})


EXAMPLES["GET /api/v1/board/tickets"] = get_board_tickets


async def get_handovers(w: World) -> Example:
    return E(query=await w.colleague())


EXAMPLES["GET /api/v1/handovers"] = get_handovers
EXAMPLES["GET /api/v1/handovers/unfinished"] = get_handovers


async def post_handovers(w: World) -> Example:
    return E(body=await w.unfinished())


EXAMPLES["POST /api/v1/handovers"] = post_handovers


async def post_handovers_handover_id_seen(w: World) -> Example:
    return E(await w.handed_over())


EXAMPLES["POST /api/v1/handovers/{handover_id}/seen"] = post_handovers_handover_id_seen


async def get_tickets_export_xlsx(w: World) -> Example:
    return E(query={"live": "true"})


EXAMPLES["GET /api/v1/tickets/export.xlsx"] = get_tickets_export_xlsx


async def get_tickets_export_csv(w: World) -> Example:
    return E(query={"live": "true"})


EXAMPLES["GET /api/v1/tickets/export.csv"] = get_tickets_export_csv


async def get_calls_export_xlsx(w: World) -> Example:
    return E(query={"live": "true"})


EXAMPLES["GET /api/v1/calls/export.xlsx"] = get_calls_export_xlsx


async def get_calls_export_csv(w: World) -> Example:
    return E(query={"live": "true"})


EXAMPLES["GET /api/v1/calls/export.csv"] = get_calls_export_csv


async def get_audit(w: World) -> Example:
    return E(query={"kind": "staff.added", "since": "2026-01-01T00:00:00Z"})


EXAMPLES["GET /api/v1/audit"] = get_audit
