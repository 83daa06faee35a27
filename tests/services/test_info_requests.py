"""Asked within a round: the clock stands still, what was decided stands, and silence lapses."""

import pytest
from sqlalchemy import select, text

from app.services import (
    answer_terms,
    applications,
    dossiers,
    effects,
    erasing,
    info_requests,
    own_data,
)
from app.services.documents import UnfitFile
from app.services.info_requests import Question, QuestionKind
from app.services.ports import Ports
from app.services.progress import read_progress
from app.storage.audit import list_events
from app.storage.database import Session
from app.storage.info_requests import info_items
from permits.applications import Status
from permits.approvals import Opinion
from permits.deadlines import ClockState
from permits.errors import Conflict, Forbidden, Hidden, Invalid, Stale
from permits.people import SYSTEM, Actor, Role
from tests.builders import Story, add_official
from tests.web.api.operations import picture

NAME = Question(QuestionKind.FACT, "¿Cuál es su segundo apellido?")
PAPER = Question(QuestionKind.DOCUMENT, "Mande otra foto del reverso del DPI.")
ANSWER = "Xol, como mi mamá"


@pytest.fixture
def halfway(story: Story) -> Story:
    """SETRASS approved, and INM looks at it."""
    return story.start().submit().decide(story.setrass, Opinion.APPROVE)


def ask(story: Story, who: Actor, *questions: Question) -> None:
    asked = questions or (NAME,)
    seen = story.application.version
    info_requests.ask_questions(story.work(who), story.id, asked, seen_version=seen)


def answer(story: Story, position: int, words: str = "", photo: bytes | None = None) -> None:
    info_requests.answer_item(story.work(story.worker), story.id, position, words, photo)


@pytest.mark.feature("W12", "O8")
def test_the_case_is_back_where_it_was_and_its_clock_stood_still(halfway: Story) -> None:
    before = halfway.application
    ask(halfway, halfway.inm, NAME, PAPER)
    assert halfway.application.status.value == "asked"
    with pytest.raises(Conflict, match="not-under-review"):
        halfway.decide(halfway.inm, Opinion.APPROVE)
    seen = dossiers.read_dossier(halfway.later(days=4).work(halfway.inm), halfway.id)
    assert seen.term is not None
    assert (seen.term.state, seen.term.answer_days) == (ClockState.PAUSED, 6)
    answer(halfway, 1, ANSWER)
    with pytest.raises(Conflict, match="answers-missing"):
        info_requests.send_answers(halfway.work(halfway.worker), halfway.id)
    answer(halfway, 2, photo=picture())
    after = info_requests.send_answers(halfway.work(halfway.worker), halfway.id)
    assert (after.status, after.round, after.digest) == (
        Status.UNDER_REVIEW,
        before.round,
        before.digest,
    )
    assert before.due_at is not None
    assert after.due_at is not None
    assert (after.due_at - before.due_at).days == 4  # Monday to Friday
    (request,) = dossiers.read_dossier(halfway.work(halfway.inm), halfway.id).asked
    assert [item.answer for item in request.items] == [ANSWER, ""]
    assert request.items[1].document is not None
    halfway.decide(halfway.inm, Opinion.APPROVE).sign()  # SETRASS's approval still counts
    assert halfway.application.status is Status.APPROVED


@pytest.mark.feature("W12", "O12")
def test_silence_lapses_it_and_what_is_taken_up_again_is_handed_in_anew(halfway: Story) -> None:
    ask(halfway, halfway.inm)
    told = answer_terms.remind_returned(halfway.later(days=9).work(SYSTEM))
    assert told == 1
    assert answer_terms.lapse_returned(halfway.later(days=6).work(SYSTEM)) == 1
    assert halfway.application.status is Status.LAPSED
    answer_terms.reinstate_application(halfway.work(halfway.worker), halfway.id)
    progress = read_progress(halfway.work(halfway.worker), halfway.id)
    assert progress.case.application.status is Status.RETURNED
    assert progress.answer_by is not None
    with pytest.raises(Conflict, match="nothing-asked"):
        answer(halfway, 1, ANSWER)
    halfway.submit()
    assert halfway.application.round == 2
    halfway.approve()


def test_who_asks_and_who_answers(halfway: Story, ports: Ports) -> None:
    with pytest.raises(Conflict, match="agency-already-decided"):
        ask(halfway, halfway.setrass)
    with pytest.raises(Forbidden, match="not-permitted"):
        ask(halfway, halfway.supervise().supervisor)
    with pytest.raises(Invalid):
        ask(halfway, halfway.inm, Question(QuestionKind.FACT, " "))
    with pytest.raises(Stale):
        info_requests.ask_questions(halfway.work(halfway.inm), halfway.id, [NAME], seen_version=1)
    ask(halfway, add_official(halfway.session, ports, Role.INM_ANALYST))
    stranger = Story(halfway.session, ports).start().worker
    with pytest.raises(Hidden):
        info_requests.answer_item(halfway.work(stranger), halfway.id, 1, ANSWER)
    with pytest.raises(Forbidden, match="not-permitted"):
        info_requests.answer_item(halfway.work(halfway.inm), halfway.id, 1, ANSWER)
    with pytest.raises(Conflict, match="no-such-item"):
        answer(halfway, 2, ANSWER)
    with pytest.raises(Conflict, match="not-editable"):
        applications.save_answers(halfway.work(halfway.worker), halfway.id, {"given_names": "Otra"})


def test_a_photo_is_kept_as_any_other_and_a_newer_one_replaces_it(halfway: Story) -> None:
    ask(halfway, halfway.inm, PAPER, PAPER)
    with pytest.raises(UnfitFile):
        answer(halfway, 1, photo=b"no picture")
    for position in (1, 2, 1):
        answer(halfway, position, photo=picture())
    files = dossiers.read_dossier(halfway.work(halfway.inm), halfway.id).files
    assert [file.kind.value for file in files] == ["answer", "answer"]


@pytest.mark.feature("D8")
def test_both_texts_stand_sealed_out_of_the_log_and_go_with_the_file(
    halfway: Story, session: Session
) -> None:
    ask(halfway, halfway.inm)
    answer(halfway, 1, ANSWER)
    stored = session.execute(text("SELECT row_to_json(i)::text FROM info_items i")).scalar_one()
    logged = str([event.facts for event in list_events(session, halfway.id)])
    for words in (NAME.text, ANSWER):
        assert words not in stored
        assert words.encode().hex() not in stored
        assert words not in logged
    tables = own_data.read_own_data(halfway.work(halfway.worker), "json").tables
    assert (tables["info_items"][0]["question"], tables["info_items"][0]["answer"]) == (
        NAME.text,
        ANSWER,
    )
    applications.withdraw_application(halfway.work(halfway.worker), halfway.id)
    erasing.erase_own(halfway.later(days=3000).work(halfway.worker), halfway.id)
    while effects.run_next_effect(halfway.work(SYSTEM)) is not None:
        pass
    left = session.execute(select(info_items.c.question, info_items.c.answer)).one()
    assert tuple(left) == (None, None)
