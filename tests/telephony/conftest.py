"""The hotline with its carriers switched on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from callcenter.db.database import Database
from callcenter.places.intake import Intake
from callcenter.settings import TelephonySettings
from tests.service import Service, running
from tests.telephony.twiml_carrier import KEY, PUBLIC

TELEPHONY = TelephonySettings(
    twiml_key=SecretStr(KEY),
    voicexml=True,
    fallback_number="+862400000000",
    group_addresses={"technical": "sip:technical@desk.example.cn"},
)


@pytest.fixture
async def hotline(database: Database, intake: Intake, tmp_path: Path) -> AsyncIterator[Service]:
    async with running(
        database, intake, data_dir=tmp_path, telephony=TELEPHONY, public_url=PUBLIC
    ) as it:
        yield it
