"""What an official types into the search of a list, as every list of cases understands it."""

from app.services.searching import fold, numbers_in, worker_numbers_in
from app.services.work import Work
from app.services.worker_numbers import list_numbers
from app.storage.searched import EVERY, Search
from permits.visibility import FILTERS, check_sees

__all__ = ["EVERY", "LONGEST", "Search", "seek", "seek_cases"]

LONGEST = 100
"""Letters of a search; what comes after is not looked at."""


def seek(work: Work, text: str) -> Search:
    """The search of a text: folded, its numbers by keyed hash, a worker's number by all of them."""
    folded = fold(text[:LONGEST])
    return Search(
        folded,
        numbers_in(work.ports.vault, folded),
        {
            written: list_numbers(work, number)
            for written, number in worker_numbers_in(folded).items()
        },
    )


def seek_cases(work: Work, text: str) -> Search:
    """The same for a list of cases; Forbidden("not-visible") for who may not see what is searched.

    Nothing typed asks for everything, and asks nothing of who looks.
    """
    if text.strip():
        check_sees(work.actor, FILTERS["q"])
    return seek(work, text)
