"""Another employer, or a pool permit's first, only with the worker's yes to a fair contract."""

from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import select

from app.services import acceptances, contract_waits, contracts, employer_changes, recommendations
from app.services.approvals import Ruling
from app.services.ports import Ports
from app.storage import contracts as versions
from app.storage import daily_jobs, vacancy_terms
from app.storage.database import Session
from app.storage.outbox import outbox
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict
from permits.people import NOBODY, SYSTEM, Role
from permits.programmes import Hiring
from tests.agreed import agree
from tests.builders import NOW, Story, add_official, add_vacancy
from tests.services.test_employer_changes import ask, cards, refused_for, right_of
from tests.services.test_submissions import links
from tests.vacancies import FAIR

pytestmark = pytest.mark.feature("W9", "W21", "E4")


@pytest.fixture
def permitted(story: Story) -> Story:
    """A right with its card, in the harvest of coffee."""
    return story.start().submit().approve().sign()


def grant(story: Story) -> None:
    employer_changes.decide_change(story.work(story.setrass), story.id, "", granted=True)


def told(session: Session) -> int:
    """How many times a worker heard that a contract waits for them."""
    keys = session.scalars(select(outbox.c.key).where(outbox.c.key.startswith("contract-waits")))
    return len(list(keys))


def test_a_change_waits_for_the_yes_of_the_worker_who_hears_of_it(permitted: Story) -> None:
    before = told(permitted.session)
    vacancy = ask(permitted)
    assert told(permitted.session) == before + 1
    assert refused_for(permitted) == ["contract-not-accepted"]
    own = permitted.work(permitted.worker)
    assert contracts.read_own_contract(own, permitted.id).offer.vacancy == str(vacancy)
    now = contracts.read_own_contract(own, permitted.id, of_now=True)
    assert now.offer.vacancy != str(vacancy)
    assert now.worker is not None
    agree(permitted)
    grant(permitted)
    assert len(cards(permitted)) == 2


def test_a_contract_of_rights_taken_away_attaches_nobody(permitted: Story) -> None:
    session = permitted.session
    vacancy = add_vacancy(session, permitted.ports, now=permitted.now)
    work = permitted.work(SYSTEM)
    event = work.event(Act.VACANCY_CHANGED, vacancy)
    terms = replace(FAIR, tasks_es="Cortar café. Quien se va paga multa.")
    vacancy_terms.save_terms(session, vacancy, terms, event=event)
    employer_changes.ask_change(permitted.work(permitted.worker), right_of(permitted).id, vacancy)
    assert refused_for(permitted) == ["contract-blocked"]
    digest = versions.list_versions(session, permitted.id)[-1].digest
    with pytest.raises(Conflict, match="contract-blocked"):
        contracts.accept_own(permitted.work(permitted.worker), permitted.id, digest, heard=True)


def test_who_does_not_answer_is_reminded_and_nobody_after_a_wish_taken_back(
    permitted: Story,
) -> None:
    ask(permitted)
    permitted.later(days=2)
    daily_jobs.mark_done(permitted.session, contract_waits.JOB, legal_day(NOW))
    assert contract_waits.remind(permitted.work(SYSTEM)) == 1
    employer_changes.withdraw_change(permitted.work(permitted.worker), right_of(permitted).id)
    daily_jobs.mark_done(permitted.session, contract_waits.JOB, legal_day(NOW))
    assert contract_waits.remind(permitted.work(SYSTEM)) == 0


def abroad(session: Session, ports: Ports) -> Story:
    """A worker with a permit for Canada, whom SETRASS recommends first."""
    story = Story(session, ports).start_abroad().submit()
    analyst = story.work(add_official(session, ports, Role.SETRASS_ANALYST))
    version = story.application.version
    approve = Ruling(Opinion.APPROVE)
    recommendations.recommend_application(analyst, story.id, approve, seen_version=version)
    return story.approve().sign()


def test_abroad_the_yes_of_both_is_awaited_alike(session: Session, ports: Ports) -> None:
    story = abroad(session, ports)
    named = Hiring.NAMED
    other = add_vacancy(session, ports, programme="twap-canada", hiring=named, now=story.now)
    employer_changes.ask_change(story.work(story.worker), right_of(story).id, other)
    assert refused_for(story) == ["employer-acceptance-pending", "contract-not-accepted"]
    before = told(session)
    acceptances.answer_question(story.work(NOBODY), links(story)[-1], accepted=True)
    assert told(session) == before + 1
    assert refused_for(story) == ["contract-not-accepted"]
    agree(story)
    grant(story)
    seen = contracts.read_own_contract(story.work(story.worker), story.id)
    assert UUID(seen.offer.vacancy) == other
