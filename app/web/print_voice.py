"""The words of cards, sheets and letters in one language, as the printer asks for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.web import wording
from app.web.i18n import Locale, locale_for
from app.web.wording.right_letters import PAPERS


@dataclass(frozen=True)
class PrintVoice:
    """One language for the papers; `code` is the language that the paper is in."""

    locale: Locale

    @property
    def code(self) -> str:
        """The code of the language (not offered ones speak Spanish)."""
        return self.locale.language.code

    def words(self, paper: str) -> Mapping[str, str]:
        """Every text of a paper, places unfilled; KeyError for a paper that does not exist."""
        gettext = self.locale.catalogue.gettext
        return {key: gettext(spanish) for key, spanish in PAPERS[paper].items()}

    def day(self, value: date) -> str:
        """A date written out."""
        return self.locale.day(value)

    def money(self, amount: Decimal, currency: str) -> str:
        """An amount with its currency in words."""
        return self.locale.money(amount, currency)

    def say(self, family: str, code: str) -> str:
        """The words of a code of the law."""
        return wording.say(self.locale, family, code)


def print_voice(language: str) -> PrintVoice:
    """The voice for a language by its code."""
    return PrintVoice(locale_for(language))
