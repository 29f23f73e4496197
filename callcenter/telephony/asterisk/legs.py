"""Which legs of a call live, and why the others ended. Asterisk tells an end in several ways, and
none of them always: each is taken, the first counts."""

from dataclasses import dataclass

from callcenter.telephony.signals import NORMAL, Cause


@dataclass(frozen=True)
class End:
    """Of one leg."""

    cause: Cause
    by_us: bool


class Legs:
    """Of one call."""

    def __init__(self) -> None:
        self.alive: dict[str, None] = {}
        self._ended_by_us: set[str] = set()
        self._asked: dict[str, Cause] = {}

    def add(self, leg: str) -> None:
        """It lives from now on, whatever was before."""
        self.alive[leg] = None
        self._ended_by_us.discard(leg)
        self._asked.pop(leg, None)

    def hung_up_by_us(self, leg: str) -> None:
        """Whatever is told of its end: it was our wish, unless the far end was first."""
        if leg in self.alive and leg not in self._asked:
            self._ended_by_us.add(leg)

    def far_end_hangs_up(self, leg: str, cause: Cause) -> None:
        """Told before the end itself, and for a caller the only place where the cause stands."""
        if leg not in self._ended_by_us:
            self._asked.setdefault(leg, cause)

    def end(self, leg: str, cause: Cause | None = None) -> End | None:
        """How it ended, None when that is known already."""
        if leg not in self.alive:
            return None
        del self.alive[leg]
        told = (cause, self._asked.get(leg))
        known = next((one for one in told if one is not None and one.q850), NORMAL)
        return End(known, leg in self._ended_by_us)
