"""All that one call may have to say, put together and spoken before it rings."""

import asyncio
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from callcenter.db.transaction import Tx
from callcenter.routing import reading, repository
from callcenter.routing.duty.model import DutyCall
from callcenter.routing.duty.promise import minutes_to
from callcenter.stations import repository as stations
from callcenter.telephony.duty.words import (
    ENDINGS,
    TEXTS,
    job_words,
    place_words,
    reasons_words,
    rounded_s,
)
from callcenter.telephony.flow.acts import Spoken
from callcenter.telephony.flow.model import Language
from callcenter.telephony.prompts.store import Prompts
from callcenter.telephony.prompts.wav import seconds

ONCE = "once"
"""Below the prompts: what was spoken for one call only."""
FIXED = (*ENDINGS, "menu", "wrong", "no_truck", "desk")


@dataclass(frozen=True)
class Script:
    """The texts of one offer by name; those `kept` are the same for every call. `minutes` is what
    key 1 promises."""

    language: Language
    minutes: int
    left_s: float
    kept: dict[str, str]
    once: dict[str, str]


class Sounds:
    """The script's sounds by name, without their ending as the switch wants them."""

    def __init__(self, files: dict[str, Path], folder: Path) -> None:
        self.files = files
        self.folder = folder

    def __getitem__(self, name: str) -> Path:
        return self.files[name].with_suffix("")

    def left(self, left_s: float, after: Sequence[str]) -> list[Path]:
        """How long is left to answer once these were said; nothing when that cannot be said."""
        said_s = sum(seconds(self.files[name].read_bytes()) for name in after)
        name = f"left_{rounded_s(left_s - said_s)}"
        return [self[name]] if name in self.files else []

    def forget(self) -> None:
        """What only this call has said is not kept."""
        shutil.rmtree(self.folder, ignore_errors=True)


async def script_of(tx: Tx, call: DutyCall) -> Script:
    """Nothing of the caller but what his car needs."""
    offer = await repository.get_offer(tx, call.offer_id)
    station = await stations.get(tx, offer.station_id)
    language: Language = "en" if station.language == "en" else "zh"
    told = await reading.station_offer(tx, offer)
    minutes = await minutes_to(tx, offer)
    texts = TEXTS[language]
    name = station.name_en if language == "en" else station.name_zh
    kept = {one: texts[one] for one in FIXED}
    kept |= {
        "opening": texts["opening"].format(station=name),
        "reasons": reasons_words(language),
        "accepted": texts["accepted"].format(minutes=minutes),
    }
    for left in sorted({rounded_s(s) for s in range(round(told.seconds_left) + 1)} - {0}):
        kept[f"left_{left}"] = texts["left"].format(n=left)
    once = {"job": job_words(language, told.job), "place": place_words(language, told.job)}
    return Script(language, minutes, told.seconds_left, kept, once)


async def speak(prompts: Prompts, script: Script) -> Sounds | None:
    """Ready to be played; None when the voice is missing."""
    root = prompts.folder / ONCE
    root.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=root))
    for_this_call = Prompts(folder, prompts.voice)
    named = [(prompts, script.kept), (for_this_call, script.once)]
    wanted = [(store, name, text) for store, texts in named for name, text in texts.items()]
    found = await asyncio.gather(
        *(
            store.ready(Spoken(text=text, language=script.language, ours=True))
            for store, _, text in wanted
        )
    )
    files = {name: file for (_, name, _), file in zip(wanted, found, strict=True) if file}
    sounds = Sounds(files, folder)
    if len(files) < len(wanted):
        sounds.forget()
        return None
    return sounds


async def speak_fixed(prompts: Prompts) -> bool:
    """Once, so that no call has to wait for it; whether there is a voice at all."""
    texts = [
        Spoken(text=text, language=language)
        for language, named in TEXTS.items()
        for text in (*(named[one] for one in FIXED), reasons_words(language))
    ]
    return all([await prompts.ready(one) for one in texts])


def forget_all(prompts: Prompts) -> None:
    """What calls of a process that is gone have left."""
    shutil.rmtree(prompts.folder / ONCE, ignore_errors=True)
