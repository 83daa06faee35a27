"""A mission's reader marks the clauses of a contract's text; the vacancy is judged by it (E5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from app.services import attestations, vacancy_judging
from app.services.attestations import VacancyToAttest
from app.services.work import Work
from app.storage import clause_tags as kept
from app.storage import vacancy_terms
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, Stale, refuse_if
from permits.offers import Offer
from recruitment.clause_tags import (
    Line,
    Marks,
    Reading,
    find_faults,
    found_of,
    lines_of,
    newest_of,
    text_of,
)
from recruitment.ethics.words import ContractTerm
from recruitment.vacancies import EDITABLE

MANDATORY = "R19.mandatory"
"""The known list: what every contract must say."""


@dataclass(frozen=True)
class TextToRead:
    """The clauses of a vacancy's contract, what must be said, and what was marked in it before.

    `text` is the digest of these clauses; `reading` the newest of them, None while nobody read.
    `place` is the name of where the work is.
    """

    found: VacancyToAttest
    lines: Sequence[Line]
    mandatory: Sequence[ContractTerm]
    text: bytes
    reading: Reading | None
    place: str


@dataclass(frozen=True)
class Tags:
    """Marks as a form sends them; `id` is the form's own, `seen` the digest (hex) of its text."""

    id: UUID
    marks: Marks
    seen: str


def read_text(work: Work, vacancy: UUID) -> TextToRead:
    """The text for a reader of the country of work; raises as `attestations.read_vacancy`."""
    return _text(work, attestations.read_vacancy(work, vacancy))


def tag(work: Work, vacancy: UUID, tags: Tags) -> Reading:
    """Keep what was marked; the vacancy is judged again at once. The same `id` is kept once.

    Stale where the text is another by now, Conflict("vacancy-over") where nobody comes to work on
    it any more; Invalid with every mark that is missing or of no clause.
    """
    vacancy_terms.lock_vacancy(work.session, vacancy)
    found = attestations.read_vacancy(work, vacancy)
    text, listed = _text(work, found), found.looked.vacancy
    readings = kept.list_readings(work.session, [vacancy]).get(vacancy, ())
    known = next((one for one in readings if one.id == tags.id), None)
    if known is not None:
        return known
    if tags.seen != text.text.hex():
        raise Stale("changed-meanwhile")
    refuse_if(find_faults(tags.marks, text.lines, text.mandatory))
    if listed.status not in EDITABLE:
        raise Conflict("vacancy-over")
    says, binds = found_of(tags.marks)
    reading = Reading(tags.id, vacancy, text.text, says, binds, work.actor.person, work.now)
    silent = [term.value for term in text.mandatory if term not in says]
    facts = {"silent": ",".join(silent), "binding": ",".join(sorted(binds))}
    kept.add_reading(work.session, reading, event=work.event(Act.CLAUSES_TAGGED, vacancy, facts))
    vacancy_judging.judge_vacancies(work, [vacancy], "attestation")
    return reading


def _text(work: Work, found: VacancyToAttest) -> TextToRead:
    looked = found.looked
    offer, vacancy = looked.vacancy.offer, looked.vacancy.id
    parameters = vacancy_judging.parameters_for(work, looked.vacancy.programme)
    listed = parameters.terms(MANDATORY, legal_day(work.now)).items
    text = text_of(offer, looked.terms)
    readings = kept.list_readings(work.session, [vacancy]).get(vacancy, ())
    return TextToRead(
        found,
        lines_of(offer, looked.terms),
        [ContractTerm(one) for one in listed],
        text,
        newest_of(readings, text),
        _place(work, looked.vacancy.offer, parameters.programme.destination),
    )


def _place(work: Work, offer: Offer, country: str) -> str:
    """The municipality and the department by name; what is not known by name is left out."""
    places = work.ports.reference
    town = places.municipalities.get(country, {}).get(offer.municipality, "")
    named = (town, places.departments.get(offer.department, offer.department))
    return ", ".join(one for one in named if one)
