"""`callcenter run`: everything from one command, and everything ended by Ctrl-C."""

import asyncio
import contextlib
import functools
import os
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import aiohttp
import psutil
import typer
from pydantic import SecretStr
from rich.console import Console
from rich.progress import Progress

from callcenter.calls import samples
from callcenter.cli.database import migrated
from callcenter.cli.given import check_senders, check_tls, settings_of
from callcenter.cli.machine_tokens import keep_good, make_machine_tokens
from callcenter.cli.remembered import refuse_forgotten, remember
from callcenter.cli.stopping import stop_on_signals, unless
from callcenter.clock import CHINA
from callcenter.db.database import Database
from callcenter.db.retry import DatabaseAway
from callcenter.demo import load as demo
from callcenter.demo.campaign import add_campaign
from callcenter.hours import year_without_notice
from callcenter.places.intake import Intake
from callcenter.rehearsal.cli import ADDRESS_FILE
from callcenter.settings import Settings
from callcenter.stations.push.key import ensure_key
from callcenter.supervision import CannotStart, Children, free_port, only_one, unusable
from callcenter.telephony.asterisk.prepare import prepare_switch
from callcenter.telephony.flow import versions
from callcenter.telephony.flow.model import Flow
from callcenter.telephony.prompts.flow_texts import speak_all
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.voice import NO_VOICE, Voice
from callcenter.web import installation

AWAY = (DatabaseAway, ConnectionError, TimeoutError)
LOOPBACK = ("127.0.0.1", "::1", "localhost")
screen = Console(stderr=False, highlight=False)


def run(
    demo: Annotated[bool, typer.Option(help="演示数据 / demo data")] = True,
    host: Annotated[str, typer.Option(help="监听地址 / address to serve on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 / port", min=0, max=65535)] = 8080,
    public_url: Annotated[str | None, typer.Option(help="对外网址 / public address")] = None,
    tls_cert: Annotated[Path | None, typer.Option(help="证书 / certificate (PEM)")] = None,
    tls_key: Annotated[Path | None, typer.Option(help="私钥 / private key (PEM)")] = None,
    database_url: Annotated[str | None, typer.Option(help="PostgreSQL >= 15")] = None,
    data_dir: Annotated[Path, typer.Option(help="数据目录 / data directory")] = Path(".data"),
) -> None:
    """启动服务。 Start the service."""
    given: dict[str, Any] = {
        "demo": demo,
        "host": host,
        "port": port,
        "public_url": public_url,
        "tls_cert": tls_cert,
        "tls_key": tls_key,
        "database_url": SecretStr(database_url) if database_url else None,
        "data_dir": data_dir.absolute(),
    }
    try:
        asyncio.run(_run(settings_of(given)))
    except CannotStart as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from None


@dataclass(frozen=True)
class Prepared:
    """What the processes are started with: settings, log-ins to print, secrets to keep good, and
    the flow whose texts have to be spoken, whether a telephone switch belongs to it."""

    settings: Settings
    credentials: list[demo.Credential]
    secrets: list[str]
    flow: Flow
    has_switch: bool


async def _run(settings: Settings) -> None:
    stop = stop_on_signals(lambda: screen.print("\n正在停止… Stopping …"))
    check_tls(settings)
    check_senders(settings)
    settings = settings.model_copy(update={"port": free_port(settings.host, settings.port)})
    if settings.database_url is None:
        refuse_forgotten(settings.data_dir)
    with only_one(settings.data_dir):
        async with contextlib.AsyncExitStack() as stack:
            prepared = await unless(stop, _set_up(settings, stack))
            if prepared is not None:
                await _serve(prepared, stop)


async def _set_up(settings: Settings, stack: contextlib.AsyncExitStack) -> Prepared:
    """Database, places, tokens and demo; raises CannotStart. What it starts, the stack ends."""
    named = settings.database_url.get_secret_value() if settings.database_url else None
    try:
        addresses = await stack.enter_async_context(migrated(named, settings.data_dir))
        database = await Database.open(addresses.app)
        try:
            async with database.transaction() as tx:
                installed = await installation.ensure(tx, demo=settings.demo)
            # A real installation is never made a demo, whatever the command line says.
            is_demo = settings.demo and installed.demo
            served = settings.model_copy(
                update={"database_url": SecretStr(addresses.app), "demo": is_demo}
            )
            prepared = await _prepare(database, served)
        finally:
            await database.close()
        if named:
            remember(settings.data_dir, named)
        return prepared
    except AWAY as failure:
        raise CannotStart(
            f"数据库在启动时断开:{failure}。请再试一次。",
            f"The database was lost while starting: {failure}. Try again.",
        ) from failure
    except OSError as failure:
        raise unusable(settings.data_dir, failure) from failure


