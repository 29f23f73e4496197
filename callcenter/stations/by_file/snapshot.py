"""A station as a sheet shows it: what an import writes, and what an undo brings back. Pure."""

from typing import Any

from callcenter.stations.model import Station

Snapshot = dict[str, Any]
"""JSON: the fields by name, `trucks` by plate, `special_days` as lists, `suspended` its reason."""

TEXTS = (
    *("code", "kind", "name_zh", "name_en", "province", "city_zh", "city_en", "address"),
    *("lat", "lon", "workshop_hours", "rescue_hours", "duty_phone", "keeps_overnight", "language"),
)


def snapshot(station: Station) -> Snapshot:
    """As it stands now; of two trucks with one plate, the one in service."""
    fields: Snapshot = {name: getattr(station, name) for name in TEXTS}
    trucks = sorted(station.trucks, key=lambda truck: truck.in_service)
    return fields | {
        "id": str(station.id),
        "kind": station.kind.value,
        "skills": sorted(station.skills),
        "brands": sorted(station.brands),
        "suspended": station.suspended_reason if station.suspended_at else None,
        "trucks": {
            truck.plate: {
                "id": str(truck.id),
                "equipment": sorted(truck.equipment),
                "in_service": truck.in_service,
                "capacity_kg": truck.capacity_kg,
                "height_cm": truck.height_cm,
            }
            for truck in trucks
        },
        "special_days": sorted(
            (
                [
                    one.first_day.isoformat(),
                    one.last_day.isoformat(),
                    one.applies_to.value,
                    one.hours,
                    one.reason,
                ]
                for one in station.overrides
            ),
            key=str,
        ),
    }


def changed_fields(before: Snapshot, after: Snapshot) -> list[str]:
    """Names of the station's own fields that differ."""
    apart = ("trucks", "special_days", "suspended", "id")
    return sorted(name for name in after if name not in apart and before[name] != after[name])
