"""What happens to stations. Ids and codes only."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from callcenter.db.events import Fact


class StationFact(Fact):
    """Heard by the desk and by the station."""

    roles: ClassVar[frozenset[str]] = frozenset({"agent", "supervisor", "expert", "admin"})
    station_id: UUID


class StationAdded(StationFact):
    """The network has grown by one."""

    kind: ClassVar[str] = "station.added"


class StationEdited(StationFact):
    """Fields changed: which, not to what."""

    kind: ClassVar[str] = "station.edited"
    fields: list[str]


class StationSuspended(StationFact):
    """It is not asked any more, until resumed."""

    kind: ClassVar[str] = "station.suspended"


class StationResumed(StationFact):
    """It is asked again."""

    kind: ClassVar[str] = "station.resumed"


class TruckChanged(StationFact):
    """A truck came, left, or changed."""

    kind: ClassVar[str] = "station.truck_changed"
    truck_id: UUID


class DutyRostered(StationFact):
    """Somebody is on duty, or nobody, for a time."""

    kind: ClassVar[str] = "station.duty_rostered"
    roster_id: UUID


class DutyUnrostered(StationFact):
    """An entry was taken off the roster: it decides no more."""

    kind: ClassVar[str] = "station.duty_unrostered"
    roster_id: UUID


class HoursOverridden(StationFact):
    """Days got hours of their own, or lost them."""

    kind: ClassVar[str] = "station.hours_overridden"


class StationsImported(Fact):
    """A file of stations was applied."""

    kind: ClassVar[str] = "station.import_applied"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    import_id: UUID
    added: int
    changed: int


class StationsImportUndone(Fact):
    """A file of stations was taken back, but for the rows that had been changed since."""

    kind: ClassVar[str] = "station.import_undone"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    import_id: UUID
    undone: int
    kept: int


class StationsExported(Fact):
    """The list of stations left the house as a file."""

    kind: ClassVar[str] = "station.exported"
    roles: ClassVar[frozenset[str]] = frozenset({"supervisor", "admin"})
    stations: int
    with_phones: bool
    filters: dict[str, str] = Field(default_factory=dict)
