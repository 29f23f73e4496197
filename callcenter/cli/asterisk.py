"""`callcenter asterisk`: get one, see the configuration we ship, start it by itself."""

import asyncio
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import Progress

from callcenter.cli.given import settings_of
from callcenter.cli.stopping import stop_on_signals
from callcenter.settings import Settings
from callcenter.supervision import CannotStart
from callcenter.telephony.asterisk import package
from callcenter.telephony.asterisk.config import write_config
from callcenter.telephony.asterisk.installation import AsteriskUnusable
from callcenter.telephony.asterisk.process import AsteriskProcess

app = typer.Typer(help="电话交换机 / the telephone switch", no_args_is_help=True)
screen = Console(highlight=False)

Data = Annotated[Path, typer.Option(help="数据目录 / data directory")]
Debs = Annotated[Path | None, typer.Option(help="放 .deb 的文件夹 / a folder of .deb files")]

STEPS = {"update": "软件目录 list", "download": "下载 download", "unpack": "解包 unpack"}


@app.command()
def fetch(data_dir: Data = Path(".data"), debs: Debs = None) -> None:
    """取得 Asterisk(不需 root,不安装)。 Get Asterisk: no root, nothing is installed."""
    settings = _settings(data_dir, debs)
    try:
        with Progress(console=screen, transient=True) as shown:
            bar = shown.add_task("", total=None)

            def show(step: str, at: int, count: int) -> None:
                shown.update(bar, description=STEPS[step], completed=at, total=count)

            package.fetch(_folder(settings), settings.asterisk_debs, show)
        found = package.find(_folder(settings), settings.asterisk_debs)
        screen.print(f"Asterisk {found.version()} ✓")
    except AsteriskUnusable as failure:
        _end(failure)


@app.command()
def config(folder: Path, data_dir: Data = Path(".data"), debs: Debs = None) -> None:
    """把随附的配置写入文件夹。 Write the configuration we ship into a folder."""
    settings = _settings(data_dir, debs)
    try:
        write_config(
            folder, settings.asterisk, package.find(_folder(settings), settings.asterisk_debs)
        )
    except (AsteriskUnusable, ValueError, OSError) as failure:
        _end(failure)
    screen.print(f"{folder.absolute() / 'etc'}")


@app.command()
def run(data_dir: Data = Path(".data"), debs: Debs = None) -> None:
    """只运行 Asterisk,直到 Ctrl-C。 Run Asterisk alone, until Ctrl-C."""
    settings = _settings(data_dir, debs)
    try:
        installation = package.find(_folder(settings), settings.asterisk_debs)
        process = AsteriskProcess(_folder(settings) / "run", settings.asterisk, installation)
        asyncio.run(_run(process))
    except (AsteriskUnusable, ValueError, OSError) as failure:
        _end(failure)


async def _run(process: AsteriskProcess) -> None:
    stopped = stop_on_signals(lambda: screen.print("正在停止 stopping"))
    await process.start()
    screen.print(f"SIP {process.settings.bind}:{process.settings.sip_port}  {process.ari_url}")
    try:
        await stopped.wait()
    finally:
        await process.stop()


def _folder(settings: Settings) -> Path:
    return settings.data_dir / "asterisk"


def _settings(data_dir: Path, debs: Path | None) -> Settings:
    try:
        return settings_of({"data_dir": data_dir, "asterisk_debs": debs})
    except CannotStart as failure:
        _end(failure)


def _end(failure: Exception) -> NoReturn:
    screen.print(f"没有完成 not done: {failure}")
    raise typer.Exit(1) from failure
