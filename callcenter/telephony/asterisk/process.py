"""One Asterisk as our child: started, watched until it answers, stopped with us."""

import asyncio
import socket
import subprocess
import time
from pathlib import Path

import aiohttp
import structlog

from callcenter.supervision import die_with_parent
from callcenter.telephony.asterisk.ari import Ari
from callcenter.telephony.asterisk.config import ARI_PASSWORD, ARI_USER, write_config
from callcenter.telephony.asterisk.installation import AsteriskUnusable, Installation
from callcenter.telephony_settings import AsteriskSettings

log = structlog.get_logger()

UP_S = 30.0
LOOK_S = 0.05
STOP_S = 10.0
PAUSE_S = 0.1
FORGIVEN_S = 60.0


class AsteriskProcess:
    """Its configuration and logs lie below `folder`. `start` from the main thread only: the
    child's death signal hangs on the thread that started it."""

    def __init__(
        self, folder: Path, settings: AsteriskSettings, installation: Installation
    ) -> None:
        self.folder = folder.absolute()
        self.settings = settings
        self.installation = installation
        self.passwords = write_config(self.folder, settings, installation)
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def ari_url(self) -> str:
        """Where its ARI answers."""
        return f"http://127.0.0.1:{self.settings.http_port}/ari"

    @property
    def pid(self) -> int:
        """The child's process id."""
        assert self._child is not None
        return self._child.pid

    def ari(self, session: aiohttp.ClientSession) -> Ari:
        """A client of its ARI."""
        return Ari(session, self.ari_url, ARI_USER, self.passwords.of(ARI_PASSWORD))

    def is_running(self) -> bool:
        """Whether the child lives."""
        return self._child is not None and self._child.poll() is None

    async def start(self) -> None:
        """Start it and wait until its ARI answers; raises AsteriskUnusable after 30 s, with what it
        said last when it ended before, and when another holds its port."""
        # It would run on without ARI.
        if is_taken(self.settings.http_port):
            raise AsteriskUnusable(f"port {self.settings.http_port} is taken")
        config = self.folder / "etc" / "asterisk.conf"
        with (self.folder / "log" / "console").open("ab") as output:
            self._child = subprocess.Popen(
                [*self.installation.command, "-f", "-C", config],
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
        try:
            await self._until_it_answers()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Ask it to end, which hangs up all calls; killed after 10 s."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.terminate()
        try:
            await asyncio.to_thread(self._child.wait, STOP_S)
        except subprocess.TimeoutExpired:
            log.warning("asterisk_killed", pid=self._child.pid)
            self._child.kill()
            await asyncio.to_thread(self._child.wait)

    async def _until_it_answers(self) -> None:
        until = time.monotonic() + UP_S
        async with aiohttp.ClientSession() as session:
            ari = self.ari(session)
            # Its port opens before ARI is loaded and says 404 until then.
            while not await ari.is_up():
                if not self.is_running() or time.monotonic() > until:
                    raise AsteriskUnusable(self._last_words())
                await asyncio.sleep(LOOK_S)

    async def keep_alive(self) -> None:
        """Start it again whenever it dies, after a pause that grows to 5 s and is forgotten once
        it has lived for a minute. Its calls are lost with it."""
        pause, began = PAUSE_S, time.monotonic()
        while True:
            await asyncio.sleep(LOOK_S)
            if self.is_running():
                continue
            log.warning("asterisk_died", last_words=self._last_words())
            pause = PAUSE_S if time.monotonic() - began > FORGIVEN_S else min(2 * pause, 5)
            await asyncio.sleep(pause)
            began = time.monotonic()
            try:
                await self.start()
            except (AsteriskUnusable, OSError) as failure:
                log.warning("asterisk_not_started", error=str(failure))

    def _last_words(self) -> str:
        said = [self.folder / "log" / name for name in ("console", "messages")]
        return " ".join(file.read_text(errors="replace")[-1000:] for file in said if file.exists())


def is_taken(port: int) -> bool:
    """Whether somebody listens there on this machine."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False
