"""One answer as it is kept and sent, whatever the question and the way. Pure."""

from datetime import date
from typing import Annotated

from pydantic import Field

from callcenter.outbound.surveys.parts import Code, Part

MOST_SIGNS = 2000
Said = Annotated[str, Field(max_length=MOST_SIGNS)]


class Answer(Part):
    """What was said to one question; which field is filled goes by its type.

    `passed`: an optional question was passed over. `words`: what was filled in at "other", or said
    beside a score.
    """

    passed: bool = False
    choice: Code | None = None
    choices: Annotated[tuple[Code, ...], Field(max_length=60)] | None = None
    score: Annotated[int, Field(ge=0, le=100)] | None = None
    number: Annotated[float, Field(allow_inf_nan=False)] | None = None
    text: Said | None = None
    day: date | None = None
    rows: Annotated[dict[Code, Code], Field(max_length=60)] | None = None
    words: Said = ""

    @property
    def value(self) -> float | None:
        """The score or the number."""
        return self.number if self.score is None else float(self.score)

    def chosen(self, row: str | None = None) -> set[str]:
        """The codes of options; of a matrix those of this row, or of all."""
        if self.rows is not None:
            return {column for one, column in self.rows.items() if row in (None, one)}
        return {*(self.choices or ())} | ({self.choice} if self.choice else set())

    def as_json(self) -> str:
        """As it is kept: only what is filled."""
        return self.model_dump_json(exclude_defaults=True)


PASSED = Answer(passed=True)
