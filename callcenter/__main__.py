"""The command line: `callcenter run`, `callcenter admin`, `callcenter rehearse`."""

import asyncio
from collections.abc import Awaitable, Callable

import typer
import uvloop

from callcenter.cli import admin, asterisk, imports, jobs
from callcenter.cli.demo import demo
from callcenter.cli.place import place
from callcenter.cli.run import run
from callcenter.rehearsal.cli import rehearse_command
from callcenter.settings import Settings
from callcenter.web.logs import configure_logs

app = typer.Typer(
    help="客户关怀与救援派单中心。 Customer-care and rescue-dispatch centre.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(run)
app.command()(demo)
app.command()(place)
app.command(name="rehearse")(rehearse_command)
app.add_typer(admin.app, name="admin")
app.add_typer(jobs.app, name="jobs")
app.add_typer(asterisk.app, name="asterisk")
app.add_typer(imports.app, name="import")
app.add_typer(imports.export_app, name="export")


@app.command(hidden=True)
def web() -> None:
    """The web process; `run` starts it."""
    from callcenter.app import serve

    _serve(serve)


@app.command(hidden=True)
def worker() -> None:
    """The worker process; `run` starts it."""
    from callcenter.worker import serve

    _serve(serve)


@app.command(hidden=True)
def simulate() -> None:
    """The demo's simulated stations; `run` starts it."""
    from callcenter.simulation.demo import serve

    _serve(serve)


def _serve(process: Callable[[Settings], Awaitable[None]]) -> None:
    settings = Settings()
    configure_logs(json=settings.log_json, level=settings.log_level.upper())

    async def until_stopped() -> None:
        await process(settings)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_stopped())


def main() -> None:
    """The entry point of the installed command."""
    app()


if __name__ == "__main__":
    main()
