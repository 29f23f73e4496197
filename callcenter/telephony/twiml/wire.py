"""What a TwiML carrier sends: forms with more fields than anybody knows, all of them signed."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from callcenter.web.wire import QueryModel


class CarrierForm(BaseModel):
    """All fields as they came."""

    model_config = ConfigDict(extra="allow", frozen=True)


class CallWords(BaseModel):
    """Those that are understood."""

    model_config = ConfigDict(frozen=True, str_max_length=2000)
    call_sid: Annotated[str, Field(alias="CallSid", min_length=1, max_length=200)]
    caller: Annotated[str, Field(alias="From")] = ""
    status: Annotated[str, Field(alias="CallStatus")] = ""
    digits: Annotated[str, Field(alias="Digits")] = ""
    recording_url: Annotated[str, Field(alias="RecordingUrl")] = ""
    recording_s: Annotated[int | None, Field(alias="RecordingDuration", ge=0, le=86_400)] = None
    queue_result: Annotated[str, Field(alias="QueueResult")] = ""
    dial_status: Annotated[str, Field(alias="DialCallStatus")] = ""

    @property
    def carrier_ref(self) -> str:
        """The call's name among those of all carriers."""
        return f"twiml:{self.call_sid}"


class WaitPath(QueryModel):
    """Which wait of the call something was heard to."""

    sequence: Annotated[int, Field(ge=0, le=1000)]


class LeftQuery(QueryModel):
    """`fallback`: the desk phones have been tried already."""

    fallback: bool = False
