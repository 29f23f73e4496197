"""The switch's process: Asterisk, started again whenever it dies. It is a process of its own, so
that calls go on while the service is being restarted."""

import asyncio
import contextlib
import signal

import structlog

from callcenter.settings import Settings
from callcenter.telephony.asterisk import package
from callcenter.telephony.asterisk.installation import AsteriskUnusable
from callcenter.telephony.asterisk.process import AsteriskProcess

log = structlog.get_logger()
AGAIN_S = 10.0


async def serve(settings: Settings) -> None:
    """Until SIGTERM or SIGINT. One that cannot be started is tried again every 10 s."""
    folder = settings.data_dir / "asterisk"
    installation = package.find(folder, settings.asterisk_debs)
    process = AsteriskProcess(folder / "run", settings.asterisk, installation)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    running = asyncio.create_task(_run(process))
    await stopped.wait()
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await process.stop()


async def _run(process: AsteriskProcess) -> None:
    while True:
        try:
            await process.start()
        except (AsteriskUnusable, OSError) as failure:
            log.error("asterisk_not_started", error=str(failure))
            await asyncio.sleep(AGAIN_S)
            continue
        await process.keep_alive()
