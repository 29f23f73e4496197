"""Province, city and district out of what somebody says; asked back where that is not sure."""

import unicodedata
from dataclasses import dataclass

from callcenter.places.addresses.address_names import Said, said_names
from callcenter.places.addresses.district_table import Unit
from callcenter.places.addresses.districts import Districts, is_within
from callcenter.places.addresses.latin_words import latin_names_said

LONGEST = 2000
AROUND = " \t\r\n,,、。.;;::的在于"


@dataclass(frozen=True)
class Address:
    """What was understood. Official names, empty where nothing is sure; `rest`: the other words.

    `lat`, `lon`: WGS-84 centre of the most exact unit, `radius_m` how far from it the address may
    lie; None while something must be asked. `candidates`: the places that fit when there are
    several. `conflict`: the words that contradict each other.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    rest: str = ""
    lat: float | None = None
    lon: float | None = None
    radius_m: float | None = None
    candidates: tuple[Unit, ...] = ()
    conflict: tuple[str, ...] = ()

    @property
    def ask(self) -> list[str]:
        """What must be asked back, as codes: `which` of the candidates, or the `conflict`."""
        return ["conflict"] * bool(self.conflict) + ["which"] * bool(self.candidates)


def read_address(text: str, districts: Districts) -> Address | None:
    """The address in a sentence, None when no place is named in it. Never raises, never guesses."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).replace("臺", "台")
    kept: list[Said] = []
    for said in [*said_names(plain, districts), *latin_names_said(plain, districts.latin)]:
        if _units([*kept, said]) and (said.name.alone or _leans(said, kept)):
            kept.append(said)
        elif kept and said.name.alone and not _is_street_word(said, kept):
            parts = (*(k.text for k in kept), said.text)
            return Address(rest=_rest(plain, [*kept, said]), conflict=parts)
    if not kept:
        return None
    return _address(_units(kept), _rest(plain, kept))


def _is_street_word(said: Said, kept: list[Said]) -> bool:
    """Whether a short form behind a district is a part of what lies in it: 阿拉善左旗巴彦浩特."""
    if said.name.official or not said.joined:
        return False
    return all(unit.district for unit in _units(kept))


def _leans(said: Said, kept: list[Said]) -> bool:
    """Whether a word that alone means nothing is meant here: behind its city or province."""
    behind = kept and (said.joined or said.name.official)
    return bool(behind) or (said.name.official and said.name.alone)


def _units(said: list[Said]) -> list[Unit]:
    """The units that all names fit; of those within each other the widest, which is never wrong."""
    every = {unit for one in said for unit in one.name.units}
    fit = [u for u in every if all(any(is_within(u, v) for v in s.name.units) for s in said)]
    widest = [u for u in fit if not any(is_within(u, v) for v in fit if v != u)]
    return sorted(widest, key=lambda unit: unit.code)


def _address(units: list[Unit], rest: str) -> Address:
    if len(units) == 1:
        (it,) = units
        return Address(it.province, it.city, it.district, rest, it.lat, it.lon, it.radius_m)
    provinces, cities = {u.province for u in units}, {u.city for u in units}
    province = provinces.pop() if len(provinces) == 1 else ""
    city = cities.pop() if province and len(cities) == 1 else ""
    return Address(province, city, rest=rest, candidates=tuple(units))


def _rest(text: str, said: list[Said]) -> str:
    """The words between and behind the names."""
    spans = sorted((one.start, one.end) for one in said)
    edges = [0, *(edge for span in spans for edge in span), len(text)]
    parts = (text[a:b].strip(AROUND) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return " ".join(part for part in parts if part)
