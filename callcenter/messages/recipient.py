"""A message's recipient, for who need not see it whole."""

from callcenter.messages.model import Channel, Message
from callcenter.phones import masked


def masked_recipient(message: Message) -> str:
    """138****5678, or w****@example.cn."""
    if message.channel is not Channel.EMAIL:
        return masked(message.recipient)
    name, _, house = message.recipient.rpartition("@")
    return f"{name[:1]}****@{house}"
