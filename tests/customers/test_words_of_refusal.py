"""What owners answer to a text message: who wants no more of them, and who says something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.customers.consents.model import Channel
from callcenter.customers.consents.trouble import speaks_of_trouble
from callcenter.customers.consents.words import Refusal, channels_of_refusal, refusal_in
from tests.customers.refusals import HELP, NONE, SENTENCES, WORDS_ALONE, of

TEXT, CALLS, ALL = (
    {Channel.TEXT},
    {Channel.TEXT, Channel.CALL, Channel.AUTOMATED_CALL},
    set(Channel),
)


@pytest.mark.parametrize("text", of(WORDS_ALONE))
def test_a_word_alone_cannot_be_mistaken(text: str):
    assert refusal_in(text) is Refusal.WORD


@pytest.mark.parametrize("text", of(SENTENCES))
def test_who_wants_no_more_in_so_many_words_is_understood(text: str):
    assert refusal_in(text) is Refusal.LIKELY


@pytest.mark.parametrize("text", ["", *of(NONE)])
def test_who_says_something_else_has_not_refused(text: str):
    assert refusal_in(text) is None


@pytest.mark.parametrize("text", of(HELP))
def test_who_calls_for_help_is_not_silenced(text: str):
    assert refusal_in(text) is None
    assert speaks_of_trouble(text)


@pytest.mark.parametrize("text", [*of(WORDS_ALONE), *of(SENTENCES)])
def test_a_refusal_is_no_call_for_help(text: str):
    assert not speaks_of_trouble(text)


@pytest.mark.parametrize("text", of(WORDS_ALONE))
def test_a_word_alone_counts_with_any_signs_around_it(text: str):
    assert refusal_in(f" 【{text}】!! ") is Refusal.WORD


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("TD", TEXT),
        ("别再发短信了", TEXT),
        ("别再发骚扰短信", TEXT),
        ("我要退订,以后联系我太太", TEXT),
        ("退订,链接打开太慢", TEXT),
        ("不要再打电话了", CALLS),
        ("别打了", CALLS),
        ("stop calling me", CALLS),
        ("请勿打扰", ALL),
        ("别再骚扰我", ALL),
        ("不要联系我", ALL),
        ("do not contact me", ALL),
    ],
)
def test_what_is_silent_is_what_he_speaks_of(text: str, silent: set[Channel]):
    assert set(channels_of_refusal(text)) == silent


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    assert refusal_in(text) in (None, *Refusal)
    assert channels_of_refusal(text)
