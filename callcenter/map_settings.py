"""Settings of map tiles: whose maps lie beneath the cars and stations. Off by default."""

import re
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

HOSTS = re.compile(r"\{([a-z0-9])-([a-z0-9])\}")
"""`{0-7}` or `{a-d}` in an address: so many hosts that serve the same tiles."""


def origins_of(url: str) -> list[str]:
    """The origins an address with its hosts written out stands for."""
    parts = urlsplit(url)
    match = HOSTS.search(parts.netloc)
    if match is None:
        return [f"{parts.scheme}://{parts.netloc}"]
    first, last = (ord(letter) for letter in match.groups())
    netlocs = [HOSTS.sub(chr(code), parts.netloc, 1) for code in range(first, last + 1)]
    return [f"{parts.scheme}://{netloc}" for netloc in netlocs]


def _tile_address(url: str) -> str:
    # The origins go into a header: nothing but hosts and ports may stand there.
    for origin in origins_of(url) or [""]:
        if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", origin):
            raise ValueError("must begin with https:// and one host, or hosts as t{0-7}.example.cn")
    return url


TileAddress = Annotated[str, Field(max_length=1000), AfterValidator(_tile_address)]


class MapTiles(BaseModel):
    """One set of tiles in web mercator. XYZ: the address names `{z}`, `{x}` and `{y}` (or `{-y}`).
    WMTS: the service's address with its key, and the layer's names; asked by KVP."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["xyz", "wmts"] = "xyz"
    url: TileAddress
    layer: str = ""
    matrix_set: str = ""
    style: str = "default"
    format: str = "image/png"
    min_zoom: int = Field(0, ge=0, le=24)
    max_zoom: int = Field(18, ge=0, le=24)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        rows = "{y}" in self.url or "{-y}" in self.url
        if self.kind == "xyz" and not ("{z}" in self.url and "{x}" in self.url and rows):
            raise ValueError("the address of xyz tiles must name {z}, {x} and {y}")
        if self.kind == "wmts" and not (self.layer and self.matrix_set):
            raise ValueError("wmts tiles need layer and matrix_set")
        return self


class MapLayer(BaseModel):
    """A map as people choose it by name: one set of tiles, or several above each other. `datum`:
    the one its tiles are drawn in; what we draw on them is shifted to it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name_zh: str = Field(min_length=1, max_length=40)
    name_en: str = Field(min_length=1, max_length=40)
    attribution: str = Field(min_length=1, max_length=300)
    datum: Literal["wgs84", "gcj02"] = "wgs84"
    tiles: tuple[MapTiles, ...] = Field(min_length=1, max_length=5)


class MapSettings(BaseModel):
    """The maps to choose from, the first one first; without any, our own coast and towns."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    layers: tuple[MapLayer, ...] = Field((), max_length=10)

    @model_validator(mode="after")
    def _names_differ(self) -> Self:
        names = [layer.name_zh for layer in self.layers]
        if len(set(names)) < len(names):
            raise ValueError("two maps have the same name_zh")
        return self

    @property
    def origins(self) -> list[str]:
        """Whom the console's browser asks for tiles, and nobody else."""
        found = {o: None for layer in self.layers for t in layer.tiles for o in origins_of(t.url)}
        return list(found)
