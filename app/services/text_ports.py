"""The port of the texts that may be changed."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from permits.texts import Said, TextSlot


class Letter(Protocol):
    """A rendered message for one channel ("sms" or "email")."""

    @property
    def channel(self) -> str:
        """Which way it goes."""

    @property
    def recipient(self) -> str:
        """A phone (E.164) or an e-mail address."""

    @property
    def subject(self) -> str:
        """Empty for an SMS."""

    @property
    def body(self) -> str:
        """The text."""


class Texts(Protocol):
    """What may be changed of messages and letters, and how it looks then."""

    @property
    def slots(self) -> Mapping[str, TextSlot]:
        """Every text by its id."""

    def show(self, kind: str, language: str, said: Said) -> Sequence[Letter]:
        """A message of a kind as it is sent, with facts of nobody."""

    def sms_places(self, kind: str, language: str, said: Said) -> int:
        """The most places of the GSM alphabet that the SMS of a kind takes; 0 for none."""
