"""What the tests of this room share: a fact of their own, and a guard with its control."""

from typing import Any, ClassVar

import pytest

from callcenter.db.events import Fact


class Ticked(Fact):
    """A test's fact."""

    kind: ClassVar[str] = "test.ticked"
    roles: ClassVar[frozenset[str]] = frozenset({"agent"})
    number: int


CONTROL = pytest.mark.xfail(strict=True, raises=AssertionError)
"""With the guard taken out what the test asserts must not hold."""


def with_control(**sabotage: Any) -> pytest.MarkDecorator:
    """Once as the product is, once for each guard taken out, where the test must fail."""
    (name, taken_out), *more = sabotage.items()
    assert not more
    controls = taken_out if isinstance(taken_out, dict) else {"control": taken_out}
    return pytest.mark.parametrize(
        name,
        [
            pytest.param(None, id="guarded"),
            *(pytest.param(value, id=told, marks=CONTROL) for told, value in controls.items()),
        ],
    )
