"""R05: an agent's mark holds every approval until it is taken back, and no employer sees it."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.adapters import sms_text
from app.adapters.wording import NoticeWording
from app.services import age_marks, applications, notices
from app.services.age_marks import Sign
from app.services.case import load_case
from app.services.ports import ChildDuty
from app.services.seen_cases import case_as_seen
from app.storage import credentials
from app.storage.outbox import outbox
from app.web.i18n import OFFERED, locale_for
from app.web.wording.age_marks import SIGN
from permits.approvals import Opinion
from permits.errors import Conflict, Forbidden, Invalid, NotFound
from permits.identity_documents import cui_remainder
from permits.notices import Notice, NoticeKind
from permits.people import Role
from permits.permit_numbers import show
from tests.builders import ANSWERS, Story, add_official, add_vacancy
from tests.farmed import owner_of, working
from tests.renamed import right_of
from tests.services.test_employer_changes import ask, decide
from tests.services.test_notices import TEMPLATES, write_day

pytestmark = pytest.mark.feature("E3")
FINDING = "looks-like-child"
OTHER_CUI = f"23456789{cui_remainder('23456789')}0101"


def codes(story: Story) -> set[str]:
    """What the case's findings say, to SETRASS."""
    return {one.code for one in load_case(story.work(story.setrass), story.id).findings}


def _number(story: Story) -> str:
    """The permit's number, as it is stored."""
    found = credentials.find_standing(story.session, story.ports.vault, right_of(story).id)
    assert found is not None
    return found.number


def test_a_mark_blocks_until_its_agent_or_a_supervisor_takes_it_back_with_a_reason(
    story: Story,
) -> None:
    story.start().submit()
    receipt = story.application.receipt or ""
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    inspector = story.work(add_official(story.session, story.ports, Role.LABOUR_INSPECTOR))
    chief = story.work(add_official(story.session, story.ports, Role.SETRASS_SUPERVISOR))
    assert FINDING not in codes(story)
    age_marks.mark_age(agent, receipt.replace("-", " ").lower(), Sign.LOOKS)
    age_marks.mark_age(agent, receipt, Sign.SAID)  # pressed twice: the first stands
    age_marks.mark_age(inspector, receipt, Sign.PAPER_OF_ANOTHER)
    assert FINDING in codes(story)
    with pytest.raises(Invalid) as refused:
        story.decide(story.setrass, Opinion.APPROVE)
    assert [one.code for one in refused.value.faults] == [FINDING]
    [own] = age_marks.list_marks(agent)
    assert own.mark.sign is Sign.LOOKS
    assert {one.mark.id for one in age_marks.list_marks(chief)} > {own.mark.id}
    with pytest.raises(NotFound):
        age_marks.take_back(inspector, own.mark.id, "No es mía.")
    with pytest.raises(Invalid):
        age_marks.take_back(agent, own.mark.id, "  ")
    age_marks.take_back(agent, own.mark.id, "Confundí a dos personas.")
    assert FINDING in codes(story)  # the inspector's still stands
    [other] = age_marks.list_marks(inspector)
    age_marks.take_back(chief, other.mark.id, "Vi el DPI y hablé a solas con la persona.")
    assert FINDING not in codes(story)
    with pytest.raises(NotFound, match="no-such-mark"):
        age_marks.read_mark(inspector, other.mark.id)


def test_whoever_hires_or_travels_sees_and_sets_no_mark(story: Story) -> None:
    owner = story.work(owner_of(working(story)))
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    age_marks.mark_age(agent, show(_number(story)), Sign.LOOKS)
    assert FINDING in codes(story)
    for actor in (owner, story.work(story.worker)):
        seen = case_as_seen(actor.actor, load_case(actor, story.id))
        assert FINDING not in {one.code for one in seen.findings}
        with pytest.raises(Forbidden):
            age_marks.list_marks(actor)
        with pytest.raises(Forbidden):
            age_marks.mark_age(actor, "2026-0000-0000", Sign.LOOKS)
    with pytest.raises(NotFound, match="no-such-number"):
        age_marks.mark_age(agent, str(uuid4()), Sign.LOOKS)
    assert set(SIGN) == {one.value for one in Sign}


def rung(story: Story) -> list[Notice]:
    """What rings of marks, in the order in which it was left."""
    rows = story.session.scalars(select(outbox.c.payload).where(outbox.c.kind == "notice"))
    found = map(notices.read, rows)
    return [one for one in found if one.kind in {NoticeKind.AGE_MARKED, NoticeKind.CHILD_MARKED}]


