"""A mission's reader marks the clauses of a contract, and the vacancy is judged by the marks."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from app.services import clause_tags, vacancy_judging
from app.services.clause_tags import Tags, TextToRead
from app.services.ports import Ports
from app.services.work import Work
from app.storage.database import Session
from permits.audit import Act
from permits.errors import Forbidden, Invalid, Stale
from permits.people import SYSTEM
from recruitment.ethics.rules import RuleFinding
from recruitment.ethics.words import Clause, ContractTerm
from tests.builders import add_vacancy, work_of
from tests.services.test_attestations import mission
from tests.vacancies import acts, read, tell_terms, with_wages

pytestmark = pytest.mark.feature("E5")


def tags(text: TextToRead, changes: dict[ContractTerm | Clause, int] | None = None) -> Tags:
    """Each term where the form says it, the job in the tasks, and nothing that binds."""
    fixed = {line.term: line.number for line in text.lines if line.term}
    marks: dict[ContractTerm | Clause, int | None] = dict.fromkeys(Clause, 0)
    marks |= {term: fixed.get(term, len(text.lines)) for term in text.mandatory}
    return Tags(uuid4(), {**marks, **(changes or {})}, text.text.hex())


def found(work: Work, vacancy: UUID) -> list[tuple[str, str]]:
    """What R14 and R19 find in a vacancy now."""
    looked = vacancy_judging.look(work, read(work.session, vacancy))
    ruled = [one for one in looked.findings if isinstance(one, RuleFinding)]
    told = [(one.rule.value, one.code) for one in ruled]
    return sorted(one for one in told if one[0] in {"R14", "R19"})


def test_what_a_missions_reader_marks_lets_words_pass_or_stops_the_vacancy(
    session: Session, ports: Ports
) -> None:
    work = work_of(session, SYSTEM, with_wages(ports))
    vacancy = add_vacancy(session, ports, programme="twap-canada")
    tell_terms(work, vacancy, tasks_es="Cortar café. No se pide fianza.")
    consul = work_of(session, mission(), work.ports)
    with pytest.raises(Forbidden):
        clause_tags.read_text(work_of(session, mission("ESP"), work.ports), vacancy)
    text = clause_tags.read_text(consul, vacancy)
    assert found(work, vacancy) == [("R14", "words-unread")]
    with pytest.raises(Stale):
        clause_tags.tag(consul, vacancy, replace(tags(text), seen="00" * 32))
    with pytest.raises(Invalid):
        clause_tags.tag(consul, vacancy, replace(tags(text), marks={}))
    kept = tags(text, {ContractTerm.INSURANCE: 0})
    for _ in range(2):  # pressed twice
        clause_tags.tag(consul, vacancy, kept)
    assert found(work, vacancy) == [("R14", "words-seen"), ("R19", "terms-missing")]
    later = replace(consul, now=consul.now + timedelta(hours=1))
    own = next(line.number for line in text.lines if line.text == "No se pide fianza.")
    clause_tags.tag(later, vacancy, tags(text, {Clause.BOND: own}))
    assert found(work, vacancy) == [("R14", "clause")]
    assert acts(session, vacancy).count(Act.CLAUSES_TAGGED) == 2
    tell_terms(work, vacancy, tasks_es="Cortar café. No se pide fianza ni multa.")
    assert found(work, vacancy) == [("R14", "words-unread")]  # another text: nobody has read it
