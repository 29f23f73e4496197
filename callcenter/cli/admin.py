"""`callcenter admin`: the first colleague, and a new password."""

import secrets
from pathlib import Path
from typing import Annotated

import typer

from callcenter.cli.database import Data, Url, in_transaction
from callcenter.db.transaction import Tx
from callcenter.staff import service as staff
from callcenter.staff.model import Role

app = typer.Typer(help="管理员 / administrators", no_args_is_help=True)

Login = Annotated[str, typer.Option(help="登录名 / login")]
Ask = Annotated[bool, typer.Option("--ask", help="自己输入密码 / type the password")]


@app.command()
def create(
    login: Login = "admin",
    role: Annotated[Role, typer.Option(help="角色 / role")] = Role.ADMIN,
    name: str = "管理员",
    ask: Ask = False,
    database_url: Url = None,
    data_dir: Data = Path(".data"),
) -> None:
    """新建账号,密码只显示一次。 A new account; the password is shown once."""
    password = _password(ask)

    async def work(tx: Tx) -> None:
        await staff.create_staff(tx, login=login, name=name, role=role, password=password)

    in_transaction(work, database_url, data_dir)
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

    async def work(tx: Tx) -> None:
        await staff.set_password(tx, login, new)

    in_transaction(work, database_url, data_dir)
    _tell(login, new, ask)


def _password(ask: bool) -> str:
    if not ask:
        return secrets.token_urlsafe(12)
    return str(typer.prompt("密码 password", hide_input=True, confirmation_prompt=True, err=True))


def _tell(login: str, password: str, asked: bool) -> None:
    typer.echo(f"{login} ✓" if asked else f"{login} / {password}")
