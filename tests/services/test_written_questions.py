"""A file that the operator loads keeps the questions that two people wrote over it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.adapters.bad_reference import BadReference
from app.adapters.programme_shelf import QUESTIONS, ProgrammeShelf, check_file
from app.adapters.reference import BUNDLED, read_reference
from app.services import programmes, written_questions
from app.services.work import Work
from app.storage.database import Session
from permits.dated_changes import ChangeState
from permits.deadlines import legal_day
from permits.errors import Conflict, Invalid
from permits.people import Role
from permits.question_writing import Written
from tests import outside
from tests.builders import NOW, add_official, work_of

CODE = "coffee-hn-gt"
LICENCE = {
    "id": "licence",
    "kind": "yes-no",
    "label_es": "¿Tiene licencia de conducir?",
    "label_en": "Do you have a driving licence?",
    "required": "yes",
    "pictogram": "id-card",
    "after": "phone",
    "seen_by": "inm",
}
DEPENDENT = LICENCE | {"id": "lorry", "only_if": "licence", "only_if_values": "yes"}


@pytest.mark.feature("D5")
def test_a_loaded_file_keeps_them_and_each_approval_judges_anew(
    session: Session, tmp_path: Path
) -> None:
    shelf, world = ProgrammeShelf(tmp_path / "programmes"), outside.ports()
    ports = replace(world, reference=replace(world.reference, programmes=shelf, questions=shelf))
    one, other = (
        work_of(session, add_official(session, ports, Role.ADMINISTRATOR), ports, NOW)
        for _ in range(2)
    )
    day = legal_day(NOW) + timedelta(days=20)
    with pytest.raises(Invalid) as refused:  # the first is not approved yet
        written_questions.propose_question(one, Written(CODE, DEPENDENT, "acta", day))
    assert [fault.code for fault in refused.value.faults] == ["not-asked-before"]
    first = written_questions.propose_question(one, Written(CODE, LICENCE, "acta", day))
    again = written_questions.propose_question(one, Written(CODE, LICENCE, " acta ", day))
    assert again.id == first.id  # pressed twice
    with pytest.raises(Conflict, match="proposal-waits"):
        written_questions.propose_question(one, Written(CODE, LICENCE, "otra acta", day))
    written_questions.decide_question(other, first.id, ChangeState.APPROVED)
    # The second counts earlier than the first, and is laid over the file after it.
    second = written_questions.propose_question(
        one, Written(CODE, DEPENDENT, "acta", day - timedelta(days=9))
    )
    written_questions.decide_question(other, second.id, ChangeState.APPROVED)
    assert [question.id for question in shelf[CODE].on(day).questions] == ["licence", "lorry"]

    _check_loading(one, shelf, tmp_path / f"{CODE}.toml")
    # What depends on it ends first.
    ending = written_questions.ending(CODE, "licence", "acta", day + timedelta(days=1))
    with pytest.raises(Invalid) as refused:
        written_questions.propose_question(one, ending)
    assert [fault.code for fault in refused.value.faults] == ["base-ends"]
    (shelf.folder / QUESTIONS).write_text('[{"programme": 1}]', encoding="utf-8")
    assert len(shelf[CODE].versions.questions) == 2
    with pytest.raises(BadReference):
        ProgrammeShelf(shelf.folder)


def _check_loading(work: Work, shelf: ProgrammeShelf, file: Path) -> None:
    """A file that comes or goes takes none of them away."""
    text = (BUNDLED / f"programmes/{CODE}.toml").read_text("utf-8")
    file.write_text(text + "\n# Looked through once more.\n", encoding="utf-8")
    loaded = check_file(file, read_reference(), shelf)
    assert programmes.compare(work, loaded) == ()
    shelf.put(CODE, file.read_text(encoding="utf-8"))
    assert len(shelf[CODE].versions.questions) == 2
    shelf.drop(CODE)
    without = shelf.without(CODE)
    assert without is not None
    assert len(without.versions.questions) == 2
