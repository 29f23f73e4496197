"""The parts of the OpenAPI document that follow from how a route is declared."""

from typing import Any

from pydantic import BaseModel

from callcenter.web.forms import Upload
from callcenter.web.permission import Permission
from callcenter.web.routes import Route
from callcenter.web.status import status_words

SECURITY_SCHEMES = {
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "callcenter",
        "description": "Session of the browser (`__Host-callcenter` over https). Unsafe methods "
        "also need our Origin and the header X-CSRF-Token.",
    },
    "machine": {
        "type": "http",
        "scheme": "bearer",
        "description": "Machine token; its scopes are the permissions named at x-permission.",
    },
}

BINARY = {"type": "string", "format": "binary", "minLength": 1}

IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "Made before the first try and sent again with each retry. Kept for 24 h.",
    "schema": {"type": "string", "pattern": "^[\\x21-\\x7e]{8,200}$"},
    "example": "3f0c7a52-9d1e-4a7b-8a52-1f6f6c1d2b90",
}

KEY_OF_OLD = {
    **IDEMPOTENCY_KEY,
    "required": False,
    "deprecated": True,
    "description": "Not needed any more: nothing is written. It is not looked at.",
    "schema": {"type": "string"},
}

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "The ETag of the version that was read.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
    "example": '"1"',
}


def security_of(route: Route) -> list[dict[str, list[str]]]:
    """Session or token; nothing for public routes."""
    if route.permission is Permission.PUBLIC:
        return []
    return [{"session": []}, {"machine": []}]


def problem_statuses(route: Route) -> dict[int, str]:
    """Which refusals the frame itself may answer, and those the route declares."""
    statuses = set(route.problems)
    if route.permission is not Permission.PUBLIC:
        statuses |= {401, 403}
    if route.sources:
        statuses |= {422}
    if "path" in route.sources:
        statuses |= {404}
    if route.sources.keys() & {"body", "form", "upload"}:
        statuses |= {400, 413, 415}
    if route.idempotent:
        statuses |= {409, 422, 428}
    if route.if_match:
        statuses |= {412, 422, 428}
    return {status: status_words(status) for status in sorted(statuses | {503})}


def parameters_of(
    model: type[BaseModel], where: str, ref_template: str
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The model's fields as parameters, and the schemas they refer to."""
    schema = model.model_json_schema(ref_template=ref_template)
    required = schema.get("required", [])
    parameters = []
    for name, field in schema.get("properties", {}).items():
        parameter: dict[str, Any] = {
            "name": name,
            "in": where,
            "required": where == "path" or name in required,
            "schema": _without_null(field),
        }
        if described := parameter["schema"].pop("description", None):
            parameter["description"] = described
        parameters.append(parameter)
    return parameters, schema.get("$defs", {})


def form_schema_of(
    model: type[BaseModel], ref_template: str
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of a multipart body, a file in it as bytes; and the schemas that it refers to."""
    schema = model.model_json_schema(ref_template=ref_template)
    nested = schema.pop("$defs", {})
    nested.pop(Upload.__name__, None)
    upload = {"$ref": ref_template.format(model=Upload.__name__)}
    schema["properties"] = {
        name: BINARY if _without_null(field) == upload else _without_null(field)
        for name, field in schema.get("properties", {}).items()
    }
    return schema, nested


def _without_null(field: dict[str, Any]) -> dict[str, Any]:
    # A text in an address or a header has no null: it is there or not.
    field = {key: value for key, value in field.items() if key != "title"}
    if "anyOf" in field:
        arms = [arm for arm in field.pop("anyOf") if arm != {"type": "null"}]
        field = {**(arms[0] if len(arms) == 1 else {"anyOf": arms}), **field}
    if field.get("default", 0) is None:
        del field["default"]
    return field
