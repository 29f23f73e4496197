"""What browsers, and those who are none, may send to a page: fields that fit and fields that do
not."""

import typing
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from pydantic import BaseModel

from callcenter.web.forms import Upload
from callcenter.web.routes import Route
from tests.contract.world import PNG, sheet_of_a_station

Known = Mapping[str, Sequence[str]]
"""Field or piece of a path -> what fits there."""

HOSTILE = [
    *("", " ", "0", "-1", "1e400", "NaN", "Infinity", "9" * 40, "true", "null", "on"),
    *("x" * 5000, "\x00", "a\x00b", "￿", "‮", "😀" * 50, "京A·12345", "１２３"),
    *("'; drop table tickets; --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "../../etc"),
    *("//evil.example", "2026-02-30T25:61:00Z", str(uuid4()), "41.8,123.4", "123.4,41.8"),
]


@dataclass(frozen=True)
class Sent:
    """One request to a page."""

    path: str
    query: dict[str, str]
    fields: dict[str, str]
    upload: tuple[str, bytes] | None = None
    raw: tuple[str, bytes] | None = None
    headers: dict[str, str] = field(default_factory=dict)


def requests_to(route: Route, known: Known) -> st.SearchStrategy[Sent]:
    """Most fit in all but a field or two, so that they come as far as the verb behind the page."""
    return st.builds(
        Sent,
        path=_path(route, known),
        query=_fields(route.sources.get("query"), known),
        fields=_fields(route.sources.get("form"), known),
        upload=_upload(route),
        raw=_raw(route),
        headers=st.sampled_from(
            [{}, {}, {}, {"Accept-Language": "en"}, {"Accept-Language": "xx;q=9"}]
        ),
    )


def _path(route: Route, known: Known) -> st.SearchStrategy[str]:
    path = route.path.replace(":.*}", "}")
    pieces = [piece.strip("{}") for piece in path.split("/") if piece.startswith("{")]
    fitting = [st.sampled_from(known[name]) for name in pieces]
    other = [st.sampled_from(["x", "%00", "%2e%2e", "%F0%9F", str(uuid4()), "A" * 300])] * len(
        pieces
    )
    return st.one_of(*[st.tuples(*fitting)] * 4, st.tuples(*other)).map(
        lambda values: path.format(**dict(zip(pieces, values, strict=True)))
    )


@st.composite
def _fields(draw: st.DrawFn, model: type[BaseModel] | None, known: Known) -> dict[str, str]:
    if model is None:
        return {}
    names = [n for n, told in model.model_fields.items() if not _takes(told.annotation, Upload)]
    required = [name for name in names if model.model_fields[name].is_required()]
    present = {*required, *draw(st.sets(st.sampled_from(names)))} if names else set()
    sent = {name: draw(_fitting(name, model, known)) for name in sorted(present)}
    for name in draw(st.lists(st.sampled_from([*names, "unknown", "csrf_token"]), max_size=2)):
        if draw(st.booleans()):
            sent[name] = draw(st.one_of(st.sampled_from(HOSTILE), st.text(max_size=40)))
        else:
            sent.pop(name, None)
    return sent


def _fitting(name: str, model: type[BaseModel], known: Known) -> st.SearchStrategy[str]:
    told = model.model_fields[name]
    as_if_left_out = "" if told.is_required() or told.default is None else str(told.default)
    return st.sampled_from(
        list(known.get(name, ())) or _listed(told.annotation) or [as_if_left_out]
    )


def _listed(annotation: Any) -> list[str]:
    """The words of a Literal or an enum, however deep it lies in the annotation."""
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return [member.value for member in annotation]
    arms = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Literal:
        return [str(arm) for arm in arms]
    return [word for arm in arms for word in _listed(arm)]


def _takes(annotation: Any, kind: type) -> bool:
    return annotation is kind or any(_takes(arm, kind) for arm in typing.get_args(annotation))


def _upload(route: Route) -> st.SearchStrategy[tuple[str, bytes] | None]:
    """A file in the field that takes one, under the field's name."""
    form = route.sources.get("form")
    fields = form.model_fields if form else {}
    names = [name for name, told in fields.items() if _takes(told.annotation, Upload)]
    if not names:
        return st.none()
    good = {"photo": PNG, "file": sheet_of_a_station()}[names[0]]
    sent = st.one_of(st.none(), st.just(good), st.binary(max_size=200))
    return sent.map(lambda data: None if data is None else (names[0], data))


def _raw(route: Route) -> st.SearchStrategy[tuple[str, bytes] | None]:
    """Now and then no form at all."""
    if "form" not in route.sources:
        return st.none()
    types = ["application/x-www-form-urlencoded", "multipart/form-data", "application/json", "x"]
    types.append("multipart/form-data; boundary=b")
    junk = st.tuples(st.sampled_from(types), st.binary(max_size=300))
    return st.integers(0, 7).flatmap(lambda n: st.none() if n else junk)
