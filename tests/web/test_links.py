"""Signed short links: one id, one purpose, nothing to make up."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callcenter.web.cursor import read_cursor, write_cursor
from callcenter.web.errors import CursorUnknown
from callcenter.web.links import SignedLinks

links = SignedLinks(bytes(32))
A = UUID("01890000-0000-7000-8000-000000000001")


def test_what_was_made_can_be_read_for_its_purpose_only() -> None:
    token = links.make("owner", A)
    assert len(token) == 38
    assert links.read("owner", token) == A
    assert links.read("station", token) is None
    assert SignedLinks(b"x" * 32).read("owner", token) is None


@given(st.integers(0, 37), st.sampled_from("ABCxyz019-_"))
def test_no_character_can_be_changed(at: int, other: str) -> None:
    token = links.make("owner", A)
    changed = token[:at] + other + token[at + 1 :]
    assert (links.read("owner", changed) is None) == (changed != token)


@given(st.text(max_size=60))
def test_anything_else_is_no_link(text: str) -> None:
    assert links.read("owner", text) is None


@given(st.datetimes(timezones=st.just(__import__("datetime").UTC)), st.uuids())
def test_a_cursor_comes_back_as_it_went(at: object, row_id: UUID) -> None:
    assert read_cursor(write_cursor(at, row_id)) == (at, row_id)  # type: ignore[arg-type]


@pytest.mark.parametrize("cursor", ["", "x", "????", "MjAyNg", "MjAyNi0wMS0wMSBhYmM", "é"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorUnknown):
        read_cursor(cursor)


def test_ids_differ() -> None:
    assert links.make("owner", uuid4()) != links.make("owner", uuid4())
