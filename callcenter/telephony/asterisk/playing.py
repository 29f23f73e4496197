"""The prompts of one call that are played at this moment."""

import itertools

from callcenter.telephony.asterisk.naming import playback_names


class Playing(dict[str, str]):
    """Playback -> the leg or bridge that hears it."""

    def __init__(self, call: str) -> None:
        super().__init__()
        self._names = itertools.cycle(playback_names(call))

    def begin(self, where: str) -> str:
        """The name of one that begins there."""
        name = next(self._names)
        self[name] = where
        return name

    def of(self, where: str) -> list[str]:
        """Those that are heard there."""
        return [name for name, whose in self.items() if whose == where]
