"""Each stay that is closed counts once for its employer; nothing is told below five."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import OperationalError

from app.services import ratings, return_surveys
from app.services.ports import Ports
from app.services.ratings import Rating
from app.storage.database import Session
from app.storage.ratings import employer_ratings, lock_tally, read_words
from app.storage.return_surveys import return_surveys as return_surveys_table
from app.storage.vacancies import find_vacancy
from permits.errors import Conflict, Forbidden, NotFound
from permits.people import SYSTEM, Actor, PersonId, Role
from permits.return_surveys import QUESTIONS, SurveyAnswers, YesNo
from recruitment.ratings import Line, Word
from tests.barred import employer_of
from tests.builders import Story, add_vacancy
from tests.databases import Database
from tests.rights import RightStory
from tests.working import answer, ask_all, at_work

WELL = {"paid_as_promised": "yes", "treated_well": "yes"}


def closed(stories: list[Story]) -> None:
    """All ended their right, answered the survey where they wish, and it was closed."""
    for story in stories:
        RightStory(story).end()
    first = stories[0]
    first.later(days=1)
    return_surveys.ask_returned(first.work(SYSTEM))
    for story in stories[:5]:
        given = dict.fromkeys(QUESTIONS, "") | WELL
        work = story.work(story.worker)
        return_surveys.answer_survey(work, story.id, given, call_me=False)
    return_surveys.close_returned(first.later(days=70).work(SYSTEM))


@pytest.mark.feature("N5")
def test_closed_stays_count_once_and_an_employer_answers_once(
    story: Story, session: Session
) -> None:
    vacancy = str(add_vacancy(story.session, story.ports))
    every = [story.supervise(), *(Story(story.session, story.ports) for _ in range(4))]
    for one in every:
        at_work(one, vacancy=vacancy)
    employer = employer_of(story)
    ask_all(story)
    for one in every:
        one.now = story.now
    answer(every[0], paid="less")
    assert told(story, employer) == ()
    closed(every)
    # Four wait for a fifth: else who looks each day would know what the last one said.
    rated_one_before(story, rated=True)
    assert ratings.count_stays(story.work(SYSTEM)) == 0
    rated_one_before(story, rated=False)
    assert ratings.count_stays(story.work(SYSTEM)) == 5
    assert ratings.count_stays(story.work(SYSTEM)) == 0
    # Four were paid and one was not: that waits, sealed.
    assert told(story, employer) == (Line("treated", 5, 0),)
    (row,) = session.execute(
        select(employer_ratings).where(employer_ratings.c.employer == employer)
    )
    assert b"bad" not in row.waiting
    assert "paid" not in row.told
    answered_once(story, employer)


def rated_one_before(story: Story, *, rated: bool) -> None:
    own = return_surveys_table.c.application == story.id
    story.session.execute(update(return_surveys_table).where(own).values(rated=rated))


@pytest.mark.feature("N5")
def test_two_processes_count_one_after_the_other(database: Database, ports: Ports) -> None:
    with database.sessions.begin() as session:
        listed = find_vacancy(session, add_vacancy(session, ports))
    assert listed is not None
    employer = UUID(listed.offer.employer)
    with database.sessions() as one, database.sessions() as other:
        lock_tally(one, ports.vault, employer)
        other.execute(text("SET LOCAL lock_timeout = '100ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            lock_tally(other, ports.vault, employer)


def answered_once(story: Story, employer: UUID) -> None:
    """The employer answers, in vain a second time; a supervisor takes it down."""
    owner = Actor(PersonId(uuid4()), Role.EMPLOYER, "Dueña", employer=employer)
    other = Actor(PersonId(uuid4()), Role.EMPLOYER, "Otra", employer=uuid4())
    with pytest.raises(Conflict, match="rating-empty"):
        ratings.reply(story.work(other), "No es cierto.")
    with pytest.raises(Forbidden):
        ratings.reply(story.work(story.worker), "Soy yo.")
    for _ in range(2):  # pressed twice
        ratings.reply(story.work(owner), " Gracias a todos. ")
    with pytest.raises(Conflict, match="rating-answered"):
        ratings.reply(story.work(owner), "Otra cosa.")
    assert shown(story, employer) == "Gracias a todos."
    with pytest.raises(Forbidden):
        ratings.hide_reply(story.work(owner), employer)
    ratings.hide_reply(story.work(story.supervisor), employer)
    with pytest.raises(NotFound):
        ratings.hide_reply(story.work(story.supervisor), employer)
    assert shown(story, employer) == ""
    assert not ratings.read_own(story.work(owner)).may_reply


@pytest.mark.feature("N5")
def test_what_was_answered_after_the_season_as_a_rating_counts_it() -> None:
    assert read_words(SurveyAnswers()) == {}
    well = SurveyAnswers(YesNo.YES, YesNo.YES, YesNo.NO, YesNo.YES)
    assert set(read_words(well).values()) == {Word.GOOD}
    badly = SurveyAnswers(YesNo.NO, YesNo.NO, YesNo.YES, YesNo.NO)
    assert read_words(badly) == dict.fromkeys(("promised", "paid", "money", "treated"), Word.BAD)


def rating(story: Story, employer: UUID) -> Rating:
    return ratings.read_rating(story.work(SYSTEM), employer)


def told(story: Story, employer: UUID) -> tuple[Line, ...]:
    return rating(story, employer).lines


def shown(story: Story, employer: UUID) -> str:
    reply = rating(story, employer).reply
    return reply.words if reply else ""
