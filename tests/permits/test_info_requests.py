"""What may be asked of a worker within a round, and what is an answer."""

import pytest

from permits.info_requests import (
    ANSWER_LIMIT,
    MOST,
    QUESTION_LIMIT,
    Question,
    QuestionKind,
    find_answer_faults,
    find_question_faults,
)

FACT = Question(QuestionKind.FACT, "¿Cuál es su segundo apellido?")


@pytest.mark.feature("W12", "O8")
@pytest.mark.parametrize(
    ("questions", "codes"),
    [
        ([FACT], []),
        ([FACT] * MOST, []),
        ([], ["questions-missing"]),
        ([FACT] * (MOST + 1), ["too-many-questions"]),
        ([FACT, Question(QuestionKind.DOCUMENT, " ")], ["question-text-missing"]),
        ([Question(QuestionKind.FACT, "a" * (QUESTION_LIMIT + 1))], ["too-long"]),
        ([Question(QuestionKind.FACT, "a\x00b")], ["wrong-shape"]),
    ],
)
def test_what_may_be_asked(questions: list[Question], codes: list[str]) -> None:
    assert [fault.code for fault in find_question_faults(questions)] == codes


def test_a_fault_names_its_question() -> None:
    (fault,) = find_question_faults([FACT, Question(QuestionKind.FACT, "")])
    assert fault.field == "question-2"


@pytest.mark.parametrize(
    ("kind", "answer", "has_document", "codes"),
    [
        (QuestionKind.FACT, "Xol", False, []),
        (QuestionKind.FACT, " ", False, ["answer-missing"]),
        (QuestionKind.EXPLANATION, "a" * (ANSWER_LIMIT + 1), False, ["too-long"]),
        (QuestionKind.EXPLANATION, "a\x07", False, ["wrong-shape"]),
        (QuestionKind.DOCUMENT, "", True, []),
        (QuestionKind.DOCUMENT, "Aquí está", False, ["answer-photo-missing"]),
    ],
)
def test_what_is_an_answer(
    kind: QuestionKind, answer: str, has_document: bool, codes: list[str]
) -> None:
    faults = find_answer_faults(kind, answer, has_document=has_document)
    assert [fault.code for fault in faults] == codes
