"""What owners answer to a text message: who wants no more of them, and who says something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.customers.consents.words import words_of_refusal


@pytest.mark.parametrize(
    "text",
    [
        *(
            "TD",
            "td",
            " Ｔ Ｄ 。",
            "T",
            "退订",
            "【退订】",
            "回复TD退订",
            "STOP",
            "stop!",
            "Stop all",
        ),
        *("unsubscribe", "Please stop", "stop texting me", "别再给我发短信了", "不要再打电话了"),
        *("请勿打扰", "怎么退订?", "我不想再收到这些消息", "Don’t text me again", "opt-out"),
    ],
)
def test_who_wants_no_more_is_understood(text: str):
    assert words_of_refusal(text)


@pytest.mark.parametrize(
    "text",
    [
        *("", "好的", "谢谢", "明天下午三点", "TDI 发动机什么时候保养", "1", "YES", "OK, see you"),
        *("I will stop by the workshop tomorrow", "can you cancel my appointment on Monday"),
        *("请发我地址", "车子停止工作了", "打不着火了", "the car stops at every light"),
    ],
)
def test_who_answers_something_else_has_not_refused(text: str):
    assert not words_of_refusal(text)


@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    assert words_of_refusal(text) in (True, False)
