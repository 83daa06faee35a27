"""The words of papers where an administrator had some texts say something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.adapters.print_contents import Voice


@dataclass(frozen=True)
class SaidVoice:
    """A voice in which some texts of letters say something else; `spanish` names them."""

    voice: Voice
    spanish: Voice
    said: Mapping[str, str]

    @property
    def code(self) -> str:
        """That of the voice."""
        return self.voice.code

    def words(self, paper: str) -> Mapping[str, str]:
        """The texts of a paper; only letters say something else."""
        told = self.voice.words(paper)
        if not paper.startswith("letters/"):
            return told
        source = self.spanish.words(paper)
        return {key: self.said.get(source[key], text) for key, text in told.items()}

    def day(self, value: date) -> str:
        """A date written out."""
        return self.voice.day(value)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency in words."""
        return self.voice.money(amount, currency)

    def say(self, family: str, code: str) -> str:
        """The words of a code of the law."""
        return self.voice.say(family, code)
