"""A tile server on loopback with one landmark, and where colours are in a picture of the page."""

import base64
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import asinh, pi, radians, tan
from typing import Any

import numpy as np
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Locator

from callcenter.map_settings import MapSettings
from callcenter.places.datum import from_wgs84
from callcenter.places.model import Datum
from tests.service import SHENYANG

TILE = 256
LANDMARK = (255, 0, 255)
PAPER = (235, 240, 225)
RADIUS = 40
"""Of the landmark, a disc; larger than what stands on it."""

CENTRE_OF = """async ([png, [red, green, blue]]) => {
  const bytes = await (await fetch(`data:image/png;base64,${png}`)).blob()
  const picture = await createImageBitmap(bytes)
  const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d')
  paper.drawImage(picture, 0, 0)
  const { data } = paper.getImageData(0, 0, picture.width, picture.height)
  const xs = [], ys = []
  for (let at = 0; at < data.length; at += 4) {
    const off = [data[at] - red, data[at + 1] - green, data[at + 2] - blue].map(Math.abs)
    if (Math.max(...off) > 12) continue
    xs.push((at / 4) % picture.width)
    ys.push(Math.floor(at / 4 / picture.width))
  }
  xs.sort((one, other) => one - other)
  ys.sort((one, other) => one - other)
  return xs.length ? [(xs[0] + xs.at(-1)) / 2, (ys[0] + ys.at(-1)) / 2] : null
}"""


@dataclass
class Tiles:
    """Draws a disc where the middle of Shenyang is in a datum; remembers what it was asked."""

    origin: str = ""
    asked: list[dict[str, str]] = field(default_factory=list)

    def settings(self) -> MapSettings:
        """Two maps: XYZ in GCJ-02, WMTS in WGS-84."""
        shifted = {"kind": "xyz", "url": f"{self.origin}/gcj02/{{z}}/{{x}}/{{y}}.png?key=K"}
        names = {"layer": "vec", "matrix_set": "w", "format": "tiles"}
        straight = {"kind": "wmts", "url": f"{self.origin}/wmts?tk=K", **names}
        return MapSettings.model_validate(
            {
                "layers": [
                    {
                        **{"name_zh": "高德", "name_en": "AMap", "attribution": "GS(2026)1号"},
                        **{"datum": "gcj02", "tiles": [shifted]},
                    },
                    {
                        **{"name_zh": "天地图", "name_en": "Tianditu"},
                        **{"attribution": "GS(2026)2号", "tiles": [straight]},
                    },
                ]
            }
        )

    async def xyz(self, request: web.Request) -> web.Response:
        """A tile by its place in the address."""
        self.asked.append({**request.query, "path": request.path})
        z, x, y = (int(request.match_info[name]) for name in "zxy")
        return web.Response(body=_tile(z, x, y, Datum.GCJ02), content_type="image/png")

    async def wmts(self, request: web.Request) -> web.Response:
        """A tile by KVP."""
        asked = {name.lower(): value for name, value in request.query.items()}
        self.asked.append(asked)
        z, x, y = (int(asked[name]) for name in ("tilematrix", "tilecol", "tilerow"))
        return web.Response(body=_tile(z, x, y, Datum.WGS84), content_type="image/png")


@asynccontextmanager
async def tile_server() -> AsyncIterator[Tiles]:
    """On a free port."""
    tiles = Tiles()
    app = web.Application()
    app.router.add_get("/gcj02/{z}/{x}/{y}.png", tiles.xyz)
    app.router.add_get("/wmts", tiles.wmts)
    async with TestServer(app) as server:
        tiles.origin = f"http://127.0.0.1:{server.port}"
        yield tiles


async def centre_of(colour: tuple[int, int, int], shown: Locator) -> tuple[float, float] | None:
    """The middle of all that has the colour, in pixels of the element."""
    picture = base64.b64encode(await shown.screenshot()).decode()
    # A page without a policy: ours would not let its picture be fetched.
    reader = await shown.page.context.new_page()
    found = await reader.evaluate(CENTRE_OF, [picture, list(colour)])
    await reader.close()
    return (found[0], found[1]) if found else None


def _tile(z: int, x: int, y: int, datum: Datum) -> bytes:
    lat, lon = from_wgs84(*SHENYANG, datum)
    world = TILE * 2**z
    across = (lon + 180) / 360 * world - x * TILE
    down = (1 - asinh(tan(radians(lat))) / pi) / 2 * world - y * TILE
    rows, columns = np.mgrid[0:TILE, 0:TILE]
    inside = np.hypot(columns + 0.5 - across, rows + 0.5 - down) <= RADIUS
    return _png(np.where(inside[..., None], LANDMARK, PAPER).astype(np.uint8))


def _png(pixels: Any) -> bytes:
    height, width, _ = pixels.shape
    rows = np.insert(pixels.reshape(height, -1), 0, 0, axis=1).tobytes()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
