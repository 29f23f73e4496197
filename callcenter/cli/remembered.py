"""Which database an installation uses: a note in the data directory, without the password.

Without it a command that was not told would quietly begin an empty database of its own.
"""

from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

from callcenter.supervision import CannotStart

FILE = "database-url"


def remember(data_dir: Path, database_url: str) -> None:
    """From now on this data directory belongs to the database named."""
    (data_dir / FILE).write_text(f"{without_password(database_url)}\n")


def refuse_forgotten(data_dir: Path) -> None:
    """For a command that names no database; raises CannotStart when another one is in use."""
    note = data_dir / FILE
    if not note.exists():
        return
    url = note.read_text().strip()
    raise CannotStart(
        f"数据目录 {data_dir} 使用数据库 {url}:请给出 --database-url。"
        f"若要改用内置数据库,请删除 {note}。",
        f"The data directory {data_dir} uses the database {url}: name it with --database-url. "
        f"To use the one brought along instead, delete {note}.",
    )


def without_password(url: str) -> str:
    """The address as it may be kept and shown."""
    parts = urlsplit(url)
    user, at, place = parts.netloc.rpartition("@")
    shown = urlencode([(k, v) for k, v in parse_qsl(parts.query) if "password" not in k])
    address = f"{parts.scheme}://{user.partition(':')[0]}{at}{place}{parts.path}"
    return f"{address}?{shown}" if shown else address
