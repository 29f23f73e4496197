"""The wheel's pgbench beside the service: the same statements, on a database of its own."""

import asyncio
import os
import re
import time
from dataclasses import dataclass

import asyncpg

from benchmarks.installation import Installation
from benchmarks.statements import Script
from callcenter.db import migrations
from callcenter.db.wheel import as_user, binaries

DATABASE = "statements_only"
TPS = re.compile(r"tps = ([\d.]+)")


@dataclass(frozen=True)
class Rate:
    """What so many clients reached."""

    clients: int
    per_second: float


async def prepare(it: Installation) -> None:
    """A database with the product's tables and tokens, in which nobody works but pgbench."""
    connection = await asyncpg.connect(it.postgres.owner_dsn("postgres"))
    try:
        await connection.execute(f"create database {DATABASE}")
    finally:
        await connection.close()
    await migrations.upgrade(it.postgres.owner_dsn(DATABASE), it.postgres.app_role)
    async with it.database.reading() as tx:
        tokens = await tx.connection.fetch("select * from machine_tokens")
    connection = await asyncpg.connect(it.postgres.owner_dsn(DATABASE))
    try:
        await connection.copy_records_to_table("machine_tokens", records=tokens)
    finally:
        await connection.close()


async def measure(it: Installation, script: Script, clients: int, seconds: float) -> Rate:
    """One run with the prepared protocol, on the server as the service has it."""
    path = it.data_dir / "intake.sql"
    path.write_text(script.text)
    return await _run(it, path.name, script.defines, clients, seconds)


async def _run(
    it: Installation, name: str, defines: dict[str, str], clients: int, seconds: float
) -> Rate:
    command = [binaries() / "pgbench", "--no-vacuum", "--protocol=prepared", f"--file={name}"]
    command += [f"--client={clients}", f"--jobs={min(clients, os.cpu_count() or 1)}"]
    command += [f"--time={max(1, round(seconds))}"]
    command += [f"--define={key}={value}" for key, value in defines.items()]
    command += [f"--define=turn={time.time_ns() // 1000}", it.postgres.app_dsn(DATABASE)]
    process = await asyncio.create_subprocess_exec(
        *as_user([str(part) for part in command]),
        cwd=it.data_dir,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, complaint = await process.communicate()
    tps = TPS.search(told.decode())
    if process.returncode or not tps:
        raise RuntimeError(complaint.decode(errors="replace")[-2000:])
    return Rate(clients, round(float(tps[1]), 1))
