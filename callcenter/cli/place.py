"""`callcenter place "..."`: what the system understands of a sentence."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from callcenter.cli.database import Data, Url, in_transaction
from callcenter.db.transaction import Tx
from callcenter.places.intake import Intake
from callcenter.places.located import Located
from callcenter.places.model import Datum
from callcenter.places.roads.way import way_to
from callcenter.places.saying import Saying, read_saying
from callcenter.places.saying_words import (
    candidates_words,
    kind_words,
    question,
    understood_words,
)
from callcenter.places.understood import Understood, understand

screen = Console()

Words = Annotated[str, typer.Argument(help="来电人的原话 / the caller's own words")]


def place(words: Words, database_url: Url = None, data_dir: Data = Path(".data")) -> None:
    """看看系统怎样理解一句话。 What the system understands of a sentence.

    例 e.g. "沈大高速K255往大连" · "G15沈海高速K1400上海方向" · "Jing'an District, Shanghai"
    """
    with screen.status("地名表 tables of places"):
        intake = Intake.load(data_dir)
    saying = read_saying(words, intake.districts)

    async def look(tx: Tx) -> tuple[Understood, str]:
        understood = await understand(tx, saying, intake)
        return understood, await way_to(tx, "zh", understood.on_road)

    understood, way = in_transaction(look, database_url, data_dir)
    screen.print(_told(saying, understood, way, intake))


def _told(saying: Saying, it: Understood, way: str, intake: Intake) -> Table:
    table = Table(show_header=False, title=saying.text, title_justify="left")
    rows = {
        "听成 read as": f"{kind_words('zh', saying.kind)} {kind_words('en', saying.kind)}",
        "听懂 understood": understood_words("zh", saying, it.on_road, intake.gazetteer),
        "可能 may be": "\n".join(candidates_words("zh", saying, intake.gazetteer)),
        "位置 position": _position(it.located, intake),
        "怎么去 way": way,
        "要问 ask": "\n".join(f"{question('zh', code)} {question('en', code)}" for code in it.ask),
    }
    for name, value in rows.items():
        if value:
            table.add_row(name, value)
    return table


def _position(located: Located | None, intake: Intake) -> str:
    if located is None:
        return "地图上还定不下来 not on the map yet"
    seen = intake.look_at(located.lat, located.lon, located.datum or Datum.WGS84)
    if seen.refusal:
        return f"{seen.refusal.zh} {seen.refusal.en}"
    off = f" ±{located.accuracy_m:.0f} m" if located.accuracy_m else ""
    near = intake.near(seen.lat, seen.lon)
    doubts = f" ({', '.join(seen.doubts)})" if seen.doubts else ""
    return f"{seen.lat:.5f}, {seen.lon:.5f}{off} · {near.zh or near.en}{doubts}"
