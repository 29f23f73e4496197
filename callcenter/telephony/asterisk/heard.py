"""An event of ARI, taken in by its call: what the conversation is told."""

from pathlib import Path

from callcenter.telephony.asterisk.ari_events import (
    ApplicationReplaced,
    AriEvent,
    ChannelDestroyed,
    ChannelDtmfReceived,
    ChannelHangupRequest,
    ChannelTransfer,
    Dial,
    PlaybackFinished,
    RecordingFailed,
    RecordingFinished,
    StasisEnd,
    StasisStart,
)
from callcenter.telephony.asterisk.call import AsteriskCall
from callcenter.telephony.asterisk.naming import LEG, kind_of
from callcenter.telephony.signals import (
    Answered,
    Cause,
    Heard,
    Key,
    Played,
    Recognised,
    Recorded,
    Ringing,
    Silent,
    TransferAsked,
)

RECOGNISED = {"HUMAN": Heard.PERSON, "MACHINE": Heard.MACHINE}


def subject_of(event: AriEvent) -> str:
    """The name of what it is about."""
    match event:
        case PlaybackFinished():
            return event.id
        case RecordingFinished() | RecordingFailed():
            return event.name
        case ApplicationReplaced():
            return ""
        case _:
            return event.channel.id


def hear(call: AsteriskCall, event: AriEvent, recordings: Path) -> None:
    """Into the call's inbox, if its conversation has to know."""
    match event:
        case StasisStart(channel=channel, args=args):
            _arrive(call, channel.id, args)
        case ChannelDtmfReceived(channel=channel):
            call.tell(Key(channel.id, event.digit, event.duration_ms))
        case Dial(channel=channel, dialstatus="RINGING"):
            call.tell(Ringing(channel.id))
        case ChannelTransfer(channel=channel, to=to):
            call.tell(TransferAsked(channel.id, to))
        case PlaybackFinished():
            leg = call.playing.pop(event.id, event.target.removeprefix("channel:"))
            call.tell(Played(leg, event.id, event.state == "done"))
        case RecordingFinished(name=name):
            call.tell(Recorded(name, recordings / f"{name}.wav", event.duration_s))
        case RecordingFailed(name=name):
            call.tell(Recorded(name, None, 0))
        case _:
            _hear_end(call, event)


def _hear_end(call: AsteriskCall, event: AriEvent) -> None:
    match event:
        case ChannelHangupRequest(channel=channel):
            call.known.far_end_hangs_up(channel.id, Cause(event.cause, event.tech_cause))
        case ChannelDestroyed(channel=channel):
            call.left(channel.id, Cause(event.cause, event.tech_cause))
        # What we dialled is told of once more, with its cause; a caller is not.
        case StasisEnd(channel=channel) if kind_of(channel.id) != LEG:
            call.left(channel.id, Cause())


def _arrive(call: AsteriskCall, name: str, args: tuple[str, ...]) -> None:
    if args[:1] == ("recognised",):
        call.tell(Recognised(name, RECOGNISED.get(args[-1], Heard.UNSURE)))
    elif args[:1] == ("outlasted",):
        call.tell(Silent(name))
    elif (waited_for := call.arrived.pop(name, None)) is not None:
        waited_for.set()
    elif name in call.legs:
        call.tell(Answered(name))
