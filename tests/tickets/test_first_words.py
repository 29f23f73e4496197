"""The first message after the call says what to do now, in the caller's language."""

from typing import Any

import pytest

from tests.flows.desk import said
from tests.service import Client, Service, open_rescue

RAIL = {"zh": "护栏外侧", "en": "behind the guard rail"}
LIGHTS = {"zh": "双闪", "en": "Hazard lights"}


async def first_words(agent: Client, language: str, **told: Any) -> tuple[str, str]:
    """The ticket's number, and the body of the message."""
    ticket = await open_rescue(agent, language=language, **told)
    message = await said(agent, ticket["id"], "first_words")
    assert message["language"] == language
    return ticket["number"], message["body"]


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_on_the_expressway_behind_the_guard_rail_and_the_triangle_at_150_m(
    service: Service, language: str
):
    number, body = await first_words(await service.agent(), language, expressway=True)
    for words in (number, RAIL[language], LIGHTS[language], "150", "/o/"):
        assert words in body


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_on_another_road_nobody_is_sent_to_a_rail_that_is_not_there(
    service: Service, language: str
):
    _, body = await first_words(await service.agent(), language)
    assert LIGHTS[language] in body
    assert RAIL[language] not in body
    assert "150" not in body


@pytest.mark.parametrize("language", ["zh", "en"])
async def test_with_danger_the_emergency_numbers_come_first(service: Service, language: str):
    _, body = await first_words(await service.agent(), language, danger=True, expressway=True)
    assert -1 < body.index("120") < body.index(LIGHTS[language])
    assert body.index("122") < body.index(LIGHTS[language])
