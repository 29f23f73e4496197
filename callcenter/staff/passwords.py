"""argon2 in a thread, two at once: a flood of sign-ins must not stop the calls."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from callcenter.staff.errors import SignInBusy

AT_ONCE = 2
WAITING_LIMIT = 40


class Passwords:
    """Hashes and checks; one per process, wired in the app."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._nobody = _hash_of_nobody(self._hasher)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator["Turn"]:
        """Wait for one of the two places; raises SignInBusy when too many wait already."""
        if self._waiting >= WAITING_LIMIT:
            raise SignInBusy(retry_after_s=5)
        self._waiting += 1
        try:
            async with self._turns:
                yield Turn(self._hasher, self._nobody)
        finally:
            self._waiting -= 1

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        async with self.turn() as turn:
            return await turn.hash(password)


class Turn:
    """Leave to use a processor and 64 MiB for a moment."""

    def __init__(self, hasher: PasswordHasher, nobody: str) -> None:
        self._hasher = hasher
        self._nobody = nobody

    async def hash(self, password: str) -> str:
        """The hash to keep."""
        return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; takes as long when there is none to compare with."""
        right = await asyncio.to_thread(self._verify, kept or self._nobody, password)
        return right and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was hashed with weaker parameters than today's."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def _hash_of_nobody(hasher: PasswordHasher) -> str:
    """A hash that costs as much as a real one and that no password has."""

    def zeros(length: int) -> str:
        return base64.b64encode(bytes(length)).rstrip(b"=").decode()

    return (
        f"$argon2id$v=19$m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
        f"${zeros(hasher.salt_len)}${zeros(hasher.hash_len)}"
    )