async def _serve(prepared: Prepared, stop: asyncio.Event) -> None:
    settings = prepared.settings
    children = Children(_environment(settings))
    for number in range(settings.web_processes):
        children.start(f"web{number}", "web")
    children.start("worker", "worker")
    if prepared.has_switch:
        children.start("switch", "switch")
        children.start("hotline", "hotline")
    if settings.demo:
        children.start("simulation", "simulate")
    beside = [
        asyncio.create_task(children.keep_alive()),
        asyncio.create_task(keep_good(settings.database_dsn, prepared.secrets)),
        asyncio.create_task(speak_all(Prompts.of(settings.data_dir), prepared.flow)),
    ]
    address = settings.data_dir / ADDRESS_FILE
    try:
        if await _until_ready(settings, stop):
            address.write_text(settings.local_url)
            _welcome(prepared)
        await stop.wait()
    finally:
        address.unlink(missing_ok=True)
        for task in beside:
            task.cancel()
        await children.stop()


async def _prepare(database: Database, settings: Settings) -> Prepared:
    """The table of places, the key for push, tokens for machines, the demo with its log-ins."""
    # Of a run that was killed: nobody answers there any more.
    (settings.data_dir / ADDRESS_FILE).unlink(missing_ok=True)
    intake = await asyncio.to_thread(Intake.load, settings.data_dir)
    ensure_key(settings.data_dir)
    secrets = await make_machine_tokens(database, settings.data_dir, demo=settings.demo)
    async with database.reading() as tx:
        flow = (await versions.current(tx)).flow
    has_switch = await asyncio.to_thread(prepare_switch, settings)
    if not settings.demo:
        return Prepared(settings, [], secrets, flow, has_switch)
    with Progress(console=screen, transient=True) as bar:
        tasks = {
            "stations": bar.add_task("服务站 stations", total=None),
            "owners": bar.add_task("车主 owners", total=None),
        }
        await demo.load(
            database,
            intake.gazetteer,
            lambda what, done, total: bar.update(tasks[what], completed=done, total=total),
        )
    await add_campaign(database, settings.hotline)
    return Prepared(settings, await demo.credentials(database), secrets, flow, has_switch)


async def _until_ready(settings: Settings, stop: asyncio.Event) -> bool:
    url = f"{settings.local_url}/readyz"
    async with aiohttp.ClientSession() as client:
        while not stop.is_set():
            with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                async with client.get(url, ssl=False, timeout=aiohttp.ClientTimeout(2)) as answer:
                    if answer.status == 200:
                        return True
            await asyncio.sleep(0.1)
    return False


def _welcome(prepared: Prepared) -> None:
    settings, credentials = prepared.settings, prepared.credentials
    say = functools.partial(screen.print, soft_wrap=True)
    say(f"\n[bold]请打开 Open:[/bold] {settings.base_url}")
    say(f"启动用时 started in {time.time() - psutil.Process().create_time():.1f} s")
    for one in credentials:
        say(f"  [bold]{one.login}[/bold] / [bold]{one.password}[/bold]  {one.zh} {one.en}")
    if credentials:
        say(
            f"示例来电 Sample call: {samples.SAMPLE_CALLER}\n"
            "其他服务站由模拟程序应答。 The other stations answer by simulation."
        )
    else:
        say("还没有账号?  No account yet?  .venv/bin/callcenter admin create")
    if prepared.has_switch:
        sip = f"{settings.asterisk.bind}:{settings.asterisk.sip_port}"
        say(f"热线电话 Hotline by telephone: SIP {sip}")
    if settings.host not in LOOPBACK and settings.tls_cert is None:
        say(
            "[yellow]注意:未启用 https,密码会明文传输。 "
            "Warning: without https, passwords travel in clear text.[/yellow]"
        )
    if Voice.of_this_machine().program is None:
        say(NO_VOICE)
    if year := year_without_notice(datetime.now(CHINA).date()):
        say(
            f"[yellow]注意:{year} 年的放假调休安排还不知道。此前只算法定节假日,调休上班日按周末算;"
            "请升级 Python 包 holidays,或为服务站设置特殊日期。\n"
            f"Warning: the State Council's notice for {year} is not known yet. Until the package "
            "holidays is upgraded, only the statutory days count, and make-up days count as "
            "weekends; set special days at the stations where it matters.[/yellow]"
        )
    say("按 Ctrl-C 停止。 Ctrl-C stops everything.\n")


def _environment(settings: Settings) -> dict[str, str]:
    """The children's settings: through the environment, so that no secret stands in argv."""
    given: dict[str, Any] = {
        "HOST": settings.host,
        "PORT": str(settings.port),
        "PUBLIC_URL": settings.public_url,
        "TLS_CERT": settings.tls_cert and str(settings.tls_cert.absolute()),
        "TLS_KEY": settings.tls_key and str(settings.tls_key.absolute()),
        "DATABASE_URL": settings.database_dsn,
        "DATA_DIR": str(settings.data_dir),
        "DEMO": str(settings.demo).lower(),
        "WEB_PROCESSES": str(settings.web_processes),
    }
    return dict(os.environ) | {f"CALLCENTER_{k}": v for k, v in given.items() if v}
