"""The command `callcenter rehearse`."""

import asyncio
import json as json_text
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table

from callcenter.rehearsal.referee import Referee
from callcenter.rehearsal.run import BrokenOff, NothingToPlay, rehearse
from callcenter.rehearsal.tally import COUNTED, Tally, percentiles
from callcenter.simulation.api import Api, Refused, Unreachable

TOKEN_FILE = "rehearsal.token"
ADDRESS_FILE = "address"
INVARIANT_BROKEN = 1
NOT_COUNTED = 3
"""2 is a wrong use of the command line."""
SHOWN = 10

LABELS = {
    "closed": "完成 closed",
    "alarmed": "告警 alarmed",
    "declined": "拒单 declined",
    "expired": "不应答 expired",
    "handed_back": "退单 handed back",
    "line_lost": "断线 line lost",
}


def rehearse_command(
    rescues: Annotated[int, typer.Option(min=1, help="救援次数 / how many rescues")] = 200,
    url: Annotated[str | None, typer.Option(help="服务地址 / address of the service")] = None,
    data_dir: Annotated[Path, typer.Option(help="数据目录 / data directory")] = Path(".data"),
    json: Annotated[bool, typer.Option("--json", help="只输出 JSON / one JSON object")] = False,
    seed: Annotated[int, typer.Option(help="随机种子 / seed")] = 0,
) -> None:
    """演练救援:只用公开接口,派给模拟服务站。 Rehearse rescues through the public API.

    退出码:0 不变量完好;1 有不变量被打破;3 未能演练,或完成的不到八成半。
    Exit status: 0 nothing broken; 1 a broken invariant; 3 not played, or under 85 % closed.
    """
    try:
        token = (data_dir / TOKEN_FILE).read_text().strip()
        address = url or (data_dir / ADDRESS_FILE).read_text().strip()
    except OSError:
        _give_up(
            f"在 {data_dir} 里找不到演练令牌。请先启动服务,或用 --data-dir 指明。",
            f"No rehearsal token in {data_dir}. Start the service first, or name its --data-dir.",
        )
    tally, referee = asyncio.run(_play(address, token, rescues, seed))
    if json:
        typer.echo(json_text.dumps(tally.as_json(referee), ensure_ascii=False))
    raise typer.Exit(_verdict(tally, referee))


async def _play(address: str, token: str, rescues: int, seed: int) -> tuple[Tally, Referee]:
    console = Console(stderr=True)
    try:
        async with Api(address, token) as api:
            await _knock(api)
            console.print(
                "行程已压缩,派单时限真实。 Travel is compressed; the offers' clocks are real."
            )
            with Live(console=console, refresh_per_second=2) as live:
                return await rehearse(
                    api, rescues, show=lambda t, r: live.update(_table(t, r)), seed=seed
                )
    except NothingToPlay:
        _give_up(
            "没有模拟服务站,演练不会派给真人。请用演示数据启动。",
            "There are no simulated stations, and drills never reach people. Start the demo.",
        )
    except (Unreachable, Refused) as failure:
        _give_up(f"{address} 不能演练:{failure}。", f"Cannot rehearse at {address}: {failure}.")
    except BrokenOff as end:
        end.tally.missed.append(f"broken off: {end}")
        end.tally.broken_off = True
        return end.tally, end.referee


async def _knock(api: Api) -> None:
    try:
        await api.knock()
    except Unreachable:
        _give_up(
            f"{api.url} 没有应答。请先启动服务,或用 --url 指明地址。",
            f"Nothing answers at {api.url}. Start the service first, or name its --url.",
        )


def _verdict(tally: Tally, referee: Referee) -> int:
    """The exit status; what is wrong is said in words. A broken invariant weighs more than a
    count that is too small, and a count that is too small is no good news."""
    for one in tally.missed[:SHOWN]:
        typer.echo(f"- {one}", err=True)
    if not tally.is_complete:
        typer.echo(
            f"未数完:{tally.rescues} 次救援完成了 {tally.counts['closed']} 次。\n"
            f"Not counted to the end: {tally.counts['closed']} of {tally.rescues} rescues closed.",
            err=True,
        )
    if not referee.is_content:
        typer.echo("有不变量被打破。\nAn invariant was broken.", err=True)
        return INVARIANT_BROKEN
    return 0 if tally.counts_enough else NOT_COUNTED


def _table(tally: Tally, referee: Referee) -> Table:
    table = Table(title=f"演练 rehearsal · {len(referee.acknowledged)}/{tally.rescues}")
    table.add_column("")
    table.add_column("", justify="right")
    for name in COUNTED:
        table.add_row(LABELS[name], str(tally.counts[name]))
    table.add_section()
    for label, values, unit in (
        ("来电→工单 call → ticket", tally.call_to_ticket_ms, "ms"),
        ("定位→派单 location → offer", tally.location_to_offer_ms, "ms"),
        ("派单→接单 offer → accepted", tally.offer_to_accept_s, "s"),
    ):
        p = percentiles(values)
        table.add_row(f"{label} p50 / p90 / p99", f"{p['p50']} / {p['p90']} / {p['p99']} {unit}")
    table.add_section()
    table.add_row("两站同接 double held", str(referee.double_held))
    table.add_row("超时未结 overdue offers", str(referee.overdue_offers))
    table.add_row("丢失 lost", str(referee.lost))
    return table


def _give_up(zh: str, en: str) -> NoReturn:
    typer.echo(f"{zh}\n{en}", err=True)
    raise typer.Exit(NOT_COUNTED)
