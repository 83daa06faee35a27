"""The port of the folder where the questions lie that two people agreed on."""

from collections.abc import Sequence
from typing import Protocol

from permits.errors import Fault
from permits.programmes import Programme
from permits.question_writing import Written


class QuestionShelf(Protocol):
    """What lies over the files of programmes."""

    def examine_with(self, code: str, one: Written) -> tuple[Programme, list[Fault]]:
        """The programme with one question more, or one that ends, and everything wrong with it."""

    def put_questions(self, every: Sequence[Written]) -> None:
        """Let these count, each from its day; the whole list of them."""
