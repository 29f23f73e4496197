"""What the call flow looks like on the wire."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from callcenter.telephony.flow.faults import Fault, FlowFault
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.flow.repository import FlowVersion
from callcenter.web.wire import Moment, Page, QueryModel, WireModel


class FlowDraft(WireModel):
    """A flow to be looked at, not published."""

    flow: Flow


class FlowPublication(FlowDraft):
    """A flow for the calls that ring from now on, and what was changed, for those who look back."""

    note: Annotated[str, Field(max_length=500)] = ""


class FlowOut(WireModel):
    """A version; 0 is the flow that comes with the program, which nobody has published.

    `publisher`: the colleague's name, or the machine's.
    """

    version: int
    flow: Flow
    note: str
    published_by: str
    publisher: str | None
    published_at: Moment | None


class FaultOut(WireModel):
    """What is wrong at which step, by its code and in the reader's words."""

    code: FlowFault
    step: str
    words: str


class FlowCheck(WireModel):
    """All that is wrong; a flow without faults can be published."""

    faults: list[FaultOut]


class FlowVersionOut(WireModel):
    """A version without its steps."""

    version: int
    note: str
    published_by: str
    publisher: str | None
    published_at: Moment


class FlowGroup(WireModel):
    """A group that calls may wait for, with its names."""

    name: str
    title_zh: str
    title_en: str


class FlowGroups(WireModel):
    """All of them, by name."""

    items: list[FlowGroup]


FlowVersionPage = Page[FlowVersionOut]


class FlowVersionPath(QueryModel):
    """The version in the address."""

    version: Annotated[int, Field(ge=1, le=999_999_999)]


class FlowVersionQuery(QueryModel):
    """Which part of the list."""

    before: Annotated[int, Field(ge=1, le=999_999_999)] | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


def flow_out(found: FlowVersion, names: Mapping[str, str]) -> FlowOut:
    """One version; `names` of who may have published it."""
    own = FlowOut.model_fields.keys() - {"publisher"}
    fields = {name: getattr(found, name) for name in own}
    return FlowOut(publisher=names.get(found.published_by), **fields)


def fault_out(fault: Fault, language: str) -> FaultOut:
    """One fault for this reader."""
    return FaultOut(code=fault.code, step=fault.step, words=fault.words(language))
