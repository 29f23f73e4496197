"""Numbers as people and carriers write them: every real one is read, and nonsense is not."""

import pytest

from callcenter.phones import (
    BadPhone,
    Caller,
    caller_of,
    e164,
    is_anybodys,
    line_of,
    masked,
    takes_texts,
)

MOBILE = "+8613800138000"
LANDLINE = "+862488881234"


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "138.0013.8000",
        "138/0013/8000",
        "１３８００１３８０００",
        "＋８６－１３８－００１３－８０００",
        "138\u30000013\u30008000",
        "138\u20130013\u20138000",
        "\u202d13800138000\u202c",
        "+8613800138000",
        "+86 138 0013 8000",
        "(+86)13800138000",
        "8613800138000",
        "86 138 0013 8000",
        "008613800138000",
        "013800138000",
    ],
)
def test_a_mobile_number_however_it_is_written(written: str):
    assert e164(written) == MOBILE


@pytest.mark.parametrize("prefix", [f"1{n}" for n in range(30, 100)])
def test_every_mobile_prefix_is_read_even_one_that_was_given_out_yesterday(prefix: str):
    assert e164(f"{prefix}12345678") == f"+86{prefix}12345678"


@pytest.mark.parametrize(
    "written",
    [
        "024-88881234",
        "024 8888 1234",
        "024/88881234",
        "(024)88881234",
        "（024）8888-1234",
        "02488881234",
        "+86 24 8888 1234",
        "+86 (0)24 8888 1234",
        "0086-24-88881234",
    ],
)
def test_a_landline_however_it_is_written(written: str):
    assert e164(written) == LANDLINE


@pytest.mark.parametrize(
    "written",
    [
        "024-88881234-801",
        "024-8888-1234-801",
        "+86-24-88881234-801",
        "024-88881234转801",
        "024-88881234 转 801",
        "024 88881234 分机801",
        "024 88881234 ext. 801",
        "024-88881234x801",
        "02488881234#801",
        f"{LANDLINE};ext=801",
    ],
)
def test_an_extension_is_kept_and_the_line_is_what_a_display_shows(written: str):
    assert e164(written) == f"{LANDLINE};ext=801"
    assert line_of(e164(written)) == LANDLINE


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("400-800-8888", "+864008008888"),
        ("4008008888转2", "+864008008888;ext=2"),
        ("800 810 1234", "+868008101234"),
        ("12122", "12122"),
        ("10086", "10086"),
        ("+8610086", "10086"),
        ("12345", "12345"),
        ("110", "110"),
        ("95518", "95518"),
        ("024-12345", "+862412345"),
    ],
)
def test_hotlines_and_short_numbers_are_read_and_are_nobodys_own(written: str, kept: str):
    assert e164(written) == kept
    assert is_anybodys(line_of(kept))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("+852 2345 6789", "+85223456789"),
        ("00852 2345 6789", "+85223456789"),
        ("+44 20 7946 0958", "+442079460958"),
        ("+1 (415) 555-2671", "+14155552671"),
    ],
)
def test_a_number_from_abroad_keeps_its_country(written: str, kept: str):
    assert e164(written) == kept
    assert not is_anybodys(kept)


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "-", "+", "++86", "0", "00", "☎", "hello", "王先生"),
        *("123", "999", "88881234", "1380013800", "138001380001", "000000000"),
        *("13800138000/13900139000", "13800138000 王先生", "+12345", "02488881234801"),
        *("1" * 5000, "0" * 5000, "-" * 5000, "(" * 5000, "x" * 5000, "1x" * 2500),
    ],
)
def test_nonsense_is_refused(written: str):
    with pytest.raises(BadPhone):
        e164(written)


@pytest.mark.parametrize(
    ("said", "caller"),
    [
        (None, Caller(None, None)),
        (" ", Caller(None, None)),
        ("13800138000", Caller(MOBILE, None)),
        ("tel:+86-138-0013-8000;phone-context=x", Caller(MOBILE, None)),
        ("<sip:13800138000@10.0.0.1;user=phone>;tag=1", Caller(MOBILE, None)),
        ("sips:+8613800138000@ims.mnc000.mcc460.3gppnetwork.org", Caller(MOBILE, None)),
        ("anonymous", Caller(None, "anonymous")),
        ("sip:anonymous@anonymous.invalid", Caller(None, "sip:anonymous@anonymous.invalid")),
        ("9" * 500, Caller(None, "9" * 200)),
    ],
)
def test_what_a_carrier_says_is_a_number_or_kept_as_it_is(said: str | None, caller: Caller):
    assert caller_of(said) == caller


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (MOBILE, "138****8000"),
        (f"{LANDLINE};ext=801", "248****1234-801"),
        ("12122", "12122"),
        ("+852234", "****"),
    ],
)
def test_a_masked_number_can_be_recognised_and_not_called(number: str, shown: str):
    assert masked(number) == shown


@pytest.mark.parametrize(
    ("number", "takes"),
    [
        ("+8613900139000", True),
        ("+862488881234", False),
        ("+862488881234;ext=801", False),
        ("12122", False),
        ("+864008008888", False),
        ("+447911123456", True),
        ("+442079460000", False),
        ("+85261234567", True),
    ],
)
def test_a_text_message_goes_to_mobiles_only(number: str, takes: bool):
    assert takes_texts(number) is takes
