"""How fast a card is set in a batch, beside drawing the QR symbol that stands on it.

Nothing is kept between the turns: each draws its symbols anew and sets the cards of other people.
Processor time of all threads is counted, so that a busy machine does not count against either.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import process_time
from typing import Any

from app.adapters.prints import TypstPrints
from app.adapters.symbols import Symbols
from app.web import assets
from app.web.print_voice import print_voice
from app.web.templating import TEMPLATES
from permits import permit_numbers
from permits.prints import PrintedPermit
from tests import papers
from tests.permits.samples import CLAIMS

BATCH = 50
TURNS = 2

Row = dict[str, Any]


def run() -> list[Row]:
    """Measure for about ten seconds; the rows of `make bench`, rates in a second on one core."""
    cards = symbols = 0.0
    for turn in range(TURNS):
        batch = _batch(turn)
        symbols = max(symbols, BATCH / _draw(batch))
        cards = max(cards, BATCH / _print(batch))
    return [
        {
            "name": f"card as PDF/UA-1, in a batch of {BATCH}",
            "unit": "1/s",
            "ours": round(cards, 1),
            "against": "drawing its QR symbol alone",
            "theirs": round(symbols, 1),
            "ratio": round(cards / symbols, 2),
            "goal": 0.6,
        }
    ]


def _batch(turn: int) -> list[PrintedPermit]:
    claims = [
        replace(CLAIMS, number=permit_numbers.make(1000 * turn + one), full_name=f"Ana Ñ. {one}")
        for one in range(BATCH)
    ]
    return [papers.permit(each) for each in claims]


def _draw(batch: Sequence[PrintedPermit]) -> float:
    symbols = Symbols(kept=0)
    begun = process_time()
    for permit in batch:
        symbols.svg(permit.text)
    return process_time() - begun


def _print(batch: Sequence[PrintedPermit]) -> float:
    printer = TypstPrints(
        TEMPLATES / "print", assets.FONTS, Symbols(kept=0), print_voice, papers.HELP
    )
    begun = process_time()
    printer.cards(batch, "es")
    return process_time() - begun
