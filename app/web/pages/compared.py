"""Two answers to the same question in words: another case's, or the document's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from app.services.case import Case
from app.services.work import Work
from app.web import wording
from app.web.answers import show_phone
from app.web.i18n import Locale
from app.web.pages import answered
from permits.deadlines import legal_day
from permits.duplicates import Compared, Match
from permits.identity_changes import IdentityChange
from permits.identity_checks import compare_zone
from permits.identity_documents import IdentityKind, group
from permits.programmes import Programme
from permits.submissions import Answers


@dataclass(frozen=True)
class Line:
    """One field in words: what this case says, what the other says, and how they stand."""

    field: str
    mine: str
    theirs: str
    match: Match


class Said(Protocol):
    """Somebody's answers under a programme: a case's, or those of an older register."""

    @property
    def programme(self) -> Programme:
        """Under which they were given."""

    @property
    def answers(self) -> Answers:
        """What was said."""


def lines_of(
    work: Work, locale: Locale, mine: Said, theirs: Said, fields: Iterable[Compared]
) -> list[Line]:
    """Each field of two answers in words."""
    return [
        Line(
            one.field,
            _told(work, locale, mine, one, one.mine),
            _told(work, locale, theirs, one, one.theirs),
            one.match,
        )
        for one in fields
    ]


def zone_lines(work: Work, locale: Locale, case: Case) -> list[Line]:
    """What was typed beside what the document's zone says; [] where nobody read one."""
    if case.zone is None:
        return []
    found = compare_zone(case.answers, case.zone.text, legal_day(work.now))
    return lines_of(work, locale, case, case, found)


def changed_lines(locale: Locale, change: IdentityChange) -> list[Line]:
    """Each identity datum that is asked to be another: as it stands, and as it should be."""
    return [
        Line(
            one.field,
            _in_words(locale, change.before, one.field, one.mine),
            _in_words(locale, change.after, one.field, one.theirs),
            one.match,
        )
        for one in change.differences
    ]


def _told(work: Work, locale: Locale, case: Said, one: Compared, value: object) -> str:
    """A compared value in words, as the case's page says it."""
    if one.field == "municipality" and value:
        country = answered.country_of(case.programme, case.answers)
        return answered.place_name(work.ports.reference, country, str(value))
    return _in_words(locale, case.answers, one.field, value)


def _in_words(locale: Locale, answers: Answers, field: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return locale.day(value)
    text = str(value)
    if field == "document_number" and answers.document_kind:
        return group(IdentityKind(answers.document_kind), text)
    if field == "phone":
        return show_phone(text)
    family = {"document_kind": "identity", "sex": "sex", "nationality": "country"}.get(field)
    return wording.say(locale, family, text) if family else text
