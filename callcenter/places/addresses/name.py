"""What a name of a place may mean, in whatever letters it is written."""

from dataclasses import dataclass

from callcenter.places.addresses.district_table import Unit


@dataclass(frozen=True)
class Name:
    """What a name may mean. `official`: a whole name with its kind, else a short form.

    `alone`: it may be meant where nothing around it says of which city or province it is.
    """

    units: frozenset[Unit]
    official: bool
    alone: bool
