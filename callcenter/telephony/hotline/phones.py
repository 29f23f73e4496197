"""Which phone rings for an agent."""

from typing import Protocol
from uuid import UUID


class AgentPhones(Protocol):
    """Extensions of the agents who sit at the hotline."""

    async def of(self, staff_id: UUID) -> str | None:
        """His extension; None when he has no phone."""

    async def whose(self, extension: str) -> UUID | None:
        """The agent at this desk phone; None when it is nobody's."""
