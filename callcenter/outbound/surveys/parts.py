"""What questions and conditions are made of: codes, and words in both languages."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["came_in_time"])]
Text = Annotated[str, Field(max_length=1000)]
Language = Literal["zh", "en"]
Key = Annotated[str, Field(pattern=r"^[0-9]$")]
OTHER = "other"
"""The code of the option that people fill in themselves."""


class Part(BaseModel):
    """Base of all that a survey is made of."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class BothWords(Part):
    """One text in both languages. It may hold personal facts: {owner}, {car}, {plate}, {ticket}."""

    zh: Text = ""
    en: Text = ""

    def of(self, language: str) -> str:
        """The text in this language."""
        return self.en if language == "en" else self.zh


NONE = BothWords()


class Option(Part):
    """One of several answers. `bad`: who chooses it after a rescue or a complaint is called back.

    `key`: its digit on a telephone; without one it has that of its place, 1 to 9.
    """

    code: Code
    words: BothWords
    key: Key | None = None
    bad: bool = False
