"""A draft that was left is reminded of once, and only where the telephone was proved."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from app.services import applications, notices, submissions
from app.services.unsent_drafts import remind_unsent
from app.storage.database import Session
from permits.notices import NoticeKind
from permits.people import SYSTEM
from tests.builders import ANSWERS, PHONE, Story
from tests.lapsed import prove_phone


def told(session: Session) -> list[dict[str, str]]:
    rows = session.scalars(text("SELECT payload FROM outbox WHERE kind = 'notice' ORDER BY id"))
    every = [notices.read(row) for row in rows]
    return [dict(one.facts) for one in every if one.kind is NoticeKind.DRAFT_UNSENT]


def begin(story: Story) -> Story:
    """Another draft of the same worker."""
    other = Story(story.session, story.ports, story.now)
    other.worker, told = story.worker, {**ANSWERS, "phone": PHONE}
    work = other.work(other.worker)
    other.id = applications.create_application(work, "coffee-hn-gt", told).id
    return other


def remind(story: Story) -> int:
    return remind_unsent(story.work(SYSTEM))


@pytest.mark.feature("W9", "W28")
def test_it_is_told_once_without_a_code_after_days_without_a_change(
    story: Story, session: Session
) -> None:
    prove_phone(story.start())
    assert remind(story.later(days=2)) == 0
    assert remind(story.later(hours=17)) == 0  # the third day, at two in the morning
    assert remind(story.later(hours=6)) == 1
    (facts,) = told(session)
    assert facts["link"].endswith("/retomar")
    assert facts.keys() == {"receipt", "link"}
    applications.save_answers(story.work(story.worker), story.id, {"given_names": "Ana"})
    assert remind(story.later(days=9)) == 0
    # The draft is forgotten with what was told about it.
    session.execute(text("DELETE FROM consents"))
    session.execute(text("DELETE FROM applications WHERE id = :id"), {"id": story.id})
    assert session.execute(text("SELECT count(*) FROM case_notices")).scalar_one() == 0


@pytest.mark.feature("W28")
def test_nobody_is_told_on_a_number_that_was_only_typed_nor_of_what_they_no_longer_need(
    story: Story, session: Session
) -> None:
    prove_phone(story.start(), way="resume-code")  # the code stood on the screen too
    assert remind(story.later(days=4)) == 0
    begin(prove_phone(story))
    submissions.submit_application(story.work(story.worker), story.id)
    assert remind(story.later(days=4)) == 0  # the one was sent, and the other no longer needed
    left = begin(story)
    named = """
        WITH crew AS (
          INSERT INTO crews (id, vacancy, programme, registered_by, registered_at)
          SELECT :crew, id, programme, gen_random_uuid(), now() FROM vacancies LIMIT 1
          RETURNING id)
        INSERT INTO crew_members (application, crew, worker, place)
        SELECT :case, id, :worker, 1 FROM crew"""
    listed = session.begin_nested()
    case = {"case": left.id, "worker": left.worker.person, "crew": uuid4()}
    session.execute(text(named), case)
    assert remind(left.later(days=4)) == 0
    listed.rollback()
    assert remind(left) == 1
