"""Where an Asterisk is: in a folder that was unpacked for us, or installed on the machine."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST = 20
ASK_S = 20


class AsteriskUnusable(Exception):
    """No Asterisk, or one that cannot be used; the text says why, for a person."""


@dataclass(frozen=True)
class Installation:
    """How to start it, and the folders of what it loads and says."""

    command: tuple[str, ...]
    modules: Path
    data: Path

    @property
    def is_recent(self) -> bool:
        """Whether it is of summer 2025 or later (20.15, 22.5): told by a module that came then."""
        return (self.modules / "res_websocket_client.so").exists()

    def version(self) -> str:
        """`22.10.1`; raises AsteriskUnusable for one that does not run or is older than 20."""
        try:
            told = subprocess.run(
                [*self.command, "-V"], capture_output=True, text=True, check=True, timeout=ASK_S
            ).stdout
        except (OSError, subprocess.SubprocessError) as failure:
            raise AsteriskUnusable(f"{self.command[-1]}: {failure}") from failure
        found = re.search(r"\b(\d+)\.[\w.]+", told)
        if found is None or int(found[1]) < OLDEST:
            raise AsteriskUnusable(f"{told.strip()!r}: Asterisk {OLDEST} or newer is needed")
        return found[0]


def unpacked(prefix: Path) -> Installation | None:
    """The Asterisk under this folder, run by the loader that was unpacked with it: the libraries
    there may be newer than this machine's."""
    binary = prefix / "usr/sbin/asterisk"
    libraries = next(prefix.glob("usr/lib/*/asterisk"), prefix).parent
    loader = next(libraries.glob("ld-linux*.so.*"), None)
    if not binary.exists() or loader is None:
        return None
    command = (str(loader), "--library-path", str(libraries), str(binary))
    return Installation(command, libraries / "asterisk/modules", prefix / "usr/share/asterisk")


def installed() -> Installation | None:
    """The machine's own Asterisk."""
    path = shutil.which("asterisk", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        return None
    places = [*Path("/usr/lib").glob("*/asterisk/modules"), Path("/usr/lib64/asterisk/modules")]
    places.append(Path("/usr/lib/asterisk/modules"))
    modules = next((place for place in places if (place / "app_stasis.so").exists()), None)
    texts = [Path("/usr/share/asterisk"), Path("/var/lib/asterisk")]
    data = next((place for place in texts if (place / "documentation").exists()), None)
    return Installation((path,), modules, data) if modules and data else None
