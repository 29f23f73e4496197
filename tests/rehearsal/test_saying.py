"""What rehearsed callers say is understood as what it is meant to be."""

import random

import pytest

from callcenter.places.addresses.districts import Districts
from callcenter.places.saying import read_saying
from callcenter.rehearsal.saying import FORMS, NOT_IN_THE_TABLE

KINDS = {
    "typed": "coordinates",
    "degrees": "coordinates",
    "amap": "coordinates",
    "post": "post",
    "spoken_post": "post",
    "post_without_direction": "post",
    "english": "post",
    "toll_gate": "feature",
    "city": "address",
    "address": "address",
    "not_in_the_table": "feature",
    "nothing": "nothing",
}
NUMBERED = "国道107 五百一十二公里"


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_understood(districts: Districts, form: str):
    for seed in range(20):
        text = FORMS[form](random.Random(seed), (41.8, 123.4))
        wanted = "post" if text == NUMBERED else KINDS[form]
        assert read_saying(text, districts).kind == wanted, text


@pytest.mark.parametrize("text", NOT_IN_THE_TABLE)
def test_a_direction_is_said_with_a_thing_on_an_expressway(districts: Districts, text: str):
    saying = read_saying(text, districts)
    assert saying.on_road is not None
    assert "direction" not in saying.ask
