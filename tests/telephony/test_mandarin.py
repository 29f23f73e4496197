"""Chinese texts are spoken in Mandarin, whatever the voice makes of characters."""

import subprocess

import pytest

from callcenter.telephony.flow.default import default_flow
from callcenter.telephony.prompts.flow_texts import texts_of
from callcenter.telephony.prompts.mandarin import syllables
from callcenter.telephony.prompts.voice import VOICES, Voice

PROGRAM = Voice.of_this_machine().program
SPEAKS = pytest.mark.skipif(PROGRAM is None, reason="no espeak-ng: nothing is spoken here")
IN_ENGLISH = "(en)"
TEXTS = [one.text for one in texts_of(default_flow()) if one.language == "zh"]


def phonemes(voice: str, text: str) -> str:
    assert PROGRAM is not None
    command = [PROGRAM, "-v", voice, "-x", "-q", "--stdin"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("接单按1", "jie1 dan1 an4 1"),
        ("重庆", "chong2 qing4"),
        ("G15沈海", "ji4 15 shen3 hai3"),
        ("女儿", "nv3 er2"),
        ("", ""),
    ],
)
def test_characters_letters_and_numbers(text: str, said: str):
    assert syllables(text).split() == said.split()


@SPEAKS
def test_no_word_of_the_hotline_is_spelt_out_in_english():
    assert TEXTS
    for text in TEXTS:
        assert IN_ENGLISH not in phonemes(VOICES["zh"][0], syllables(text)), text


@SPEAKS
def test_control_characters_alone_are_spelt_out_here():
    """Where the voice reads them by itself one day, this module may go."""
    if IN_ENGLISH not in phonemes("cmn", "您好"):
        pytest.skip("this espeak-ng reads characters")
    assert IN_ENGLISH not in phonemes(VOICES["zh"][0], syllables("您好"))
