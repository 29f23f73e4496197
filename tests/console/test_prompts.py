"""What callers hear, in the console: listened to, replaced by a recording, and back."""

import os

import pytest
from playwright.async_api import Page, expect

from callcenter.telephony.prompts.voice import Voice
from tests.console.conftest import at_the_console, grave_faults
from tests.console.test_simulator import demo
from tests.portal.conftest import Office
from tests.telephony.test_prompts import tone

__all__ = ["demo"]


async def looks(page: Page, name: str) -> None:
    """A picture for who asked for pictures by PROMPT_PICTURES, a folder."""
    if folder := os.environ.get("PROMPT_PICTURES"):
        await page.screenshot(path=f"{folder}/{name}.png")


def wav(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "audio/wav", "buffer": data}


async def test_a_studio_s_recording_takes_the_place_of_the_voice_and_goes_again(demo: Office):
    page = (await at_the_console(demo, "supervisor", "prompts")).page
    row = page.locator("[data-prompt]").filter(has_text="欢迎致电")
    source, file = row.locator("[data-test=source]"), row.locator("[type=file]")
    await expect(source).to_have_text("还没有声音")
    for name, data, why in (
        ("song.mp3", b"ID3 no wav" * 9, "它不是 WAV 文件"),
        ("stereo.wav", tone(44100, channels=2), "它有 2 个声道"),
        ("cd.wav", tone(44100), "它的采样率是 44100 Hz"),
    ):
        await file.set_input_files(wav(name, data))  # type: ignore[arg-type]
        await expect(row.get_by_role("alert")).to_contain_text(why)
        await expect(row.get_by_role("alert")).to_contain_text(name)
    await looks(page, "refused.zh")
    assert await grave_faults(page) == []
    await file.set_input_files(wav("good.wav", tone(16000)))  # type: ignore[arg-type]
    await expect(source).to_have_text("录音 · 0.5 秒")
    await expect(row.get_by_role("alert")).to_have_count(0)
    await expect(page.get_by_text("其中 1 句有录音")).to_be_visible()
    async with page.expect_response("**/sound") as heard:
        await row.get_by_role("button", name="试听").click()
    sound = await heard.value
    assert (sound.status, sound.headers["content-type"]) == (200, "audio/wav")
    await expect(row.get_by_role("button", name="试听")).to_be_visible()
    await looks(page, "recorded.zh")
    await row.get_by_role("button", name="删除录音").click()
    await expect(source).to_have_text("还没有声音")


async def test_english_texts_and_a_machine_without_a_voice(
    demo: Office, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Voice, "of_this_machine", lambda: Voice(None))
    page = (await at_the_console(demo, "admin", "prompts", english=True)).page
    await page.get_by_role("radio", name="English").check()
    await expect(page.locator("[data-test=prompts]")).to_contain_text("For English, press 9.")
    await page.get_by_role("button", name="Dark").click()
    await looks(page, "list.dark.en")
    assert await grave_faults(page) == []
