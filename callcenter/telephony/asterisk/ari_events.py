"""The events of ARI that we act on, as they come over the socket. All others are filtered out by
Asterisk itself: two thirds of them would be changes of variables."""

from typing import Annotated, Literal, get_args

from pydantic import AliasPath, BaseModel, ConfigDict, Field, TypeAdapter


class Wire(BaseModel):
    """What Asterisk adds in a later version is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Channel(Wire):
    """One leg of a call, and which application of the dial plan it is in, with what data."""

    id: str
    state: str = ""
    caller_name: str = Field("", validation_alias=AliasPath("caller", "name"))
    caller_number: str = Field("", validation_alias=AliasPath("caller", "number"))
    inside: str = Field("", validation_alias=AliasPath("dialplan", "app_name"))
    data: str = Field("", validation_alias=AliasPath("dialplan", "app_data"))

    def is_in(self, application: str) -> bool:
        """Whether it is in the hands of this application of ours."""
        return self.inside == "Stasis" and self.data.split(",")[0] == application

    @property
    def dialled(self) -> str:
        """What the dial plan told Stasis."""
        return self.data.split(",")[-1]


class StasisStart(Wire):
    """A leg is in our hands: it rings, or it was dialled by us and has answered."""

    type: Literal["StasisStart"]
    channel: Channel
    args: tuple[str, ...] = ()


class StasisEnd(Wire):
    """A leg has left our hands. For a caller it is the only end that is told."""

    type: Literal["StasisEnd"]
    channel: Channel


class ChannelHangupRequest(Wire):
    """The far end hangs up; why, by Q.850. Comes before the end itself."""

    type: Literal["ChannelHangupRequest"]
    channel: Channel
    cause: int = 0
    tech_cause: int | None = None


class ChannelDestroyed(Wire):
    """A leg that we dialled is over, answered or not. `tech_cause`: the SIP status."""

    type: Literal["ChannelDestroyed"]
    channel: Channel
    cause: int = 0
    tech_cause: int | None = None


class ChannelDtmfReceived(Wire):
    """A key, when it is let go."""

    type: Literal["ChannelDtmfReceived"]
    channel: Channel
    digit: str
    duration_ms: int = 0


class Dial(Wire):
    """How the dialling of a leg goes."""

    type: Literal["Dial"]
    channel: Channel = Field(validation_alias="peer")
    dialstatus: str = ""


class ChannelTransfer(Wire):
    """A phone asks (by REFER) to hand its call on: told, and not done by Asterisk."""

    type: Literal["ChannelTransfer"]
    channel: Channel = Field(validation_alias=AliasPath("referred_by", "source_channel"))
    to: str = Field(
        "", validation_alias=AliasPath("refer_to", "requested_destination", "destination")
    )


class PlaybackFinished(Wire):
    """A prompt is over, or was stopped, or could not be played (`failed`)."""

    type: Literal["PlaybackFinished"]
    id: str = Field(validation_alias=AliasPath("playback", "id"))
    state: str = Field(validation_alias=AliasPath("playback", "state"))
    target: str = Field(validation_alias=AliasPath("playback", "target_uri"))


class RecordingFinished(Wire):
    """A recording is on disk; its length in seconds."""

    type: Literal["RecordingFinished"]
    name: str = Field(validation_alias=AliasPath("recording", "name"))
    duration_s: float = Field(0, validation_alias=AliasPath("recording", "duration"))


class RecordingFailed(Wire):
    """A recording that is not on disk."""

    type: Literal["RecordingFailed"]
    name: str = Field(validation_alias=AliasPath("recording", "name"))


class ApplicationReplaced(Wire):
    """Somebody else has opened our application's socket: from now on we hear nothing."""

    type: Literal["ApplicationReplaced"]


OfChannel = (
    StasisStart
    | StasisEnd
    | ChannelHangupRequest
    | ChannelDestroyed
    | ChannelDtmfReceived
    | Dial
    | ChannelTransfer
)
AriEvent = OfChannel | PlaybackFinished | RecordingFinished | RecordingFailed | ApplicationReplaced
KNOWN = tuple(get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(AriEvent))
_ANY: TypeAdapter[AriEvent] = TypeAdapter(Annotated[AriEvent, Field(discriminator="type")])


def parse(text: str) -> AriEvent:
    """The event; raises ValueError for one that we do not know."""
    return _ANY.validate_json(text)
