"""What one ticket intake says to PostgreSQL, heard from the server's own log, as a pgbench script.

So the script is always the product's: whoever adds a statement to the intake adds it here too.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from benchmarks.installation import Installation

ENTRY = re.compile(rb"^<(\d+)> (LOG|DETAIL):  (.*?)(?=^<\d+> |\Z)", re.DOTALL | re.MULTILINE)
PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
COMMENT = re.compile(r"--[^\n]*")
INTAKE = ("idempotency_keys", "machine_tokens")
HOUSEKEEPING = "SELECT pg_advisory_unlock_all()"
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LOG_FLUSHED_S = 0.3
TICKET_ID = (
    "(lpad(to_hex(:turn::bigint), 16, '0') || lpad(to_hex(:client_id::bigint), 16, '0'))::uuid"
)
"""Other rows of the round refer to it. Rising, as the product's own: its index grows at one end."""


@dataclass
class Statement:
    """One statement as the server logged it, with its parameters as text."""

    pid: int
    text: str
    parameters: list[str | None] = field(default_factory=list)


@dataclass(frozen=True)
class Script:
    """A pgbench script; `defines` hold what stays the same in every round."""

    text: str
    defines: dict[str, str]


@contextlib.asynccontextmanager
async def listening(it: Installation) -> AsyncIterator[list[Statement]]:
    """Fills the list, at the end of the block, with what the intake's connections said in it."""
    log = it.postgres.base / "postgres.log"
    heard: list[Statement] = []
    await _log_statements(it, "all")
    begin = log.stat().st_size
    try:
        yield heard
        await asyncio.sleep(LOG_FLUSHED_S)
    finally:
        await _log_statements(it, "none")
    heard += list(_statements(log.read_bytes()[begin:]))
    ours = {one.pid for one in heard if any(table in one.text for table in INTAKE)}
    heard[:] = [one for one in heard if one.pid in ours and HOUSEKEEPING not in one.text]


def script_of(statements: Sequence[Statement], answer: dict[str, Any], key: str) -> Script:
    """The statements one after another; what was unique to this ticket is new in each round.

    Whoever runs it defines `turn`, higher at each run than any round of the last one reached.
    """
    lines = ["\\set unique random(1, 9000000000000000000)", "\\set turn :turn + 1"]
    defines = dict[str, str]()
    for at, statement in enumerate(statements):
        text = COMMENT.sub("", statement.text)
        for number, value in reversed(list(enumerate(statement.parameters, start=1))):
            argument = _argument(value, f"p{at}_{number}", answer, key, defines)
            text = text.replace(f"${number}", argument)
        lines.append(" ".join(text.split()).rstrip(";") + ";")
    return Script("\n".join(lines) + "\n", defines)


def _argument(
    value: str | None, name: str, answer: dict[str, Any], key: str, defines: dict[str, str]
) -> str:
    """How pgbench says this parameter: by its own variable, or as something new each time."""
    if value is None:
        return "null"
    if value == answer["id"]:
        return TICKET_ID
    if UUID.fullmatch(value) and value != key:
        return "uuidv7()"
    if value in (key, answer["number"]):
        return ":unique"
    # The dedupe key of the ticket's jobs: one item, beginning with the event's id.
    if UUID.match(value.lstrip("{")) and value.startswith("{"):
        return "array[:unique]"
    defines[name] = value
    return f":{name}"


def _statements(log: bytes) -> Iterator[Statement]:
    last: Statement | None = None
    for entry in ENTRY.finditer(log):
        pid, kind, text = int(entry[1]), entry[2], entry[3].decode()
        if kind == b"DETAIL" and last is not None and last.pid == pid:
            last.parameters += [_unquoted(m[2]) for m in PARAMETER.finditer(text)]
        elif kind == b"LOG" and text.startswith(("execute ", "statement: ")):
            if last is not None:
                yield last
            # The server indents what follows the first line by a tab.
            last = Statement(pid, text.partition(": ")[2].replace("\n\t", "\n").strip())
    if last is not None:
        yield last


def _unquoted(literal: str) -> str | None:
    return None if literal == "NULL" else literal[1:-1].replace("''", "'")


async def _log_statements(it: Installation, which: str) -> None:
    connection = await asyncpg.connect(it.postgres.owner_dsn())
    try:
        await connection.execute("alter system set log_line_prefix = '<%p> '")
        await connection.execute(f"alter system set log_statement = '{which}'")
        await connection.execute("select pg_reload_conf()")
        await asyncio.sleep(LOG_FLUSHED_S)
    finally:
        await connection.close()
