"""A command that a person types, or one of the processes that `run` starts."""

import asyncio
import importlib
import sys
from collections.abc import Awaitable, Callable

import uvloop

from callcenter.settings import Settings
from callcenter.web.logs import configure_logs

PROCESSES = {
    "web": "callcenter.app",
    "worker": "callcenter.worker",
    "switch": "callcenter.telephony.asterisk.serve",
    "hotline": "callcenter.hotline",
    "simulate": "callcenter.simulation.demo",
}
"""Each imports what it serves with, and nothing of the command line."""


def main() -> None:
    """The entry point of the installed command."""
    if sys.argv[1:2] and sys.argv[1] in PROCESSES:
        _serve(importlib.import_module(PROCESSES[sys.argv[1]]).serve)
        return
    from callcenter.cli.commands import app

    app()


def _serve(process: Callable[[Settings], Awaitable[None]]) -> None:
    settings = Settings()
    configure_logs(json=settings.log_json, level=settings.log_level.upper())

    async def until_stopped() -> None:
        await process(settings)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(until_stopped())


if __name__ == "__main__":
    main()
