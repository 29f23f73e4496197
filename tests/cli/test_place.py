"""`callcenter place`: what an operator sees of a sentence."""

from pathlib import Path

from tests.conftest import Server
from tests.forked import callcenter


def test_a_sentence_without_a_place_is_asked_back(server: Server, dbname: str, tables: Path):
    where = ["--database-url", server.owner_dsn(dbname), "--data-dir", str(tables)]
    done = callcenter("place", "车坏了,快来人", *where)
    assert done.returncode == 0, done.stderr
    told = "".join(done.stdout.split())
    assert "没有听出位置" in told
    assert "请说出公路名和公里数" in told
    assert "openthelink" in told
