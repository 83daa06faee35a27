"""The port of the folder where reference lists lie."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from permits.dated_changes import DatedChange
from permits.reference_lists import Known, ListName


class Shelf(Protocol):
    """Where the lists lie."""

    def rows(self, name: ListName) -> Mapping[str, Mapping[str, str]]:
        """Every row that counts today, by its key."""

    def known(self) -> Known:
        """What a row may name."""

    def put_changes(self, changes: Sequence[DatedChange]) -> None:
        """Let these approved changes count, each from its day."""

    def put_list(self, name: ListName, text: str) -> None:
        """Let a whole list count from now on."""
