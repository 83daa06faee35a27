"""An employer who changes a job by its words alone meets a person of SETRASS (R16)."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from app.services import (
    contract_looks,
    contract_marks,
    contract_waits,
    employer_changes,
    kept_findings,
    recommendations,
)
from app.services.approvals import Ruling
from app.services.contract_looks import Said
from app.services.kept_findings import About
from app.storage import audit, daily_jobs, vacancy_terms
from app.storage.outbox import outbox
from permits.applications import Status
from permits.approvals import Opinion
from permits.audit import Act
from permits.deadlines import legal_day
from permits.errors import Conflict, DomainError, Invalid, NotFound
from permits.people import SYSTEM, Actor, PersonId, Role
from recruitment.contract_standing import Held
from recruitment.ethics.words import Weighed
from tests.agreed import agree
from tests.builders import NOW, Story, add_official
from tests.services.test_contracts import accept, offer_anew, own, tell_rule
from tests.services.test_employer_changes import ask, refused_for, right_of
from tests.vacancies import FAIR

pytestmark = pytest.mark.feature("W9", "E4")

OTHER_WORDS = "Corte de café y lo que diga el caporal"
REASON = "Cortar café no es cualquier trabajo."


@pytest.fixture
def accepted(story: Story) -> Story:
    """Under review, with the worker's yes to the first version."""
    story.start().submit()
    accept(story)
    return story


@pytest.fixture
def permitted(accepted: Story) -> Story:
    return accepted.approve().sign()


def analyst(story: Story) -> Actor:
    return add_official(story.session, story.ports, Role.SETRASS_ANALYST)


def held(story: Story) -> Held:
    return own(story).held


def look(story: Story, weighed: Weighed | None, who: Actor | None = None, **other: str) -> None:
    """Somebody of SETRASS says what they think of the newest version."""
    now = held(story)
    said = Said(now.base.digest, now.newest.digest, weighed, REASON)
    contract_looks.look(
        story.work(who or story.setrass),
        story.id,
        now.newest.version,
        replace(said, **other),  # type: ignore[arg-type]
    )


def approve_refused(story: Story) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        story.decide(story.setrass, Opinion.APPROVE)
    return [fault.code for fault in refusal.value.faults]


def waiting(story: Story) -> list[tuple[UUID, int, bool]]:
    listed = contract_looks.list_waiting(story.work(story.setrass))
    return [(one.application, one.version, one.permitted) for one in listed]


def offered(story: Story) -> int:
    """How many times the worker heard of another version."""
    keys = story.session.scalars(
        select(outbox.c.key).where(outbox.c.key.startswith("contract-offered"))
    )
    return len([one for one in keys if str(story.id) in one])


def test_other_words_wait_for_setrass_and_stop_its_approval_until_somebody_read_them(
    accepted: Story,
) -> None:
    assert waiting(accepted) == []
    assert offer_anew(accepted, title=OTHER_WORDS) == 1
    assert waiting(accepted) == [(accepted.id, 2, False)]
    assert approve_refused(accepted) == ["contract-unread"]
    seen = own(accepted)
    assert [tell_rule(one) for one in seen.findings] == [("R16", "unread")]
    assert (seen.acceptable, offered(accepted)) == (False, 0)
    with pytest.raises(Conflict, match="contract-unread"):
        accept(accepted)
    look(accepted, Weighed.SAME, analyst(accepted))
    assert (waiting(accepted), offered(accepted)) == ([], 1)
    assert [tell_rule(one) for one in own(accepted).findings] == [("R16", "altered")]
    accept(accepted)
    accepted.approve()
    assert accepted.application.status is Status.APPROVED


def test_what_a_person_calls_worse_is_a_substitution_as_any_other(accepted: Story) -> None:
    offer_anew(accepted, title=OTHER_WORDS)
    look(accepted, Weighed.WORSE)
    assert approve_refused(accepted) == ["contract-worse"]
    with pytest.raises(Conflict, match="contract-worse"):
        accept(accepted)
    kept = kept_findings.find(accepted.work(SYSTEM), About.AGREEMENT, accepted.id)
    assert kept is not None
    assert [tell_rule(one) for one in kept.findings] == [("R16", "substituted")]
    # The words of before are the text of before: nobody has to read them.
    offer_anew(accepted, title="Corte de café")
    assert waiting(accepted) == []
    accept(accepted)
    accepted.approve()
    assert accepted.application.status is Status.APPROVED


def test_with_a_permit_in_hand_the_version_waits_and_the_contract_of_before_counts(
    permitted: Story,
) -> None:
    offer_anew(permitted, title=OTHER_WORDS, wage=Decimal("400.00"))
    assert waiting(permitted) == [(permitted.id, 2, True)]
    with pytest.raises(Conflict, match="contract-unread"):
        accept(permitted)
    look(permitted, Weighed.WORSE, analyst(permitted))
    assert (waiting(permitted), offered(permitted)) == ([], 1)
    kept = kept_findings.find(permitted.work(SYSTEM), About.AGREEMENT, permitted.id)
    assert kept is not None
    assert [tell_rule(one) for one in kept.findings] == [("R16", "substituted")]
    assert permitted.application.status is Status.APPROVED
    # Once the permit is over nobody has to read what is offered under it.
    offer_anew(permitted, title="Carga de café")
    assert len(waiting(permitted)) == 1
    permitted.later(days=200)
    assert waiting(permitted) == []