@pytest.mark.feature("E3", "W11")
def test_each_mark_rings_once_for_who_protects_and_names_nobody(story: Story) -> None:
    duty = ChildDuty("ninez@example.org", "+50422000000")
    story.ports = replace(story.ports, child_duty=duty)
    story.start().submit().supervise()
    receipt = story.application.receipt or ""
    agent = add_official(story.session, story.ports, Role.BORDER_AGENT)
    at_post = story.work(replace(agent, post="HN-GT-1"))
    beside = story.work(add_official(story.session, story.ports, Role.FACILITATOR))
    before = rung(story)
    for _ in range(2):
        age_marks.mark_age(at_post, receipt, Sign.SAID)
    age_marks.mark_age(beside, receipt, Sign.LOOKS)
    left = rung(story)
    assert before == []
    calls = [one for one in left if one.kind is NoticeKind.CHILD_MARKED]
    assert {(one.email, one.phone) for one in calls} == {(duty.email, duty.phone)}
    assert [one.facts["post"] for one in calls] == ["El Florido", ""]
    told = [one for one in left if one.kind is NoticeKind.AGE_MARKED]
    assert len(told) == 2
    assert all(set(one.facts) == {"link"} for one in told)
    for one in left:
        assert not {receipt, Sign.SAID.value, Sign.LOOKS.value} & set(one.facts.values())


@pytest.mark.feature("W11")
@pytest.mark.parametrize("language", [language.code for language in OFFERED])
@pytest.mark.parametrize("post", ["El Florido", ""])
def test_the_call_is_one_sms_or_an_e_mail(language: str, post: str) -> None:
    wording = NoticeWording(TEMPLATES, lambda code: locale_for(code).catalogue, write_day)
    facts = {"post": post, "day": "2026-11-23", "hour": "09:00"}
    notice = Notice(NoticeKind.CHILD_MARKED, language, "k", "+50422000000", "x@e.org", facts)
    sms, mail = wording.render(notice)
    assert sms.body.startswith("Vereda: ")
    assert sms_text.parts(sms.body) == 1
    for letter in (sms, mail):
        assert "09:00" in letter.body
        assert post in letter.body
        assert "://" not in letter.body
    assert 0 < len(mail.subject) <= 120


def test_a_supervisor_says_that_they_saw_it_and_the_agent_reads_it(story: Story) -> None:
    story.start().submit().supervise()
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    made = age_marks.mark_age(agent, story.application.receipt or "", Sign.LOOKS).mark
    assert made.seen_at is None
    with pytest.raises(Forbidden):
        age_marks.see_mark(agent, made.id)
    chief = story.work(story.supervisor)
    age_marks.see_mark(chief, made.id)
    age_marks.see_mark(story.later(minutes=5).work(story.supervisor), made.id)
    seen = age_marks.read_mark(agent, made.id).mark
    assert (seen.seen_by, seen.seen_at) == (story.supervisor.person, chief.now)
    age_marks.take_back(chief, made.id, "Vi el DPI y hablé a solas con la persona.")
    with pytest.raises(Conflict, match="mark-ended"):
        age_marks.see_mark(chief, made.id)


def test_a_mark_is_of_the_person_and_follows_to_the_next_case(story: Story) -> None:
    story.start().submit()
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    made = age_marks.mark_age(agent, story.application.receipt or "", Sign.LOOKS)
    applications.withdraw_application(story.work(story.worker), story.id)
    vacancy = add_vacancy(story.session, story.ports, now=story.now)
    answers = {**ANSWERS, "vacancy": str(vacancy), "document_number": OTHER_CUI}
    work = story.work(story.worker)
    story.id = applications.create_application(work, "coffee-hn-gt", answers).id
    story.submit()
    assert FINDING in codes(story)
    with pytest.raises(Invalid):
        story.decide(story.setrass, Opinion.APPROVE)
    age_marks.take_back(agent, made.mark.id, "Vi su partida de nacimiento.")
    assert FINDING not in codes(story)


def test_another_account_with_the_same_document_meets_the_mark_too(story: Story) -> None:
    story.start().submit()
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    age_marks.mark_age(agent, story.application.receipt or "", Sign.SAID)
    applications.withdraw_application(story.work(story.worker), story.id)
    same = Story(story.session, story.ports).start().submit()
    other = Story(story.session, story.ports).start(document_number=OTHER_CUI).submit()
    assert (FINDING in codes(same), FINDING in codes(other)) == (True, False)


def test_a_mark_holds_a_change_of_employer(story: Story) -> None:
    story.start().submit().approve().sign()
    agent = story.work(add_official(story.session, story.ports, Role.BORDER_AGENT))
    age_marks.mark_age(agent, _number(story), Sign.LOOKS)
    ask(story)
    with pytest.raises(Invalid) as refused:
        decide(story)
    assert FINDING in [one.code for one in refused.value.faults]
