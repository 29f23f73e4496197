"""An Asterisk without root: Debian's packages, unpacked into a folder of ours, never installed.

They come from a folder of .deb files, or by an apt with a state of its own, so that nothing it
reads can leak into what the machine installs.
"""

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from callcenter.telephony.asterisk.apt import Progress, download
from callcenter.telephony.asterisk.installation import (
    AsteriskUnusable,
    Installation,
    installed,
    unpacked,
)

UNPACK_S = 120
LEFT_OUT = ("usr/share/doc", "usr/share/man", "usr/share/locale", "usr/share/info")


def find(folder: Path, debs: Path | None = None) -> Installation:
    """The Asterisk to use: out of `debs` when they are given (unpacked at the first time), else
    what `fetch` brought, else the machine's own. Raises AsteriskUnusable."""
    if debs is not None:
        return unpack(debs, folder)
    found = unpacked(folder / "fetched") or installed()
    if found is None:
        raise AsteriskUnusable("there is no Asterisk: run `callcenter asterisk fetch`")
    return found


def fetch(folder: Path, debs: Path | None = None, progress: Progress = lambda *_: None) -> Path:
    """Unpack `debs`, or download Debian's packages (35 MB) and unpack them; the prefix.
    Raises AsteriskUnusable."""
    if debs is not None:
        unpack(debs, folder, progress)
        return _prefix_of(debs, folder)
    folder.mkdir(parents=True, exist_ok=True)
    downloaded = folder / "debs"
    shutil.rmtree(downloaded, ignore_errors=True)
    download(downloaded, folder / "apt", progress)
    half = folder / "half"
    _unpack_all(downloaded, half, progress)
    shutil.rmtree(folder / "fetched", ignore_errors=True)
    half.rename(folder / "fetched")
    shutil.rmtree(downloaded)
    return folder / "fetched"


def unpack(debs: Path, folder: Path, progress: Progress = lambda *_: None) -> Installation:
    """These packages, unpacked once under `folder`, whoever else does the same at this moment.
    Raises AsteriskUnusable."""
    prefix = _prefix_of(debs, folder)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        if not prefix.exists():
            half = prefix.with_suffix(".half")
            _unpack_all(debs, half, progress)
            half.rename(prefix)
    found = unpacked(prefix)
    if found is None:
        raise AsteriskUnusable(f"{debs}: these packages hold no Asterisk that can be started")
    return found


def _prefix_of(debs: Path, folder: Path) -> Path:
    names = sorted(file.name for file in debs.glob("*.deb"))
    if not names:
        raise AsteriskUnusable(f"{debs}: no .deb files are there")
    return folder / hashlib.sha256("\n".join(names).encode()).hexdigest()[:12]


def _unpack_all(debs: Path, prefix: Path, progress: Progress) -> None:
    shutil.rmtree(prefix, ignore_errors=True)
    prefix.mkdir(parents=True)
    files = sorted(debs.glob("*.deb"))
    for at, file in enumerate(files, start=1):
        progress("unpack", at, len(files))
        try:
            subprocess.run(
                ["dpkg-deb", "-x", file, prefix], capture_output=True, check=True, timeout=UNPACK_S
            )
        except (OSError, subprocess.SubprocessError) as failure:
            raise AsteriskUnusable(f"{file.name}: {failure}") from failure
    for name in LEFT_OUT:
        shutil.rmtree(prefix / name, ignore_errors=True)
