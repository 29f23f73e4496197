"""How owners are spoken to."""

from pydantic import BaseModel, Field


class OutboundSettings(BaseModel):
    """`name_*`: who speaks, at the head of a text. `held_out_of_all`: the share of owners who hear
    of no campaign but those about safety and their own tickets, to see what all of it does.
    `promise_his_own_h`: so many hours, of those in which the owner may be called, a promised call
    is left to the agent who has promised it; then any of the group may make it."""

    name_zh: str = Field("客户关怀", min_length=1, max_length=20)
    name_en: str = Field("Customer care", min_length=1, max_length=40)
    held_out_of_all: float = Field(0.05, ge=0, le=0.5)
    promise_his_own_h: float = Field(2.0, ge=0, le=40)
    look_every_s: float = Field(2.0, gt=0)
