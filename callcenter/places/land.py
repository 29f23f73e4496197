"""Land and sea in and around China, to about a kilometre.

Made at set-up from the package `global-land-mask` (NOAA's GLOBE survey, public domain) and kept
as a small table, one bit a cell; none of it is committed. Lakes count as land. The survey is of
1999: a port built into the sea since then may lie some 15 km off its coast.
"""

import os
from importlib.metadata import distribution
from math import cos, radians
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from numpy.typing import NDArray

from callcenter.places.distance import METRES_A_DEGREE
from callcenter.places.set_up_table import set_up_table

FILE = "land.gz"
SOUTH, NORTH, WEST, EAST = 0, 60, 66, 145
"""What is kept, in degrees."""

CELLS = 120
"""Cells of the survey in a degree, from 90 N and 180 W."""


def is_kept(lat: float, lon: float) -> bool:
    """Whether tables hold what is there: China and around it; all else is abroad."""
    return SOUTH <= lat <= NORTH and WEST <= lon <= EAST


Bits = NDArray[np.uint8]
Steps = NDArray[np.floating[Any]]


class Land:
    """Where there is land; made once per process, 8.5 MB."""

    def __init__(self, bits: Bits) -> None:
        self._bits = bits

    @classmethod
    def load(cls, folder: Path) -> "Land":
        """From the table in `folder`; makes the table first when it is not there."""
        table = set_up_table(folder / FILE, _reduced)
        rows = (NORTH - SOUTH) * CELLS
        return cls(np.frombuffer(table, dtype=np.uint8).reshape(rows, -1))

    def within(self, lat: float, lon: float, metres: float) -> bool:
        """Whether a cell of land lies so near a WGS-84 point; False outside what is kept.

        On a plane: over some kilometres it errs by much less than a cell.
        """
        if not is_kept(lat, lon):
            return False
        down, across = (NORTH - lat) * CELLS, (lon - WEST) * CELLS
        narrower = cos(radians(lat))
        reach = metres / METRES_A_DEGREE * CELLS
        top, bottom = max(int(down - reach), 0), int(down + reach) + 1
        left = max(int(across - reach / narrower), 0) // 8
        right = int(across + reach / narrower) // 8 + 1
        cells = np.unpackbits(self._bits[top:bottom, left:right], axis=1)
        rows, columns = np.nonzero(cells)
        south = _to_the_edge(rows + top - down)
        east = _to_the_edge(columns + left * 8 - across)
        return bool((np.hypot(south, east * narrower) <= reach).any())


def _to_the_edge(corner: Steps) -> Steps:
    """How far a cell is, along one axis, that begins at `corner`: 0 for the one we stand in."""
    return np.maximum(np.maximum(corner, -1 - corner), 0)


def _reduced() -> bytes:
    # The file and not the package: importing that unpacks the whole earth into 930 MB.
    file = distribution("global-land-mask").locate_file(
        "global_land_mask/globe_combined_mask_compressed.npz"
    )
    left, right = (WEST + 180) * CELLS, (EAST + 180) * CELLS
    with ZipFile(str(file)) as package, package.open("mask.npy") as sea:
        np.lib.format.read_magic(sea)
        (_, width), _, _ = np.lib.format.read_array_header_1_0(sea)
        sea.seek((90 - NORTH) * CELLS * width, os.SEEK_CUR)
        rows = [
            np.frombuffer(sea.read(width), dtype=np.bool_)[left:right]
            for _ in range((NORTH - SOUTH) * CELLS)
        ]
    return np.packbits(~np.stack(rows), axis=1).tobytes()
