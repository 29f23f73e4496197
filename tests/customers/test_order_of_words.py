"""The later word wins, in whatever order words reach us: against a reading word by word."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import permutations
from random import Random
from typing import Any
from uuid import UUID

from callcenter.customers import service as customers
from callcenter.customers.consents import service as consents
from callcenter.customers.consents.model import Channel, Evidence, Purpose, Reach, code_of
from callcenter.customers.consents.service import Proof
from callcenter.db.database import Database
from callcenter.db.transaction import Tx
from tests.db.cast import with_control

MARKETING, CONTRACT = Purpose.MARKETING, Purpose.CONTRACT
TEXT = Channel.TEXT
DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)


async def new_owner(tx: Tx) -> UUID:
    return (await customers.add_owner(tx, "desk", name="王伟")).id


def on(day: int) -> Proof:
    return Proof(Evidence.PAPER, said_at=DAY + timedelta(days=day))


# Purpose, whether it is granted, and the day; None for the channel as such.
Said = tuple[Purpose | None, bool, int]
LATER_ARRIVAL_WINS = """
create function say_now() returns trigger language plpgsql as
    $$ begin new.said_at := clock_timestamp(); return new; end $$;
create trigger say_now before insert on consents for each row execute function say_now();
"""


def stands(said: Iterable[Said]) -> tuple[list[str], list[str], list[str]]:
    """The same word by word in the order of their days: what is granted, refused, silent."""
    state: dict[Purpose, bool | None] = dict.fromkeys(Purpose)
    own: set[Purpose] = set()
    silent = False
    for purpose, granted, _ in sorted(said, key=lambda one: (one[2], not one[1])):
        if purpose is not None:
            state[purpose] = granted
            own = own - {purpose} if granted else own | {purpose}
            silent = silent and not granted
        elif granted:
            state = {p: yes if yes or p in own else None for p, yes in state.items()}
            silent = False
        else:
            state, silent = dict.fromkeys(Purpose, False), True
    codes = [
        sorted(code_of(p, TEXT) for p, yes in state.items() if yes is v) for v in (True, False)
    ]
    return codes[0], codes[1], ["text"] if silent else []


def seen(reach: Reach) -> tuple[list[str], list[str], list[str]]:
    return sorted(reach.granted), sorted(reach.refused), sorted(reach.silent)


async def say(tx: Tx, owner_id: UUID, word: Said) -> None:
    purpose, granted, day = word
    if purpose is None:
        verb = consents.end_silence if granted else consents.silence
        await verb(tx, "desk", owner_id, [TEXT], on(day))
    else:
        give_or_not = consents.give if granted else consents.take_back
        await give_or_not(tx, "desk", owner_id, [(purpose, TEXT)], on(day))


@with_control(sabotage=LATER_ARRIVAL_WINS)
async def test_the_later_word_wins_in_whatever_order_they_arrive(
    database: Database, owner: Any, sabotage: str | None
):
    if sabotage:
        await owner.execute(sabotage)
    words: list[Said] = [
        (MARKETING, True, 1),
        (None, False, 2),
        (MARKETING, True, 3),
        (CONTRACT, False, 3),
    ]
    found = set()
    async with database.transaction() as tx:
        for order in permutations(words):
            owner_id = await new_owner(tx)
            for word in order:
                await say(tx, owner_id, word)
            found.add(str(seen(await consents.reach_of(tx, owner_id))))
    assert found == {str(stands(words))}


async def test_whatever_was_said_stands_as_word_by_word(database: Database):
    """Hundreds of owners at once, each with words of his own: by the statement, and one by one."""
    dice = Random(7)
    spoken: dict[UUID, set[Said]] = {}
    async with database.transaction() as tx:
        for _ in range(300):
            spoken[await new_owner(tx)] = {
                (dice.choice([None, MARKETING, CONTRACT]), dice.random() < 0.5, dice.randrange(5))
                for _ in range(dice.randrange(1, 9))
            }
        await tx.connection.executemany(
            "insert into consents (id, owner_id, purpose, channel, granted, evidence, said_at,"
            " recorded_by) values (gen_random_uuid(), $1, $2, 'text', $3, 'file', $4, 'file')",
            [
                (owner_id, purpose, granted, DAY + timedelta(days=day))
                for owner_id, words in spoken.items()
                for purpose, granted, day in words
            ],
        )
        await consents.lock_reaches(tx, list(spoken))
        await consents.keep_reach(tx, list(spoken))
        for owner_id, words in spoken.items():
            assert seen(await consents.reach_of(tx, owner_id)) == stands(words), words
