"""The sounds of texts, in the data directory: recordings of a studio, and what our voice said.

A sound is found by the digest of its text and language. Who changes a text has a new one, which
the recording of the old one does not say.
"""

import asyncio
import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.voice import VOICES, Voice

FOLDER = "prompts"
Source = Literal["recorded", "spoken", "missing"]


def digest_of(text: str, language: Language) -> str:
    """The name of this text's sounds: 32 hexadecimal digits."""
    return hashlib.sha256(f"{language}\n{text}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Prompts:
    """All sounds below `folder`."""

    folder: Path
    voice: Voice

    @classmethod
    def of(cls, data_dir: Path) -> "Prompts":
        """Of this installation, with the voice of this machine."""
        return cls(data_dir / FOLDER, Voice.of_this_machine())

    def recorded(self, digest: str) -> Path | None:
        """The studio's recording."""
        return _there(self.folder / "recorded" / f"{digest}.wav")

    def sound(self, digest: str) -> Path | None:
        """The recording, else what our voice said; None when there is neither."""
        if found := self.recorded(digest):
            return found
        spoken = (self.folder / self.voice.name(one) / f"{digest}.wav" for one in VOICES)
        return next((file for file in spoken if file.is_file()), None)

    def source(self, digest: str) -> Source:
        """Where its sound comes from."""
        if self.recorded(digest):
            return "recorded"
        return "spoken" if self.sound(digest) else "missing"

    def speak(self, text: str, language: Language) -> Path | None:
        """The sound of this text, spoken now when it has none; None when it cannot be. Blocks."""
        digest = digest_of(text, language)
        if found := self.sound(digest):
            return found
        spoken = self.voice.speak(text, language)
        if spoken is None:
            return None
        return _kept(self.folder / self.voice.name(language) / f"{digest}.wav", spoken)

    async def ready(self, spoken: Spoken) -> Path | None:
        """The same for a call that waits for it."""
        digest = digest_of(spoken.text, spoken.language)
        if found := self.sound(digest):
            return found
        return await asyncio.to_thread(self.speak, spoken.text, spoken.language)

    def keep_recording(self, digest: str, wav: bytes) -> None:
        """In the place of the voice, whatever was recorded before."""
        _kept(self.folder / "recorded" / f"{digest}.wav", wav)

    def forget_recording(self, digest: str) -> None:
        """Our voice says it again; a second time nothing happens."""
        (self.folder / "recorded" / f"{digest}.wav").unlink(missing_ok=True)


def _there(file: Path) -> Path | None:
    return file if file.is_file() else None


def _kept(file: Path, data: bytes) -> Path:
    """Whole or not at all, however many write it at once."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    with os.fdopen(handle, "wb") as out:
        out.write(data)
    os.chmod(name, 0o644)
    os.replace(name, file)
    return file
