"""How owners are spoken to."""

from pydantic import BaseModel, Field


class OutboundSettings(BaseModel):
    """`name_*`: who speaks, at the head of a text. `held_out_of_all`: the share of owners who hear
    of no campaign but those about safety and their own tickets, to see what all of it does."""

    name_zh: str = Field("客户关怀", min_length=1, max_length=20)
    name_en: str = Field("Customer care", min_length=1, max_length=40)
    held_out_of_all: float = Field(0.05, ge=0, le=0.5)
    look_every_s: float = Field(2.0, gt=0)
