"""Which phone, and by which name the switch knows it. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class PhoneKind(StrEnum):
    """`none`: he works without one; calls that are carried elsewhere are his all the same."""

    BROWSER = "browser"
    DESK = "desk"
    NONE = "none"


@dataclass(frozen=True)
class AgentPhone:
    """An agent's choice; `desk` is the extension of a desk phone."""

    staff_id: UUID
    kind: PhoneKind
    desk: str | None = None

    @property
    def extension(self) -> str | None:
        """What the switch rings; None for none."""
        return browser_extension(self.staff_id) if self.kind is PhoneKind.BROWSER else self.desk


def browser_extension(staff_id: UUID) -> str:
    """The name under which his browser registers."""
    return staff_id.hex
