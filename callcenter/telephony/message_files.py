"""Messages that are sent along with a request: kept in the data directory."""

import os
from pathlib import Path
from uuid import UUID

from callcenter.telephony.flow.messages import LeftMessage

FOLDER = "left_messages"


def keep(data_dir: Path, call_id: UUID, sequence: int, data: bytes) -> LeftMessage:
    """The file, named by its call and wait: of what is sent again the first stays."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{call_id}-{sequence}.wav"
    if file.exists():
        return LeftMessage(f"{FOLDER}/{file.name}")
    part = folder / f"{call_id}-{sequence}.{os.getpid()}.part"
    part.write_bytes(data)
    part.replace(file)
    return LeftMessage(f"{FOLDER}/{file.name}")
