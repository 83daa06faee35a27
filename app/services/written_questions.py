"""A programme's own questions: written by one administrator, approved by another, from a day.

They lie in the folder of the programmes, over the file that the operator loads (as
`app.services.reference_lists`), and the whole programme is judged by the reading of that file. A
question begins or ends on a day that is still to come, so that no case that stands is asked other
things than its day asked; what was answered is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.services.question_ports import QuestionShelf
from app.services.work import Work
from app.storage import dated_changes as rows
from permits import dated_changes
from permits.audit import Act
from permits.dated_changes import ChangeKind, ChangeState, DatedChange
from permits.deadlines import legal_day
from permits.errors import Conflict, Fault, NotFound, refuse_if
from permits.people import Permission
from permits.policies import check_permission
from permits.programme_questions import YES, ProgrammeQuestion
from permits.programmes import Programme
from permits.question_writing import ENDS, Written, find_faults, of_form, subject_of

KIND = ChangeKind.QUESTION


@dataclass(frozen=True)
class Waiting:
    """A proposal and its question; None where the programme could not ask it any more."""

    change: DatedChange
    question: ProgrammeQuestion | None

    @property
    def ends(self) -> bool:
        """Whether it ends a question."""
        return self.change.content.get(ENDS) == YES


@dataclass(frozen=True)
class SeenQuestions:
    """A programme's own questions that are asked today or later, what waits, what was decided."""

    programme: Programme
    questions: tuple[ProgrammeQuestion, ...]
    waiting: tuple[Waiting, ...]
    history: tuple[DatedChange, ...]

    @property
    def endable(self) -> tuple[ProgrammeQuestion, ...]:
        """Those that have no end yet."""
        return tuple(one for one in self.questions if one.ended_from is None)


def list_programmes(work: Work) -> list[tuple[Programme, int]]:
    """Every programme, with how many of its questions wait for the second person."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    _shelf(work)
    changes = rows.list_changes(work.session, KIND)
    waiting = [_programme(one) for one in changes if one.state is ChangeState.PROPOSED]
    known = work.ports.reference.programmes
    return [(one, waiting.count(one.code)) for one in known.values()]


def read_questions(work: Work, code: str) -> SeenQuestions:
    """One programme, for who may change what it asks; NotFound where there is none."""
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    _shelf(work)
    programme = work.ports.reference.programmes.get(code)
    if programme is None:
        raise NotFound("no-such-programme")
    changes = [one for one in rows.list_changes(work.session, KIND) if _programme(one) == code]
    today = legal_day(work.now)
    return SeenQuestions(
        programme,
        tuple(one for one in programme.versions.questions if (one.ended_from or date.max) > today),
        tuple(
            Waiting(one, _find_question(work, one))
            for one in changes
            if one.state is ChangeState.PROPOSED
        ),
        tuple(one for one in changes if one.state is not ChangeState.PROPOSED),
    )


def check_question(work: Work, written: Written) -> ProgrammeQuestion:
    """The question as it would be asked; Invalid with everything that is wrong with it.

    The frame first, then what the programme's file would be refused for.
    """
    question, faults = judge_question(work, written)
    refuse_if(faults)
    if question is None:  # without a fault there is one
        raise NotFound("no-such-dated-change")
    return question


def judge_question(
    work: Work, written: Written
) -> tuple[ProgrammeQuestion | None, Sequence[Fault]]:
    """The question and all its faults, also where its frame is not whole yet."""
    seen = read_questions(work, written.programme)
    faults = dated_changes.find_faults(written.source, written.valid_from, legal_day(work.now))
    faults += find_faults(written, seen.programme.versions.questions)
    if written.ends and faults:
        return None, faults
    programme, wrong = _shelf(work).examine_with(written.programme, written)
    questions = programme.versions.questions
    name = written.content.get("id", "")
    at = next((at for at, one in enumerate(questions) if one.id == name), 0)
    return questions[at], [*faults, *of_form(wrong, at)]


def propose_question(work: Work, written: Written) -> DatedChange:
    """Leave a question, or its end, for a second administrator.

    Invalid as `check_question`; Conflict where another proposal about this question waits. The
    own one sent again is that one.
    """
    rows.lock_kind(work.session, KIND)
    check_question(work, written)
    subject = subject_of(written.programme, written.content)
    waiting = [one.change for one in read_questions(work, written.programme).waiting]
    before = next((one for one in waiting if one.subject == subject), None)
    if before is not None:
        told = (written.content, written.source.strip(), written.valid_from, work.actor.person)
        if told != (before.content, before.source, before.valid_from, before.proposed_by):
            raise Conflict("proposal-waits")
        return before
    change = DatedChange(
        work.new_id(),
        KIND,
        subject,
        written.content,
        written.source.strip(),
        written.valid_from,
        work.actor.person,
        work.now,
    )
    since = written.valid_from.isoformat()
    facts = {"kind": KIND.value, "subject": subject, "since": since}
    event = work.event(Act.REFERENCE_PROPOSED, change.id, facts)
    rows.add_change(work.session, change, event=event)
    return change


def decide_question(work: Work, change: UUID, state: ChangeState) -> DatedChange:
    """Approve, reject or take back a proposal; an approved one lies in the folder at once.

    One after the other, and judged again: the programme may have become another one meanwhile.
    """
    check_permission(work.actor, Permission.REFERENCE_CHANGE)
    rows.lock_kind(work.session, KIND)
    found = rows.lock_change(work.session, KIND, change)
    after = dated_changes.decided(found, work.actor, state, work.now, legal_day(work.now))
    if state is ChangeState.APPROVED:
        check_question(work, _written(found))
    facts = {"kind": KIND.value, "subject": found.subject, "outcome": state.value}
    event = work.event(Act.REFERENCE_DECIDED, found.id, facts)
    rows.save_decision(work.session, after, event=event)
    if state is ChangeState.APPROVED:
        approved = rows.list_approved(work.session, KIND)
        _shelf(work).put_questions([_written(one) for one in approved])
    return after


def ending(programme: str, question: str, source: str, valid_from: date) -> Written:
    """That a question is asked no more from a day."""
    content: Mapping[str, str] = {"id": question, ENDS: YES}
    return Written(programme, content, source, valid_from)


def _find_question(work: Work, change: DatedChange) -> ProgrammeQuestion | None:
    programme, faults = _shelf(work).examine_with(_programme(change), _written(change))
    name = change.content.get("id")
    found = (one for one in programme.versions.questions if one.id == name)
    return None if faults else next(found, None)


def _programme(change: DatedChange) -> str:
    return change.subject.partition(":")[0]


def _written(change: DatedChange) -> Written:
    return Written(_programme(change), change.content, change.source, change.valid_from)


def _shelf(work: Work) -> QuestionShelf:
    found = work.ports.reference.questions
    if found is None:
        raise Conflict("no-lists-folder")
    return found