def test_a_look_is_of_the_texts_that_were_seen_once_and_by_nobody_who_drew_them(
    accepted: Story,
) -> None:
    offer_anew(accepted, title=OTHER_WORDS)
    first = held(accepted)
    assert refused(accepted, Weighed.SAME, digest="0" * 64) == "contract-changed"
    assert refused(accepted, Weighed.SAME, base="0" * 64) == "contract-changed"
    with pytest.raises(Invalid) as faults:
        look(accepted, None, reason=" ")
    assert [one.field for one in faults.value.faults] == ["weighed", "reason"]
    drawer = Actor(PersonId(first.newest.drawn_by or uuid4()), Role.SETRASS_OFFICER, "Dueña")
    assert refused(accepted, Weighed.SAME, drawer) == "prepared-case"
    worker = Actor(accepted.worker.person, Role.SETRASS_ANALYST, "La misma")
    assert refused(accepted, Weighed.SAME, worker) == "own-case"
    for role in (Role.SETRASS_SUPERVISOR, Role.INM_OFFICER, Role.EMPLOYER, Role.WORKER):
        other = replace(accepted.worker, role=role)
        assert refused(accepted, Weighed.SAME, other) == "not-permitted"
    look(accepted, Weighed.SAME)
    assert refused(accepted, Weighed.WORSE) == "contract-looked-at"
    [event] = [
        one
        for one in audit.list_events(accepted.session, accepted.id)
        if one.act is Act.CONTRACT_LOOKED_AT
    ]
    assert (event.facts["weighed"], event.facts["fields"]) == ("same", ["title"])
    assert REASON not in str(event.facts)
    offer_anew(accepted, title="Carga de café")
    assert approve_refused(accepted) == ["contract-unread"]
    with pytest.raises(NotFound):  # the version of before is not the newest any more
        contract_looks.read_contract(accepted.work(accepted.setrass), accepted.id, 2)


def refused(story: Story, weighed: Weighed, who: Actor | None = None, **other: str) -> str:
    with pytest.raises(DomainError) as refusal:
        look(story, weighed, who, **other)
    return refusal.value.code


def test_where_nothing_waits_nobody_looks(accepted: Story) -> None:
    offer_anew(accepted, wage=Decimal("380.00"))
    assert (waiting(accepted), offered(accepted)) == ([], 1)
    assert refused(accepted, Weighed.WORSE) == "contract-not-to-read"
    offer_anew(accepted, housing=False, title=OTHER_WORDS)  # worse by itself
    assert waiting(accepted) == []
    assert refused(accepted, Weighed.SAME) == "contract-not-to-read"


def test_a_recommendation_waits_for_the_look_too(story: Story) -> None:
    agree(story.start_abroad().submit())
    offer_anew(story, title=OTHER_WORDS)
    work, version = story.work(analyst(story)), story.application.version
    with pytest.raises(Invalid) as refusal:
        recommendations.recommend_application(
            work, story.id, Ruling(Opinion.APPROVE), seen_version=version
        )
    assert [one.code for one in refusal.value.faults] == ["contract-unread"]


def test_a_witness_reads_nothing_out_that_setrass_has_not_read(accepted: Story) -> None:
    witness = add_official(accepted.session, accepted.ports, Role.FACILITATOR)
    receipt = accepted.application.receipt or ""
    offer_anew(accepted, title=OTHER_WORDS)
    marking = contract_marks.read_for_witness(accepted.work(witness), receipt)
    assert (marking.obstacle, marking.heard) == ("contract-unread", False)
    with pytest.raises(Conflict, match="contract-unread"):
        contract_marks.witness_acceptance(
            accepted.work(witness), receipt, marking.contract.digest, "spa"
        )
    look(accepted, Weighed.SAME)
    assert contract_marks.read_for_witness(accepted.work(witness), receipt).obstacle is None


def test_nobody_is_reminded_of_a_version_that_waits_for_setrass(accepted: Story) -> None:
    offer_anew(accepted, title=OTHER_WORDS)
    contract_waits.tell(accepted.work(SYSTEM), accepted.application)
    accepted.later(days=2)
    daily_jobs.mark_done(accepted.session, contract_waits.JOB, legal_day(NOW))
    assert contract_waits.remind(accepted.work(SYSTEM)) == 0
    look(accepted, Weighed.BETTER)
    daily_jobs.mark_done(accepted.session, contract_waits.JOB, legal_day(NOW))
    assert contract_waits.remind(accepted.work(SYSTEM)) == 1


def reword(story: Story, vacancy: UUID, tasks: str) -> None:
    """The employer of a vacancy that is wished writes other tasks."""
    event = story.work(SYSTEM).event(Act.VACANCY_CHANGED, vacancy)
    terms = replace(FAIR, tasks_es=tasks)
    vacancy_terms.save_terms(story.session, vacancy, terms, event=event)


def test_a_change_of_employer_waits_for_the_look_where_the_same_work_was_reworded(
    permitted: Story,
) -> None:
    vacancy = ask(permitted)
    assert waiting(permitted) == []  # another work is compared with nothing
    right = right_of(permitted)
    employer_changes.withdraw_change(permitted.work(permitted.worker), right.id)
    reword(permitted, vacancy, "Cortar café y cuidar la casa.")
    before = told_to_wait(permitted)
    employer_changes.ask_change(permitted.work(permitted.worker), right.id, vacancy)
    assert waiting(permitted) == [(permitted.id, 3, True)]
    assert refused_for(permitted) == ["contract-unread"]
    assert told_to_wait(permitted) == before
    look(permitted, Weighed.BETTER)
    assert told_to_wait(permitted) == before + 1
    assert refused_for(permitted) == ["contract-not-accepted"]
    agree(permitted)
    employer_changes.decide_change(
        permitted.work(permitted.setrass), permitted.id, "", granted=True
    )
    assert UUID(own(permitted).offer.vacancy) == vacancy


def told_to_wait(story: Story) -> int:
    keys = story.session.scalars(
        select(outbox.c.key).where(outbox.c.key.startswith("contract-waits"))
    )
    return len([one for one in keys if str(story.id) in one])
