"""Words for owners made ready to be played: fixed texts are kept, those of one owner are not."""

import asyncio
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.store import Prompts

FOLDER = "owners"
"""Below the prompts: what was spoken for one owner only."""


def language_of(code: str) -> Language:
    """English for who wants it, else Chinese."""
    return "en" if code == "en" else "zh"


@dataclass(frozen=True)
class OwnerSounds:
    """Of one call; `forget` it when that is over."""

    prompts: Prompts
    language: Language
    folder: Path

    @classmethod
    def of(cls, prompts: Prompts, language: Language) -> "OwnerSounds":
        """Nothing spoken yet."""
        root = prompts.folder / FOLDER
        root.mkdir(parents=True, exist_ok=True)
        return cls(prompts, language, Path(tempfile.mkdtemp(dir=root)))

    async def kept(self, texts: Mapping[str, str]) -> dict[str, Path] | None:
        """Texts that every call says; None: there is no voice for one of them."""
        return await _ready(self.prompts, texts, self.language)

    async def once(self, texts: Mapping[str, str]) -> dict[str, Path] | None:
        """Texts with somebody's own facts in them."""
        return await _ready(Prompts(self.folder, self.prompts.voice), texts, self.language)

    def forget(self) -> None:
        """What only this call has said."""
        shutil.rmtree(self.folder, ignore_errors=True)


def forget_all(prompts: Prompts) -> None:
    """What calls of a process that is gone have left."""
    shutil.rmtree(prompts.folder / FOLDER, ignore_errors=True)


async def _ready(
    prompts: Prompts, texts: Mapping[str, str], language: Language
) -> dict[str, Path] | None:
    spoken = [Spoken(text=text, language=language, ours=True) for text in texts.values()]
    found = await asyncio.gather(*(prompts.ready(one) for one in spoken))
    named = {name: file for name, file in zip(texts, found, strict=True) if file is not None}
    return named if len(named) == len(texts) else None
