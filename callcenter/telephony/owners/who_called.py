"""What an owner hears who answered when no agent was free: made ready before anybody is dialled."""

from pathlib import Path
from typing import get_args

from callcenter.telephony.flow.model import Language
from callcenter.telephony.owners.means import Means
from callcenter.telephony.owners.sounds import OwnerSounds
from callcenter.telephony.owners.words import abandoned_words

NAME = "abandoned"


async def who_called(means: Means, language: Language) -> Path | None:
    """The name of the house in his language, and its number; None: there is no voice for it."""
    sounds = OwnerSounds.of(means.prompts, language)
    try:
        said = await sounds.kept({NAME: abandoned_words(language, means.house, means.shown)})
    finally:
        sounds.forget()
    return said[NAME] if said else None


async def can_say_who_called(means: Means) -> bool:
    """In every language."""
    said = [await who_called(means, language) for language in get_args(Language)]
    return None not in said
