"""Addresses that only we can have written, for one purpose of one call, until a time."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from callcenter.web.links import SignedLinks

BASE = "/carriers/voicexml"
ENTRY = UUID(int=0)
"""The address an IVR is set up with is of no call, and does not end."""


@dataclass(frozen=True)
class CallLinks:
    """Makes and reads them; `base_url` is what they begin with."""

    links: SignedLinks
    base_url: str

    def entry(self) -> str:
        """Where an IVR begins."""
        return f"{self.base_url}{BASE}/{self.links.make('voicexml', ENTRY)}"

    def make(self, step: str, call_id: UUID, until: datetime) -> str:
        """The address of this step of the call; `step` may hold a path: `waits/3`."""
        ends = int(until.timestamp())
        token = self.links.make(_purpose(step, ends), call_id)
        return f"{self.base_url}{BASE}/{token}/{step}?until={ends}"

    def is_entry(self, token: str) -> bool:
        """Whether this is the address an IVR was set up with."""
        return self.links.read("voicexml", token) == ENTRY

    def read(self, token: str, step: str, ends: int, now: datetime) -> UUID | None:
        """The call; None when we did not write it, for this step, or it is too old."""
        if now.timestamp() > ends:
            return None
        return self.links.read(_purpose(step, ends), token)


def _purpose(step: str, ends: int) -> str:
    return f"voicexml {step} {ends}"
