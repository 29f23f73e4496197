"""What an agent's phone looks like on the wire."""

from typing import Annotated

from pydantic import Field

from callcenter.telephony.agent_phones.model import PhoneKind
from callcenter.web.wire import WireModel


class PhoneChoice(WireModel):
    """`desk` names one of the desk phones, and is needed for that kind alone."""

    kind: PhoneKind
    desk: Annotated[str, Field(min_length=1, max_length=32)] | None = None


class PhoneOut(WireModel):
    """The agent's phone. `desk_phones` are free for him; `switch`: whether calls can come to it at
    all, because a switch of ours is running."""

    kind: PhoneKind
    desk: str | None
    desk_phones: list[str]
    switch: bool


class Registration(WireModel):
    """By what the agent's browser registers with the switch, over the WebSocket at `socket`."""

    extension: str
    password: str
    domain: str
    socket: str
