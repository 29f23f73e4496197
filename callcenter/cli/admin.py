"""`callcenter admin`: the first colleague, and a new password."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli.database import migrated_or_running
from callcenter.db.database import Database
from callcenter.errors import CallCenterError
from callcenter.staff import service as staff
from callcenter.supervision import CannotStart

app = typer.Typer(help="管理员 / administrators", no_args_is_help=True)

Login = Annotated[str, typer.Option(help="登录名 / login")]
Url = Annotated[str | None, typer.Option(envvar="CALLCENTER_DATABASE_URL")]
Data = Annotated[Path, typer.Option(help="数据目录 / data directory")]
Ask = Annotated[bool, typer.Option("--ask", help="自己输入密码 / type the password")]


@app.command()
def create(
    login: Login = "admin",
    role: Annotated[str, typer.Option(help="admin, supervisor, agent, expert")] = "admin",
    name: str = "管理员",
    ask: Ask = False,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """新建账号,密码只显示一次。 A new account; the password is shown once."""
    password = _password(ask)

    async def work(database: Database) -> None:
        async with database.transaction() as tx:
            await staff.create_staff(tx, login=login, name=name, role=role, password=password)

    _do(work, database_url, data_dir)
    _tell(login, password, ask)


@app.command()
def password(
    login: Login = "admin",
    ask: Ask = False,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """重设密码,并结束该账号的所有登录。 A new password; ends all sessions of the account."""
    new = _password(ask)

    async def work(database: Database) -> None:
        async with database.transaction() as tx:
            await staff.set_password(tx, login, new)

    _do(work, database_url, data_dir)
    _tell(login, new, ask)


def _password(ask: bool) -> str:
    if not ask:
        return secrets.token_urlsafe(12)
    return str(typer.prompt("密码 password", hide_input=True, confirmation_prompt=True, err=True))


def _tell(login: str, password: str, asked: bool) -> None:
    typer.echo(f"{login} ✓" if asked else f"{login} / {password}")


def _do(
    work: Callable[[Database], Awaitable[None]], database_url: str | None, data_dir: Path
) -> None:
    async def everything() -> None:
        async with migrated_or_running(database_url, data_dir) as dsn:
            database = await Database.open(dsn, min_size=1, max_size=2)
            try:
                await work(database)
            finally:
                await database.close()

    try:
        asyncio.run(everything())
    except CallCenterError as refusal:
        typer.echo(f"{refusal.message('zh')} {refusal.message('en')}", err=True)
        raise typer.Exit(1) from None
    except CannotStart as reason:
        typer.echo(str(reason), err=True)
        raise typer.Exit(1) from None
