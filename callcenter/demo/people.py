"""Made-up owners and their cars; some share a phone, one caller is unknown."""

import random
from collections.abc import Iterator
from typing import Any

from callcenter.calls.samples import SHARED_PHONE
from callcenter.customers.model import check_digit

OWNERS = 300
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文博雨欣子轩梓涵"
MODELS = (
    ("昀驰 远山 S7", "electric"),
    ("昀驰 长河 L6", "plug_in_hybrid"),
    ("昀驰 晨光 E3", "petrol"),
    ("昀驰 晨光 E5", "hybrid"),
    ("昀驰 原野 T9", "diesel"),
)
PLATES = "辽吉黑京津冀鲁苏浙沪粤川渝鄂湘陕豫皖闽赣"


def owners() -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """Name, numbers (E.164) and car of each owner; the same at every call.

    The numbers stand in a range that exists: the demo's messages stay in its own inbox.
    """
    chance = random.Random(500_000)
    for number in range(1, OWNERS + 1):
        phones = [f"+86130000{number:05d}"]
        if number in (3, 4):
            phones.append(SHARED_PHONE)
        model, energy = MODELS[0] if number == 1 else chance.choice(MODELS)
        yield (
            _name(chance),
            phones,
            {
                "vin": _vin(number),
                "plate": f"{PLATES[0] if number == 1 else chance.choice(PLATES)}A{number:05d}",
                "model": model,
                "energy": energy,
                "weight_kg": 1900,
                "colour": chance.choice(("白", "黑", "银", "蓝", "红")),
            },
        )


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))


def _vin(number: int) -> str:
    """A VIN with a right check digit (ISO 3779); the maker's code LYX is not assigned."""
    body = f"LYXC1A2B0P{number:07d}"
    return body[:8] + check_digit(body) + body[9:]
