"""Made-up owners and their cars; some share a phone, one caller is unknown."""

import random
from collections.abc import Iterator
from typing import Any

from callcenter.calls.samples import SHARED_PHONE, UNKNOWN_CALLER
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
CITIES = "ABCDEFGHJKLMNPQRSTUVWXYZ"
COLOURS = ("白", "黑", "银", "蓝", "红")
OWNERS_A_SECOND_CAR = 5
"""Every fifth owner of a large demo has two."""
OWNERS_A_SHARED_PHONE = 50

Person = tuple[str, list[str], dict[str, Any]]
"""Name, numbers (E.164) and car."""


def owners(count: int = OWNERS) -> Iterator[Person]:
    """The owners by number, from 1; the same at every call, and the first ones of every count.

    The numbers stand in a range that exists: the demo's messages stay in its own inbox.
    """
    chance = random.Random(500_000)
    for number in range(1, count + 1):
        model = MODELS[0] if number == 1 else chance.choice(MODELS)
        name = _name(chance)
        province = PLATES[0] if number == 1 else chance.choice(PLATES)
        yield name, _phones(number), _car(number, model, province, chance.choice(COLOURS))


def second_cars(count: int) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """Number of the owner, number of the car, the car: of those among so many who have two."""
    chance = random.Random(100_000)
    for more, owner in enumerate(range(OWNERS_A_SECOND_CAR, count + 1, OWNERS_A_SECOND_CAR), 1):
        model, province = chance.choice(MODELS), chance.choice(PLATES)
        yield owner, count + more, _car(count + more, model, province, chance.choice(COLOURS))


def phone_of(number: int) -> str:
    """The owner's own number. The demo's unknown caller stays unknown."""
    phone = f"+86130{number:08d}"
    return phone if phone != UNKNOWN_CALLER else f"+86131{number:08d}"


def _phones(number: int) -> list[str]:
    if number in (3, 4):
        return [phone_of(number), SHARED_PHONE]
    if number > OWNERS and number % OWNERS_A_SHARED_PHONE == 0:
        return [phone_of(number), phone_of(number - 1)]
    return [phone_of(number)]


def _car(number: int, model: tuple[str, str], province: str, colour: str) -> dict[str, Any]:
    return {
        "vin": _vin(number),
        "plate": f"{province}{CITIES[number // 100_000]}{number % 100_000:05d}",
        "model": model[0],
        "energy": model[1],
        "weight_kg": 1900,
        "colour": colour,
    }


def _name(chance: random.Random) -> str:
    return chance.choice(SURNAMES) + "".join(chance.sample(GIVEN, chance.choice((1, 2))))


def _vin(number: int) -> str:
    """A VIN with a right check digit (ISO 3779); the maker's code LYX is not assigned."""
    body = f"LYXC1A2B0P{number:07d}"
    return body[:8] + check_digit(body) + body[9:]
