"""What cases that stand do not let a programme's own question become."""

from collections.abc import Collection, Iterator
from datetime import date

from permits.programme_questions import OnlyIf, ProgrammeQuestion


def find_broken(
    before: Collection[ProgrammeQuestion], after: Collection[ProgrammeQuestion]
) -> Iterator[tuple[str, str]]:
    """What cases that stand do not let a question become: the code of the fault, and the path.

    `still-used`: it would be gone, with its answers unread. `fixed-while-open`: an answer would
    be none any more, or somebody would read it who was not named when it was given.
    """
    now = {one.id: one for one in after}
    for was in before:
        one = now.get(was.id)
        if one is None:
            yield "still-used", f"questions.{was.id}"
        elif not _keeps(was, one):
            yield "fixed-while-open", f"questions.{was.id}"


def _keeps(was: ProgrammeQuestion, now: ProgrammeQuestion) -> bool:
    values = {one.value for one in now.options}
    return (
        now.kind is was.kind
        and all(one.value in values for one in was.options)
        and now.least <= was.least
        and now.most >= was.most
        and now.longest >= was.longest
        and set(now.seen_by) <= set(was.seen_by)
        and now.employer <= was.employer
        and _asks_no_fewer(was.only_if, now.only_if)
    )


def _asks_no_fewer(was: OnlyIf | None, now: OnlyIf | None) -> bool:
    """Whether nobody's answer would be one to a question that is not asked."""
    if now is None:
        return True
    same = was is not None and was.question == now.question
    return was is not None and same and set(was.values) <= set(now.values)


def find_harder(
    before: Collection[ProgrammeQuestion], after: Collection[ProgrammeQuestion]
) -> Iterator[str]:
    """Paths of the questions that one must answer now and did not have to before."""
    had = {one.id: one.only_if for one in before if one.required}
    return (
        f"questions.{one.id}"
        for one in after
        if one.required and (one.id not in had or had[one.id] != one.only_if)
    )


def find_moved_ends(
    before: Collection[ProgrammeQuestion], after: Collection[ProgrammeQuestion], on: date
) -> Iterator[str]:
    """Paths of the questions whose end would be another one on a day until `on`.

    A case keeps the questions of its day: one that was asked would be asked no more, with its
    answer unread, or one that was over would have been asked.
    """
    had = {one.id: one.ended_from for one in before}
    for one in after:
        was, now = had.get(one.id, one.ended_from), one.ended_from
        if was != now and min(was or date.max, now or date.max) <= on:
            yield f"questions.{one.id}"
