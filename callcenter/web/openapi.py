"""The contract: OpenAPI 3.1 out of the declared routes and their pydantic models."""

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from callcenter.web.forms import MULTIPART
from callcenter.web.openapi_parts import (
    BINARY,
    IDEMPOTENCY_KEY,
    IF_MATCH,
    KEY_OF_OLD,
    SECURITY_SCHEMES,
    form_schema_of,
    parameters_of,
    problem_statuses,
    security_of,
)
from callcenter.web.parse import JSON, optional_model
from callcenter.web.routes import Route
from callcenter.web.wire import Problem

REF = "#/components/schemas/{model}"
Mode = Any
PROBLEM_JSON = "application/problem+json"


def openapi(routes: Iterable[Route], *, title: str = "callcenter") -> dict[str, Any]:
    """The document for the API routes; pages are not in it."""
    api = sorted((r for r in routes if r.is_api), key=lambda r: (r.path, r.method))
    refs, definitions = models_json_schema(sorted(_models(api), key=str), ref_template=REF)
    schemas = dict(definitions.get("$defs", {}))
    paths: dict[str, Any] = {}
    for route in api:
        operation = _operation(route, refs, schemas)
        paths.setdefault(route.path, {})[route.method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": _version(), "license": {"name": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in sorted({tag for r in api for tag in r.tags})],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": SECURITY_SCHEMES,
        },
    }


def _version() -> str:
    try:
        return version("callcenter")
    except PackageNotFoundError:
        return "0"


def _models(routes: Iterable[Route]) -> set[tuple[type[BaseModel], Mode]]:
    models: set[tuple[type[BaseModel], Mode]] = {(Problem, "serialization")}
    for route in routes:
        if "body" in route.sources:
            models.add((optional_model(route.sources["body"])[0], "validation"))
        if _is_model(route.returns):
            models.add((route.returns, "serialization"))
    return models


def _is_model(returns: Any) -> bool:
    return isinstance(returns, type) and issubclass(returns, BaseModel)


def _operation(route: Route, refs: dict[Any, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": f"{route.handler.__module__.split('.')[1]}_{route.handler.__name__}",
        "summary": route.summary,
        "tags": list(route.tags),
        "x-permission": route.permission.value,
        "security": security_of(route),
        "parameters": _parameters(route, schemas),
        "responses": _responses(route, refs),
    }
    if route.description:
        operation["description"] = route.description
    if body := _request_body(route, refs, schemas):
        operation["requestBody"] = body
    return operation


def _parameters(route: Route, schemas: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for source, where in (("path", "path"), ("query", "query"), ("headers", "header")):
        if source in route.sources:
            parameters, nested = parameters_of(route.sources[source], where, REF)
            found.extend(parameters)
            schemas.update(nested)
    if route.idempotent:
        found.append(IDEMPOTENCY_KEY)
    if route.reads:
        found.append(KEY_OF_OLD)
    if route.if_match:
        found.append(IF_MATCH)
    return found


def _request_body(
    route: Route, refs: dict[Any, Any], schemas: dict[str, Any]
) -> dict[str, Any] | None:
    if "upload" in route.sources:
        content = {kind: {"schema": BINARY} for kind in route.media_types}
        return {"required": True, "content": content}
    if "form" in route.sources:
        schema, nested = form_schema_of(route.sources["form"], REF)
        schemas.update(nested)
        return {"required": True, "content": {MULTIPART: {"schema": schema}}}
    if "body" not in route.sources:
        return None
    model, optional = optional_model(route.sources["body"])
    content = {JSON: {"schema": refs[(model, "validation")]}}
    return {"required": not optional, "content": content}


def _responses(route: Route, refs: dict[Any, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": route.summary}
    if _is_model(route.returns):
        good["content"] = {JSON: {"schema": refs[(route.returns, "serialization")]}}
        if "version" in route.returns.model_fields:
            good["headers"] = {"ETag": {"schema": {"type": "string"}}}
    elif route.media_types and "upload" not in route.sources:
        good["content"] = {kind: {"schema": {"type": "string"}} for kind in route.media_types}
    responses = {str(route.status): good}
    problem = {PROBLEM_JSON: {"schema": refs[(Problem, "serialization")]}}
    for status, words in problem_statuses(route).items():
        responses[str(status)] = {"description": words, "content": problem}
    responses["default"] = {"description": "Any other problem", "content": problem}
    return responses
